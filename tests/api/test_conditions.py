"""Nobody changes what they have not seen; a change is seen at once by whoever made it."""

from collections.abc import Callable

from flask import Flask

from tests.characters import a_category, a_kettle, ada, stocked
from tests.inspecting import InspectingClient
from tests.people import an_account
from tests.programs import Program, a_token

Programs = Callable[..., Program]


def test_the_second_of_two_who_change_a_product_is_told_so(program: Programs) -> None:
    kettle = a_kettle()
    at = f"/products/{kettle.product_id}"
    charlie, ben = program("products:write"), program("products:write")
    seen = charlie.get(at).headers["ETag"]
    assert charlie.change(at, {"title": "Copper kettle"}, seen).status_code == 200
    late = ben.change(at, {"brand": "Ember"}, seen)
    assert (late.status_code, late.json["code"]) == (412, "changed-since")
    assert late.json["current_etag"] == late.headers["ETag"]
    done = ben.change(at, {"brand": "Ember"}, late.json["current_etag"])
    assert (done.json["title"], done.json["brand"]) == ("Copper kettle", "Ember")


def test_without_if_match_nothing_is_changed(program: Programs) -> None:
    kettle, shelf = a_kettle(), a_category()
    customer = an_account(ada)
    key = program("all")
    for address in (
        f"/products/{kettle.product_id}",
        f"/variants/{kettle.id}",
        f"/categories/{shelf.id}",
        f"/inventory/levels/{kettle.id}",
        f"/customers/{customer.id}",
    ):
        answer = key.ask("PATCH", address, json={})
        assert (answer.status_code, answer.json["code"]) == (428, "if-match-needed"), address
        for wrong in ("7", '"', "W/x"):
            answer = key.ask("PATCH", address, json={}, headers={"If-Match": wrong})
            assert (answer.status_code, answer.json["code"]) == (400, "bad-header")
        assert key.change(address, {}, '"999-x"').status_code == 412
        assert key.change(address, {}, "*").status_code == 200


def test_stock_is_nobodys_edit(program: Programs) -> None:
    kettle = a_kettle(5)
    at, key = f"/products/{kettle.product_id}", program("products:write")
    seen = key.get(at).headers["ETag"]
    stocked(kettle, 1)
    assert key.get(at).headers["ETag"] != seen
    assert key.change(at, {"title": "Copper kettle"}, seen).status_code == 200


def test_reads_are_kept_until_something_changes(program: Programs, client: InspectingClient) -> None:
    kettle = a_kettle()
    at, stranger, key = f"/products/{kettle.product_id}", program(), program("products:write")
    assert stranger.get(at).headers["Cache-Status"] == "storefront; fwd=miss; stored"
    kept = stranger.get(at)
    assert kept.headers["Cache-Status"] == "storefront; hit"
    assert "RateLimit" not in kept.headers
    assert kept.headers["Vary"] == "Accept, Authorization, Accept-Encoding"
    changed = key.change(at, {"title": "Copper kettle"})
    assert changed.status_code == 200
    assert stranger.get(at).json["title"] == "Copper kettle"
    assert stranger.get("/products").json["items"][0]["title"] == "Copper kettle"


def test_who_shows_a_key_reads_past_what_is_kept(program: Programs) -> None:
    kettle = a_kettle()
    at = f"/products/{kettle.product_id}"
    program().get(at)
    program().get(at)
    assert "Cache-Status" not in program("products:read").get(at).headers


def test_an_etag_of_a_kept_answer_is_good_for_a_change(program: Programs) -> None:
    kettle = a_kettle()
    at, stranger, key = f"/products/{kettle.product_id}", program(), program("products:write")
    seen = stranger.get(at, headers={"Accept-Encoding": "br"}).headers["ETag"]
    assert seen.endswith('-br"')
    assert key.change(at, {"title": "Copper kettle"}, seen).status_code == 200


def test_drafts_are_seen_with_a_key_alone(program: Programs) -> None:
    key = program("products:write", "products:read")
    made = key.make("/products", {"title": "Secret kettle"})
    at = f"/products/{made.json['id']}"
    assert (key.get(at).status_code, program().get(at).status_code) == (200, 404)
    assert program().get(f"{at}/variants").status_code == 404
    assert program().get(f"{at}/images").status_code == 404
    assert program().get("/products?status=draft").status_code == 401
    assert program("orders:read").get("/products?status=draft").status_code == 403
    assert [one["title"] for one in key.get("/products?status=all").json["items"]] == ["Secret kettle"]


def test_a_customers_things_are_the_customers(app: Flask, client: InspectingClient) -> None:
    mine = Program(client, a_token(an_account(ada).id))
    at = f"/customers/{an_account(ada).id}"
    body = {"name": ada.name, "street": ada.street, "postal_code": ada.postal_code, "city": ada.city}
    made = mine.make(f"{at}/addresses", body | {"country": "DE"})
    assert made.status_code == 201, made.text
    where = f"/addresses/{made.json['id']}"
    assert made.json["for_delivery"] is True
    moved = mine.change(where, {"street": "Ackerstraße 3"})
    assert moved.json["street"] == "Ackerstraße 3"
    wrong = mine.change(where, {"postal_code": "x"})
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (409, "#/postal_code")
    assert mine.delete(where).status_code == 204
    assert mine.get(f"{at}/addresses").json["items"] == []
