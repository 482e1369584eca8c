"""Bodies that a schema holds for right, made ones that this shop can follow: what they refer to is there."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.api.fuzzing.rows import EUR, HOME, PRICE_OF_ONE, Rows

Body = dict[str, Any]


def sensible(operation: str, body: Body, path: Body, rows: Rows, credentials: Body) -> Body:
    """The same body, where what only this shop knows is put right; the rest is as wild as it was."""
    if operation == "log_in":
        return dict(credentials)
    change = CHANGES.get(operation)
    return change(dict(body), path, rows) if change else body


def _price(body: Body, name: str = "price") -> None:
    if isinstance(body.get(name), dict):
        body[name] = {"amount": body[name]["amount"], "currency": EUR}


def _product(body: Body, _path: Body, rows: Rows) -> Body:
    body.pop("slug", None)
    body["category_ids"] = [rows.some("category_id")]
    if body.get("variants"):
        body["option_names"] = []
        body["variants"] = [_variant(dict(body["variants"][0]), {}, rows) | {"values": []}]
    return body


def _variant(body: Body, _path: Body, _rows: Rows) -> Body:
    _price(body)
    for name in ("sku", "compare_at"):
        body.pop(name, None)
    return body | {"values": [f"Colour {uuid4().hex[:8]}"]}


def _category(body: Body, _path: Body, rows: Rows) -> Body:
    body.pop("slug", None)
    if body.get("parent_id") is not None:
        body["parent_id"] = rows.some("category_id")
    return body


def _picture(body: Body, _path: Body, _rows: Rows) -> Body:
    body.pop("variant_id", None)
    return body | {"position": 1}


def _order(body: Body, _path: Body, rows: Rows) -> Body:
    body |= {
        "lines": [{"variant_id": rows.some("stocked_id"), "quantity": 1 + len(body["lines"]) % 9}],
        "delivery_address": HOME if body["delivery"] == "home" else None,
        "billing_address": None,
        "payment": "bank_transfer",
    }
    for name in ("total", "customer_id"):
        body.pop(name, None)
    if not body.get("contact"):
        body["contact"] = {"name": "Ada Lindt", "email": "ada@example.com"}
    return body


def _cancellation(body: Body, path: Body, rows: Rows) -> Body:
    if body.get("lines"):
        line = rows.seen(f"/orders/{path['order_id']}")["lines"][0]["id"]
        body["lines"] = [{"line_id": line, "quantity": 1}]
    return body


def _payment(body: Body, _path: Body, _rows: Rows) -> Body:
    body.pop("amount", None)
    return body


def _refund(body: Body, _path: Body, _rows: Rows) -> Body:
    if body.get("amount"):
        body["amount"] = {"amount": 1 + body["amount"]["amount"] % PRICE_OF_ONE, "currency": EUR}
    return body | {"reference": body.get("reference", "").strip() or "Transfer 3"}


def _adjustment(body: Body, _path: Body, rows: Rows) -> Body:
    return body | {"variant_id": rows.some("stocked_id"), "quantity": 1 + abs(body["quantity"]) % 100}


def _review(body: Body, _path: Body, rows: Rows) -> Body:
    return body | {"customer_id": rows.customer}


def _judgement(body: Body, _path: Body, _rows: Rows) -> Body:
    return body | {"reason": body.get("reason", "").strip() or "It is about another shop."}


def _address(body: Body, _path: Body, _rows: Rows) -> Body:
    for name in ("area", "vat_id"):
        body.pop(name, None)
    return body | HOME


def _customer(body: Body, _path: Body, _rows: Rows) -> Body:
    number = uuid4().hex[:8]
    return body | {"email": f"somebody-{number}@example.com", "password": f"copper kettles sing {number}"}


CHANGES: dict[str, Callable[[Body, Body, Rows], Body]] = {
    "create_product": _product,
    "change_product": _product,
    "make_variant": _variant,
    "change_variant": _variant,
    "make_category": _category,
    "change_category": _category,
    "change_image": _picture,
    "place_order": _order,
    "cancel": _cancellation,
    "record_payment": _payment,
    "record_refund": _refund,
    "adjust": _adjustment,
    "write_review": _review,
    "judge_review": _judgement,
    "make_address": _address,
    "change_address": _address,
    "make_customer": _customer,
}
