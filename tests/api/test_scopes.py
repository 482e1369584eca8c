"""Who may do what: every operation, asked by every scope, by a customer and by nobody."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import Flask

from storefront.platform.json_api.operations import Operation, operation_of
from storefront.platform.keys import actions
from tests.characters import ada
from tests.inspecting import InspectingClient
from tests.people import an_account
from tests.programs import Program, a_token

OPEN = {
    "list_products",
    "show_product",
    "list_variants",
    "show_variant",
    "list_images",
    "show_image",
    "show_tree",
    "show_category",
    "list_published_reviews",
    "log_in",
}
"""What needs no key; a test that somebody adds to is a decision."""
OF_CUSTOMERS = {
    *("list_orders", "show_order", "place_order", "list_order_lines", "show_order_line", "cancel"),
    *("list_fulfilments", "show_fulfilment", "list_payments", "show_payment"),
    *("list_refunds", "show_refund"),
    *("list_invoices", "show_invoice", "show_document"),
    *("list_customers", "show_customer", "change_customer", "log_out"),
    *("list_addresses", "show_address", "make_address", "change_address", "delete_address"),
    *("write_review", "list_reviews", "show_review", "change_review", "delete_review"),
}
LIMITS = ("rate_limit_sign_up", "rate_limit_sign_in", "rate_limit_place_order", "rate_limit_review")
NOBODYS = 987_654_321


def operations(app: Flask) -> list[tuple[str, str, Operation]]:
    found = []
    for rule in app.url_map.iter_rules():
        one = operation_of(app.view_functions[rule.endpoint])
        if one is not None:
            (method,) = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            found.append((method, re.sub(r"<[^>]+>", str(NOBODYS), rule.rule), one))
    return found


def asked(client: InspectingClient, method: str, path: str, key: str | None) -> tuple[int, Any]:
    """Nothing is sent, so whoever is let in is told what is wrong with that."""
    sent: dict[str, Any] = {"json": {}} if method in ("POST", "PATCH") else {}
    answer = Program(client, key).ask(method, path, headers={"Idempotency-Key": str(uuid4())}, **sent)
    return answer.status_code, (answer.json or {}).get("code") if answer.data else None


def test_every_operation_by_everybody(
    app: Flask, client: InspectingClient, every_scope: list[str], told: Callable[..., None]
) -> None:
    told(**dict.fromkeys(LIMITS, "100000/minute"))
    keys = {scope: actions.create_key(scope, [scope], every_scope).shown for scope in every_scope}
    customer = an_account(ada).id
    for method, path, one in operations(app):
        status, code = asked(client, method, path, None)
        assert (one.name in OPEN) == (status != 401 or code == "wrong-password"), (one.name, status, code)
        status, code = asked(client, method, path, a_token(customer))
        let_in = one.name in OPEN | OF_CUSTOMERS
        assert let_in == (code != "scope-needed"), (one.name, "customer", status, code)
        for scope, key in keys.items():
            status, code = asked(client, method, path, key)
            let_in = one.name in OPEN or one.scope == scope
            assert let_in == (code != "scope-needed"), (one.name, scope, status, code)
            if not let_in:
                assert status == 403


def test_scopes_are_per_resource(every_scope: list[str]) -> None:
    assert set(every_scope) == {
        *("categories:write", "products:write", "inventory:read", "inventory:write"),
        *("customers:read", "customers:write", "orders:read", "orders:write", "fulfilments:write"),
        *("payments:read", "payments:write", "invoices:read", "reviews:read", "reviews:write"),
        *("products:read", "refunds:write"),
    }


def test_a_key_in_an_address_opens_nothing(program: Callable[..., Program]) -> None:
    key = program("orders:read").key
    for name in ("key", "api_key", "access_token", "token"):
        assert program().get(f"/orders?{name}={key}").status_code == 401
        assert program().get(f"/products?{name}={key}").status_code == 422


def test_a_wrong_key_is_refused_also_where_none_is_needed(program: Callable[..., Program]) -> None:
    good = program("orders:read").key or ""
    for wrong in (
        "",
        "sf_1_x",
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good + "x",
        "sf_999_" + good[-43:],
    ):
        for scheme in ("Bearer", "Basic"):
            answer = program().get("/products", headers={"Authorization": f"{scheme} {wrong}"})
            assert (answer.status_code, answer.json["code"]) == (401, "key-unknown")
            assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
