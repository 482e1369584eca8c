"""One grammar for everything: what is refused is said in the same words wherever it is refused."""

import json
import logging
from collections.abc import Callable

import pytest

from tests.characters import a_category, a_kettle, a_product
from tests.inspecting import InspectingClient
from tests.programs import API, Program

Programs = Callable[..., Program]
EUR = {"amount": 4800, "currency": "EUR"}


def test_what_it_cannot_read_is_406(program: Programs) -> None:
    for accept in ("text/html", "application/json;q=0", "image/*"):
        answer = program().get("/products", headers={"Accept": accept})
        assert (answer.status_code, answer.json["code"]) == (406, "not-acceptable")
    for accept in ("*/*", "application/*;q=0.1", "application/json, text/html"):
        assert program().get("/products", headers={"Accept": accept}).status_code == 200


def test_other_methods_are_told_which_there_are(program: Programs) -> None:
    answer = program("all").ask("PUT", "/products")
    assert (answer.status_code, answer.json["code"]) == (405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    asked = program().ask("OPTIONS", "/products")
    assert (asked.status_code, set(asked.headers["Allow"].split(", "))) == (
        200,
        {"GET", "HEAD", "OPTIONS", "POST"},
    )


def test_head_is_get_without_its_body(program: Programs) -> None:
    a_kettle()
    whole, head = program().get("/products"), program().ask("HEAD", "/products")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    orders = program("orders:read").ask("HEAD", "/orders")
    assert (orders.status_code, orders.data) == (200, b"")


def test_another_kind_of_body_is_415(program: Programs) -> None:
    key = program("categories:write")
    said = {"Idempotency-Key": "1", "Content-Type": "text/plain"}
    answer = key.ask("POST", "/categories", data="{}", headers=said)
    assert (answer.status_code, answer.headers["Accept"]) == (415, "application/json")
    form = {"title": "Kettles"}
    assert key.ask("POST", "/categories", data=form, headers={"Idempotency-Key": "1"}).status_code == 415
    picture = program("products:write").make("/products/1/images", {})
    assert (picture.status_code, picture.headers["Accept"]) == (415, "multipart/form-data")


@pytest.mark.parametrize("body", ["", "{", '{"title": "\\ud800"}', "[1", b"\xff\xfe"])
def test_what_is_no_json_is_400(program: Programs, body: str) -> None:
    said = {"Idempotency-Key": "1", "Content-Type": "application/json"}
    answer = program("categories:write").ask("POST", "/categories", data=body, headers=said)
    assert (answer.status_code, answer.json["code"]) == (400, "malformed-json"), answer.text


def test_each_mistake_is_named_by_where_it_is(program: Programs) -> None:
    body = {"title": "", "variants": [{"price": {"amount": -1, "currency": "euro"}, "sku": "A\x00"}]}
    answer = program("products:write").make("/products", body)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
    assert {one["pointer"] for one in answer.json["errors"]} == {
        "#/title",
        "#/variants/0/price/amount",
        "#/variants/0/price/currency",
        "#/variants/0/sku",
    }
    assert answer.mimetype == "application/problem+json"
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]


def test_each_mistake_is_told_in_the_shops_own_words(program: Programs) -> None:
    line = {"variant_id": "x", "quantity": 0}
    body = {"lines": [line], "delivery": "fly", "contact": 5, "note": 7, "total": {"amount": 1.5}}
    answer = program("orders:write").make("/orders", body)
    assert {one["pointer"]: one["detail"] for one in answer.json["errors"]} == {
        "#/lines/0/variant_id": "This must be a whole number.",
        "#/lines/0/quantity": "This must be at least 1.",
        "#/delivery": "This must match ^(pickup|drive_through|home)$.",
        "#/contact": "This must be an object.",
        "#/note": "This must be text.",
        "#/payment": "This is needed.",
        "#/total/amount": "This must be a whole number.",
        "#/total/currency": "This is needed.",
    }
    empty = program("orders:write").make("/orders", body | {"lines": []}).json["errors"][0]
    assert (empty["pointer"], empty["detail"]) == ("#/lines", "At least 1 entry is needed.")
    judged = program("reviews:write").make("/reviews/1/judgements", {"state": "loved", "reason": "x" * 999})
    assert [one["detail"] for one in judged.json["errors"]] == [
        "This must be one of 'published' or 'rejected'.",
        "Please use at most 500 characters.",
    ]


def test_every_no_has_a_sentence(program: Programs, told: Callable[..., None]) -> None:
    key = program("all")
    for answer in (key.get("/nowhere"), key.ask("PUT", "/products"), key.get("/orders/1")):
        assert answer.json["detail"].endswith("."), answer.text
    told(rate_limit_api_key="1/minute")
    answers = [key.get("/orders") for _twice in range(2)]
    assert answers[-1].status_code == 429
    assert "Retry-After" in answers[-1].json["detail"]


def test_unknown_fields_are_refused_and_logged(program: Programs, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        answer = program("categories:write").make("/categories", {"title": "Kettles", "id": 7, "a/b~c": 1})
    wrong = {one["pointer"]: one["code"] for one in answer.json["errors"]}
    assert wrong == {"#/id": "unknown", "#/a~1b~0c": "unknown"}
    assert "unknown fields were refused: #/a~1b~0c, #/id" in caplog.text


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=x", "limit=1e3", "limit=99999999999", "limit=1&limit=2", "foo=1", "q=%00"],
)
def test_a_parameter_that_cannot_be_is_422(program: Programs, query: str) -> None:
    answer = program().get(f"/products?{query}")
    assert (answer.status_code, answer.json["code"]) == (422, "invalid"), answer.text
    assert answer.json["errors"][0]["parameter"] == query.partition("=")[0]


def test_a_limit_above_the_cap_is_capped_and_says_so(
    program: Programs, told: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    told(pagination_max_limit=2)
    for title in ("Jug", "Kettle", "Mug"):
        a_kettle(title=title)
    with caplog.at_level(logging.INFO):
        program().get("/products?limit=500")  # What is kept for everybody tells the log as often.
        answer = program().get("/products?limit=500")
    assert (len(answer.json["items"]), answer.json["limit"], answer.json["limit_capped"]) == (2, 2, True)
    assert caplog.text.count("a limit of 500 was capped to 2") == 2


def test_a_list_goes_on_until_it_ends(program: Programs) -> None:
    made = {a_kettle(title=f"Kettle {number}").product_id for number in range(5)}
    seen, address = [], "/products?limit=2&sort=name"
    while address:
        answer = program().get(address)
        seen += [one["id"] for one in answer.json["items"]]
        link = answer.headers.get("Link")
        assert (link is None) == (answer.json["next"] is None)
        address = link.partition(">")[0].removeprefix("<http://localhost") if link else ""
    assert len(seen) == len(set(seen)) == 5
    assert set(seen) == made


@pytest.mark.parametrize("cursor", ["nonsense", "WyJuYW1lIiwiSnVnIiwxXQ", "a" * 1999])
def test_a_broken_cursor_is_404(program: Programs, cursor: str) -> None:
    answer = program().get(f"/products?after={cursor}")
    assert (answer.status_code, answer.json["code"]) == (404, "cursor-unknown")
    assert answer.json["errors"] == [
        {"parameter": "after", "code": "cursor-unknown", "detail": "This is no place in this list."}
    ]


@pytest.mark.parametrize("key", ["0", "-1", "01", "x", "9223372036854775808", "1.5", "%00"])
def test_what_is_no_key_is_nowhere(program: Programs, key: str) -> None:
    answer = program("all").get(f"/products/{key}")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_the_same_answer_is_not_sent_twice(program: Programs) -> None:
    kettle = a_kettle()
    for who, address in ((program(), f"/products/{kettle.product_id}"), (program("orders:read"), "/orders")):
        before = who.get(address)
        again = who.get(address, headers={"If-None-Match": before.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_everybody_is_told_how_often_they_may(program: Programs, told: Callable[..., None]) -> None:
    told(rate_limit_api="2/minute", rate_limit_api_key="3/minute")
    stranger, key = program(), program("orders:read")
    first = stranger.get("/orders")
    assert first.headers["RateLimit-Policy"] == '"api";q=2;w=60'
    assert first.headers["RateLimit"].startswith('"api";r=1;t=')
    assert "Retry-After" not in first.headers
    stranger.get("/orders")
    answer = stranger.get("/orders")
    assert (answer.status_code, answer.json["code"]) == (429, "too-many-requests")
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert [key.get("/orders").status_code for _time in range(4)] == [200, 200, 200, 429]


def test_orders_have_a_limit_of_their_own(program: Programs, told: Callable[..., None]) -> None:
    told(rate_limit_place_order="1/minute")
    key = program("orders:write")
    assert key.make("/orders", {}).status_code == 422
    answer = key.make("/orders", {})
    assert answer.status_code == 429
    assert '"place_order";q=1;w=60' in answer.headers["RateLimit-Policy"]


def test_a_page_stays_a_page_and_a_problem_a_problem(client: InspectingClient) -> None:
    assert client.get("/nowhere").is_html
    assert client.get(f"{API}/nowhere").mimetype == "application/problem+json"


def test_a_page_of_another_site_changes_nothing(program: Programs) -> None:
    answer = program("all").make("/categories", {"title": "A"}, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json["code"]) == (403, "foreign-form")


def test_numbers_may_be_written_with_a_point(program: Programs) -> None:
    product = a_product()
    body = {"price": {"amount": 4800.0, "currency": "EUR"}, "on_hand": 2.0}
    answer = program("products:write").make(f"/products/{product.id}/variants", body)
    assert answer.json["price"]["amount"] == 4800, answer.text
    assert (
        program("products:write")
        .make(f"/products/{product.id}/variants", body | {"on_hand": 2.5})
        .status_code
        == 422
    )


def test_times_are_in_utc(program: Programs) -> None:
    kettle = a_kettle()
    assert program().get(f"/products/{kettle.product_id}").json["created_at"].endswith("Z")


def test_the_tree_stands_as_its_shelves_do(program: Programs) -> None:
    kitchen = a_category("Kitchen")
    a_category("Kettles", parent=kitchen)
    (branch,) = program().get("/categories").json["items"]
    assert [child["title"] for child in branch["children"]] == ["Kettles"]
    assert json.dumps(branch["children"][0]["children"]) == "[]"
