"""Customers for programs; a customer's own program sees that customer alone."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from storefront.accounts import actions, owning, passwords, queries, told
from storefront.accounts.actions import SignUp
from storefront.accounts.schemas import CustomerChange, CustomerNew, CustomerQuery, CustomerTold
from storefront.platform import acting, audit, db, limits
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers, conditions
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import Contradiction
from storefront.platform.json_api.slices import Slice, by_id, sliced
from storefront.platform.turnstile import TooManyAtOnce

bp = blueprint("customers_api", __name__)
TAG = "Customers"
READ, WRITE = "customers:read", "customers:write"
LEADS = {"customer_id": "$response.body#/id"}


@bp.get("/customers")
@operation("Customers", TAG, scope=READ, customers=True, query=CustomerQuery, out=Slice[CustomerTold])
def list_customers(query: CustomerQuery) -> Slice[CustomerTold]:
    """By ascending id."""
    found = told.customers(callers.caller().account_id, query.after_id, query.most + 1, query.email)
    return sliced(query, found, lambda one: one, by_id)


@bp.get("/customers/<key:customer_id>")
@operation("One customer", TAG, scope=READ, customers=True, out=CustomerTold)
def show_customer(customer_id: int) -> CustomerTold:
    """Who they are; never a secret."""
    return _existing(customer_id)


@bp.post("/customers")
@operation(
    "Sign somebody up",
    TAG,
    scope=WRITE,
    limit=limits.SIGN_UP,
    body=CustomerNew,
    out=CustomerTold,
    status=201,
    makes=True,
    refuses=(Contradiction, TooManyAtOnce),
    links=dict.fromkeys(("show_customer", "change_customer", "list_addresses", "make_address"), LEADS),
)
def make_customer(body: CustomerNew) -> Made:
    """A letter asks them to confirm the address, which nobody else can do for them."""
    if (objection := passwords.objection(body.password)) is not None:
        raise Contradiction.at("#/password", "too-weak", objection)
    known = queries.account_of(body.email)
    if known is not None and known.confirmed_at is not None:
        raise Contradiction.at("#/email", "taken", _("Somebody has an account with this address."))
    actions.sign_up(SignUp(body.name, body.email, body.phone, body.password))
    found = told.customers(None, 0, 1, body.email)
    if not found:
        raise Contradiction.at("#/email", "taken", _("Somebody has an account with this address."))
    note("accounts", found[0].id, None, {"name": body.name, "email": body.email, "phone": body.phone})
    return made("customers_api.show_customer", customer_id=found[0].id)


@bp.patch("/customers/<key:customer_id>")
@operation(
    "Change a customer",
    TAG,
    scope=WRITE,
    customers=True,
    body=CustomerChange,
    out=CustomerTold,
    conditional=True,
)
def change_customer(customer_id: int, body: CustomerChange) -> CustomerTold:
    """What is left out stays."""
    conditions.hold(f"customer:{customer_id}")
    before = _existing(customer_id)
    conditions.demand_same(before)
    name = before.name if body.name is None else body.name
    phone = before.phone if body.phone is None else body.phone
    owning.change_details(customer_id, name, phone)
    seen = {"name": before.name, "phone": before.phone}
    note("accounts", customer_id, seen, {"name": name, "phone": phone})
    return _existing(customer_id)


def note(subject: str, key: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> None:
    """What a key changes stands in the audit log; what customers change of their own does not."""
    if db.inside().actor.kind in acting.AUDITED:
        audit.note(subject, key, before, after)


def _existing(customer_id: int) -> CustomerTold:
    found = told.customer(customer_id, callers.caller().account_id)
    if found is None:
        raise NotFound
    return found
