"""Buying over the API: all lines or none, at our prices, for a guest or for a customer."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from storefront.catalog.models import Variant
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.audit import AuditEntry
from tests.characters import a_kettle, a_product, a_variant, ada
from tests.counting import counted
from tests.people import an_account
from tests.programs import Program, a_token
from tests.shopping import an_order

Programs = Callable[..., Program]
ADA = {"name": "Ada Lindt", "email": "ada@example.com"}


def wish(*lines: tuple[Variant, int], **more: Any) -> dict[str, Any]:
    bought = [{"variant_id": thing.id, "quantity": units} for thing, units in lines]
    return {"lines": bought, "contact": ADA, "delivery": "pickup", "payment": "pay_on_pickup"} | more


def orders() -> int:
    db.release()
    return db.session.scalar(select(func.count(Order.id))) or 0


def test_what_is_refused_leaves_nothing(program: Programs, told: Callable[..., None]) -> None:
    told(rate_limit_place_order="1000/minute")
    kettle, last, key = a_kettle(5), a_kettle(1), program("orders:write")
    gone, eur = a_variant(a_product(status="archived")), {"amount": 1, "currency": "EUR"}
    home = {"country": "DE", "name": "Ada", "street": "Hof 1", "postal_code": "10119", "city": "Berlin"}
    for body, code in (
        (wish((kettle, 1), (last, 2)), "out-of-stock"),
        (wish((kettle, 1), (gone, 1)), "no-longer-sold"),
        (wish((kettle, 1), total=eur), "price-changed"),
        (wish((kettle, 1), total=eur | {"currency": "USD"}), "contradiction"),
        (wish((kettle, 100)), "contradiction"),
        (wish((kettle, 1), delivery="home"), "contradiction"),
        (wish((kettle, 1), payment="cash_on_delivery"), "contradiction"),
        (wish((kettle, 1), delivery="home", delivery_address=home | {"postal_code": "x"}), "contradiction"),
        (wish((kettle, 1), delivery="home", delivery_address=home | {"country": "XX"}), "contradiction"),
        (wish((kettle, 1), customer_id=987), "reference-missing"),
        (wish((kettle, 1), contact=None), "contradiction"),
        (
            {**wish(), "lines": [{"variant_id": kettle.id, "quantity": 1, "unit_price": eur}]},
            "price-differs",
        ),
        ({**wish(), "lines": [{"variant_id": 987_654, "quantity": 1}]}, "reference-missing"),
    ):
        answer = key.make("/orders", body)
        assert (answer.status_code, answer.json["code"]) == (409, code), answer.text
    assert orders() == 0
    short = key.make("/orders", wish((kettle, 1), (last, 2)))
    assert short.json["lines"] == [{"variant_id": last.id, "sku": last.sku, "quantity": 2, "available": 1}]
    dear = key.make("/orders", wish((kettle, 1), total=eur))
    assert dear.json["total"] == {"amount": 4800, "currency": "EUR"}


def test_lines_of_one_thing_are_one(program: Programs) -> None:
    kettle = a_kettle(5)
    answer = program("orders:write").make("/orders", wish((kettle, 1), (kettle, 2)))
    assert [one["quantity"] for one in answer.json["lines"]] == [3]
    assert answer.json["total"]["amount"] == 3 * 4800


def test_what_is_answered_at_once_is_what_is_read_later(program: Programs) -> None:
    key, account = program("orders:write", "orders:read", "fulfilments:write"), an_account(ada)
    home = {"country": "DE", "name": "Ada", "street": "Hof 1", "postal_code": "10119", "city": "Berlin"}
    sent = {"delivery": "home", "payment": "bank_transfer", "delivery_address": home, "note": "Ring twice."}
    for body in (
        wish((a_kettle(), 1)),
        wish((a_kettle(), 2), (a_variant(tracked=False), 1), customer_id=account.id, **sent),
    ):
        made = key.make("/orders", body)
        read = key.get(f"/orders/{made.json['id']}")
        assert made.text == read.text
        assert made.headers["ETag"] == read.headers["ETag"]
        (listed,) = key.get(f"/orders?number={read.json['number']}").json["items"]
        assert listed == read.json


def test_an_order_takes_four_statements_and_is_read_in_one(app: Flask, program: Programs) -> None:
    """Whose key it is, what it costs, the order, the stock; then the key, and the order."""
    key, kettle = program("orders:write", "orders:read"), a_kettle()
    key.get("/orders")  # Notes that the key was used.
    with counted(db.engine()) as bought:
        made = key.make("/orders", wish((kettle, 2)))
    bought.at_most(4)
    with counted(db.engine()) as read:
        key.get(f"/orders/{made.json['id']}")
    read.at_most(2)


def test_the_audit_log_holds_what_a_key_bought_and_not_what_a_customer_did(program: Programs) -> None:
    kettle, account = a_kettle(), an_account(ada)
    made = program("orders:write", name="till").make("/orders", wish((kettle, 2)))
    own = Program(program().client, a_token(account.id)).make("/orders", wish((kettle, 1)))
    assert own.status_code == 201
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "orders")).all()
    assert (entry.subject_id, entry.actor_kind) == (str(made.json["id"]), "key")
    assert str(entry.actor_id).startswith("till ")
    assert entry.after == {"total": 9600, "lines": {str(kettle.id): 2}}
    assert (entry.before, entry.address, entry.request_id) == (
        None,
        "127.0.0.1",
        made.headers["X-Request-ID"],
    )


def test_a_customers_order_stands_in_the_account(program: Programs) -> None:
    account = an_account(ada)
    body = wish((a_kettle(), 1), customer_id=account.id, contact=None)
    answer = program("orders:write", "orders:read").make("/orders", body)
    assert (answer.json["customer_id"], answer.json["email"]) == (account.id, ada.email)


def test_only_allowed_moves(program: Programs) -> None:
    order, key = an_order((a_kettle(), 1)), program("all")
    at = f"/orders/{order.id}"
    wrong = key.make(f"{at}/fulfilments", {"state": "delivered"})
    assert (wrong.status_code, wrong.json["code"]) == (409, "state-not-allowed")
    assert key.make(f"{at}/payments", {"amount": {"amount": 1, "currency": "EUR"}}).status_code == 409
    assert key.make(f"{at}/fulfilments", {"state": "packed"}).status_code == 201
    late = key.make(f"{at}/cancellations", {})
    assert (late.status_code, late.json["code"]) == (409, "already-packed")
    strange = key.make(f"{at}/cancellations", {"lines": [{"line_id": 987, "quantity": 1}]})
    assert strange.status_code == 409
    for state in ("ready", "delivered", "returned"):
        assert key.make(f"{at}/fulfilments", {"state": state}).status_code == 201, state


def test_something_sold_is_not_deleted(program: Programs) -> None:
    kettle, key = a_kettle(), program("products:write")
    an_order((kettle, 1))
    answer = key.delete(f"/products/{kettle.product_id}")
    assert (answer.status_code, answer.json["code"]) == (409, "not-deletable")
    assert key.delete(f"/variants/{kettle.id}").json["code"] == "not-deletable"
    unsold = key.make("/products", {"title": "Jug"})
    assert key.delete(f"/products/{unsold.json['id']}").status_code == 204


@pytest.mark.parametrize("state", ["open", "cancelled"])
def test_orders_are_found(program: Programs, state: str) -> None:
    order, key = an_order((a_kettle(), 1)), program("orders:read", "orders:write")
    if state == "cancelled":
        key.make(f"/orders/{order.id}/cancellations", {"reason": "Changed my mind"})
    for query in (f"state={state}", f"number={order.number.lower()}", "email=ADA@example.com"):
        assert [one["id"] for one in key.get(f"/orders?{query}").json["items"]] == [order.id], query
    assert key.get("/orders?customer_id=987").json["items"] == []
