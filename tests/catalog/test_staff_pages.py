"""Staff list, make and edit products in forms, and whatever they typed stays when something is wrong."""

from collections.abc import Iterator

import pytest

from storefront.catalog.actions import edit_product
from storefront.catalog.models import Product
from storefront.catalog.wanted import EditProduct
from storefront.inventory.models import Stock
from storefront.platform import db
from storefront.platform.acting import acting_as
from tests.catalog.editing import (
    CHARLIE,
    a_choice,
    a_jug,
    a_shelf,
    facts,
    fields,
    price,
    product,
    troubles,
    variants,
)
from tests.inspecting import InspectingClient
from tests.people import staff


@pytest.fixture(autouse=True)
def _charlie(client: InspectingClient) -> Iterator[None]:
    staff(client, "catalogue")
    with acting_as(CHARLIE, "request-1"):
        yield
    assert troubles() == []


def test_a_product_is_made_and_led_on_to_its_pictures(client: InspectingClient) -> None:
    shelf = a_shelf("Jugs")
    form = fields(client.get("/admin/products/new"))
    sent = form | {
        "title": "Water jug",
        "price": "24,50",
        "on_hand": "7",
        "status": "active",
        "main_shelf": str(shelf.id),
    }
    answer = client.post("/admin/products/new", data=sent)
    made = db.session.query(Product).one()
    assert answer.headers["Location"] == f"/admin/products/{made.id}?done=product-made"
    (variant,) = variants(made.id)
    assert (price(variant), db.session.get_one(Stock, variant.id).on_hand) == ((2450, None), 7)
    assert "Now give it pictures" in client.get(answer.headers["Location"]).text
    assert client.get("/products/water-jug").status_code == 200


def test_a_form_that_cannot_be_taken_keeps_what_was_typed(client: InspectingClient) -> None:
    answer = client.post(
        "/admin/products/new",
        data={
            "title": "",
            "price": "12.345",
            "description": "A *fine* one",
            "status": "gone",
            "on_hand": "many",
        },
    )
    assert answer.status_code == 422
    assert "A *fine* one" in answer.text
    assert "Please give it a name." in answer.text
    assert "Please write an amount such as 12.50." in answer.text
    assert answer.text.count("Please choose from the list.") >= 1


def test_the_description_is_shown_before_it_is_saved(client: InspectingClient) -> None:
    sent = {"description": "A *fine* one<script>alert(1)</script>", "preview": "1"}
    page = client.post("/admin/products/new", data=sent)
    assert "<em>fine</em>" in page.text
    assert "<script>alert" not in page.text
    part = client.post("/admin/products/new", data=sent, headers={"HX-Request-Type": "partial"})
    assert "<em>fine</em>" in part.text
    assert "<h1" not in part.text
    jug = a_jug()
    assert "<em>fine</em>" in client.post(f"/admin/products/{jug.id}", data=sent).text


def test_a_product_is_edited(client: InspectingClient) -> None:
    jug = a_jug()
    form = fields(client.get(f"/admin/products/{jug.id}"))
    answer = client.post(
        f"/admin/products/{jug.id}", data=form | {"title": "Pitcher", "tags": "blue, large,blue"}
    )
    assert answer.status_code == 303
    now = product(jug.id)
    assert (now.title, now.tags) == ("Pitcher", ["blue", "large"])
    assert client.get("/admin/products/12345").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("slug", "a b", "An address holds no spaces"),
        ("slug", "vase", "leads to something else"),
        ("featured", "high", "whole number"),
        ("publish_at", "soon", "a date and a time"),
        ("tags", ",".join(map(str, range(60))), "fewer or shorter tags"),
        ("main_shelf", "999", "choose from the list"),
        ("title", "x" * 201, "at most 200"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    client: InspectingClient, field: str, typed: str, sentence: str
) -> None:
    a_jug(title="Vase")
    jug = a_jug()
    form = fields(client.get(f"/admin/products/{jug.id}"))
    answer = client.post(f"/admin/products/{jug.id}", data=form | {field: typed, "brand": "Kiln & Co"})
    assert answer.status_code in (409, 422)
    assert sentence in answer.text
    assert "Kiln &amp; Co" in answer.text
    assert product(jug.id).brand == ""


def dana_saves(jug: Product, **changes: str) -> None:
    """Somebody else saves the product meanwhile."""
    now = product(jug.id)
    with acting_as(CHARLIE):
        edit_product(
            jug.id, EditProduct(now.version, facts(**{"title": now.title, "slug": now.slug} | changes))
        )


def test_what_does_not_collide_goes_together(client: InspectingClient) -> None:
    jug = a_jug()
    form = fields(client.get(f"/admin/products/{jug.id}"))
    dana_saves(jug, brand="Kiln")
    answer = client.post(f"/admin/products/{jug.id}", data=form | {"title": "Pitcher"})
    assert answer.headers["Location"].endswith("done=product-merged&count=1")
    now = product(jug.id)
    assert (now.title, now.brand) == ("Pitcher", "Kiln")


def test_what_collides_is_asked_about_and_nothing_is_lost(client: InspectingClient) -> None:
    jug = a_jug()
    form = fields(client.get(f"/admin/products/{jug.id}"))
    dana_saves(jug, title="Vase", brand="Kiln")
    asked = client.post(f"/admin/products/{jug.id}", data=form | {"title": "Pitcher", "tags": "blue"})
    assert asked.status_code == 409
    for said in ("Theirs:", "Vase", "Yours:", "Pitcher", "It was:", "Brand"):
        assert said in asked.text
    again = fields(asked)
    assert (again["title"], again["brand"], again["tags"]) == ("Pitcher", "Kiln", "blue")
    unanswered = client.post(f"/admin/products/{jug.id}", data=again)
    assert unanswered.status_code == 422
    assert "Please choose one." in unanswered.text
    assert product(jug.id).title == "Vase"
    client.post(f"/admin/products/{jug.id}", data=fields(unanswered) | {"take-title": "theirs"})
    now = product(jug.id)
    assert (now.title, now.brand, now.tags) == ("Vase", "Kiln", ["blue"])


def test_mine_can_be_the_right_one(client: InspectingClient) -> None:
    jug = a_jug()
    form = fields(client.get(f"/admin/products/{jug.id}"))
    dana_saves(jug, title="Vase", status="draft")
    asked = client.post(f"/admin/products/{jug.id}", data=form | {"title": "Pitcher", "base": "nonsense"})
    assert "It was:" not in asked.text
    takes = {f"take-{name}": "yours" for name in ("title", "status")}
    client.post(f"/admin/products/{jug.id}", data=fields(asked) | takes)
    assert (product(jug.id).title, product(jug.id).status) == ("Pitcher", "active")


def test_a_product_changes_its_state_is_copied_and_deleted(client: InspectingClient) -> None:
    jug = a_jug()
    page = f"/admin/products/{jug.id}"
    for status in ("archived", "active", "draft"):
        answer = client.post(f"{page}/status", data={"status": status, "version": product(jug.id).version})
        assert answer.headers["Location"] == f"{page}?done=product-{status}"
        assert client.get(answer.headers["Location"]).status_code == 200
    assert client.post(f"{page}/status", data={"status": "active", "version": "1"}).status_code == 409
    assert client.post(f"{page}/status", data={"status": "sold"}).status_code == 422
    copied = client.post(f"{page}/copies").headers["Location"]
    assert "Jug (copy)" in client.get(copied).text
    assert client.post(f"{page}/deletion").headers["Location"] == "/admin/products?done=product-deleted"
    counted = a_jug(a_choice(on_hand=2), title="Vase")
    refused = client.post(f"/admin/products/{counted.id}/deletion")
    assert (refused.status_code, "You can archive it" in refused.text) == (409, True)


def test_a_draft_can_be_looked_at_before_anybody_sees_it(client: InspectingClient) -> None:
    jug = a_jug(
        a_choice("Blue"), a_choice("Green"), options=("Colour",), status="draft", description="*Fine*"
    )
    page = client.get(f"/admin/products/{jug.id}/preview?variant=jug-green")
    assert "<em>Fine</em>" in page.text
    assert "will see it once" in page.text
    bare = client.get(f"/admin/products/{a_jug(title='Bare').id}/preview")
    assert bare.status_code == 200


def test_the_list_is_narrowed_and_sorted(client: InspectingClient) -> None:
    shelf = a_shelf("Jugs")
    a_jug(a_choice(sku="BLUE-1", price=1000, on_hand=3), title="Blue jug", shelves=(shelf.id,))
    a_jug(a_choice(sku="RED-1", price=3000, tracked=False), title="Red vase", status="draft")
    a_jug(
        a_choice("S", on_hand=50),
        a_choice("L", on_hand=60),
        options=("Size",),
        title="Cup",
        status="archived",
    )
    for asked, found in {
        "": ["Cup", "Red vase", "Blue jug"],
        "?q=blue": ["Blue jug"],
        "?q=red-1": ["Red vase"],
        "?q=100%25_": [],
        "?status=draft": ["Red vase"],
        f"?shelf={shelf.id}": ["Blue jug"],
        "?units=low": ["Blue jug"],
        "?units=out": [],
        "?sort=title": ["Blue jug", "Cup", "Red vase"],
        "?sort=-price": ["Red vase", "Cup", "Blue jug"],
        "?sort=changed": ["Blue jug", "Red vase", "Cup"],
        "?after=nonsense&sort=nonsense&status=nonsense&shelf=x&units=x": ["Cup", "Red vase", "Blue jug"],
    }.items():
        page = client.get(f"/admin/products{asked}")
        assert page.document.texts("tbody .goods-row a") == found, asked


def test_the_list_goes_on(client: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storefront.catalog.assortment.PAGE", 2)
    for title in "abcde":
        a_jug(title=title, status="draft")
    for sort in ("", "title", "-title", "price", "-changed"):
        seen, address = [], f"/admin/products?sort={sort}"
        while address:
            page = client.get(address)
            seen += page.document.texts("tbody .goods-row a")
            address = next((a.get("href", "") for a in page.document.all("a[rel='next']")), "")
        assert sorted(seen) == list("abcde"), sort


def test_a_price_is_changed_where_it_stands(client: InspectingClient) -> None:
    jug = a_jug(a_choice(price=2400))
    variant = variants(jug.id)[0]
    address = f"/admin/variants/{variant.id}/price"
    assert client.post(address, data={"seen": "2400", "price": "26"}).status_code == 303
    assert price(variant) == (2600, None)
    moved = client.post(address, data={"seen": "2400", "price": "25"})
    assert (moved.status_code, "€26.00" in moved.text) == (409, True)
    assert client.post(address, data={"seen": "2600", "price": "lots"}).status_code == 422
    assert client.post("/admin/variants/12345/price", data={"seen": "1", "price": "1"}).status_code == 404


def test_a_form_that_comes_when_nobody_is_signed_in_is_shown_again_whole(
    another_client: InspectingClient,
) -> None:
    jug = a_jug()
    sent = {"title": "Pitcher", "description": "Line 1\n<b>Line 2</b>", "version": "1"}
    answer = another_client.post(f"/admin/products/{jug.id}", data=sent)
    assert answer.status_code == 401
    assert "nothing is lost" in answer.text
    kept = fields(answer, "form")
    assert kept.pop("csrf_token")  # It vouches for this page, where the browser does not.
    assert kept == sent
    assert product(jug.id).title == "Jug"
    staff(another_client, "catalogue")
    assert (
        another_client.post(
            f"/admin/products/{jug.id}", data=kept | {"tax_class": "standard", "status": "active"}
        ).status_code
        == 303
    )
    assert product(jug.id).title == "Pitcher"


def test_lists_ask_few_questions(client: InspectingClient, count_queries: object) -> None:
    for n in range(30):
        a_jug(a_choice(on_hand=n + 1), title=f"Jug {n}")
    client.get("/admin/products")
    with count_queries() as asked:  # type: ignore[operator]  # A fixture that is called.
        assert client.get("/admin/products").status_code == 200
    asked.at_most(10)
    with count_queries() as asked:  # type: ignore[operator]  # as above
        assert client.get("/admin/stock").status_code == 200
    asked.at_most(10)


def test_a_price_outside_of_what_this_shop_allows_is_refused(client: InspectingClient) -> None:
    answer = client.post("/admin/products/new", data={"title": "Jug", "price": "99999999"})
    assert (answer.status_code, "An amount is from" in answer.text) == (422, True)
