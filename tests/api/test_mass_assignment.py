"""Nobody sets what they were not asked for: every column that no schema names, sent to every write."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import text

from storefront.platform import db
from storefront.platform.json_api.examples import example_of
from storefront.platform.json_api.operations import Operation, operation_of
from tests.characters import a_category, a_kettle, ada
from tests.people import an_account
from tests.programs import Program
from tests.shopping import an_order

WATCHED = (
    *("accounts", "addresses", "api_keys", "carts", "categories", "fulfilments", "images", "invoices"),
    *("order_lines", "orders", "payments", "prices", "products", "refunds", "reviews", "stock"),
    *("stock_movements", "variants"),
)
UNNAMED = ("is_admin", "roles", "scopes", "__proto__", "__class__", "actor_id")


def columns() -> set[str]:
    return {column.name for name in WATCHED for column in db.Model.metadata.tables[name].columns}


def state() -> str:
    """Everything that the watched tables hold, in one number."""
    parts = " || ".join(
        f"coalesce((SELECT md5(string_agg(it::text, '|' ORDER BY it::text)) FROM {name} AS it), '')"
        for name in WATCHED
        if name != "api_keys"  # It notes when the key was used.
    )
    db.release()
    found: str = db.session.execute(text(f"SELECT md5({parts})")).scalar_one()
    db.release()
    return found


@pytest.mark.usefixtures("database")
def test_columns_that_no_schema_names_are_refused(app: Flask, program: Callable[..., Program]) -> None:
    key = program("all")
    ids = _a_shop_to_attack()
    before = state()
    writes = 0
    for rule in app.url_map.iter_rules():
        one = operation_of(app.view_functions[rule.endpoint])
        if one is None or one.body is None or not one.scope:
            continue
        (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS", "GET"}
        path = rule.rule
        for argument in rule.arguments:
            path = path.replace(f"<key:{argument}>", str(ids[argument]))
        names = (columns() | set(UNNAMED)) - set(one.body.model_fields)
        answer = key.ask(method, path, json=_good(one) | dict.fromkeys(names, 1), headers=_headers())
        assert answer.status_code == 422, (one.name, answer.status_code, answer.text)
        refused = {wrong["pointer"] for wrong in answer.json["errors"] if wrong["code"] == "unknown"}
        assert refused == {f"#/{name}" for name in names}, one.name
        writes += 1
    assert writes > 15
    assert state() == before


def _headers() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4()), "If-Match": "*"}


def _good(one: Operation) -> dict[str, Any]:
    """A body that would be understood."""
    assert one.body is not None
    schema = one.body.model_json_schema(ref_template="#/{model}")
    good: dict[str, Any] = example_of(schema, schema.get("$defs", {}))
    return good


def _a_shop_to_attack() -> dict[str, int]:
    shelf, kettle, customer = a_category(), a_kettle(), an_account(ada)
    order = an_order((kettle, 1))
    return {
        "category_id": shelf.id,
        "product_id": kettle.product_id,
        "variant_id": kettle.id,
        "image_id": 1,
        "order_id": order.id,
        "customer_id": customer.id,
        "address_id": 1,
        "review_id": 1,
    }
