"""Lists over the API: what they cost, and that what is remembered of a product is what is true of it."""

from collections.abc import Callable
from typing import Any

from storefront.platform import db
from tests.characters import a_kettle
from tests.counting import counted
from tests.programs import Program

Programs = Callable[..., Program]


def only(key: Program) -> Any:
    (one,) = key.get("/products").json["items"]
    return one


def test_a_list_takes_one_statement_beside_the_one_about_the_key(program: Programs) -> None:
    key = program("products:read")
    for _kettle in range(3):
        a_kettle()
    key.get("/products")  # Notes that the key was used.
    with counted(db.engine()) as seen:
        assert len(key.get("/products").json["items"]) == 3
    seen.at_most(2)


def test_whatever_changes_is_told_at_once(program: Programs) -> None:
    key, kettle = program("all"), a_kettle(9)
    before = only(key)
    assert only(key) == before
    assert key.change(f"/products/{kettle.product_id}", {"title": "Pot"}).status_code == 200
    cheap = {"price": {"amount": 1, "currency": "EUR"}}
    assert key.change(f"/variants/{kettle.id}", cheap).status_code == 200
    changed = only(key)
    assert (changed["title"], changed["price"]["amount"]) == ("Pot", 1)
    assert changed["version"] > before["version"]
    broken = {"variant_id": kettle.id, "quantity": -9, "reason": "write_off"}
    assert key.make("/inventory/adjustments", broken).status_code == 201
    assert only(key) == changed | {"availability": "sold_out"}
