"""A new shop: what to do before the first customer comes, each step ticked by what is there."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement, Select, exists, func, literal, select
from sqlalchemy.dialects.postgresql import array

from storefront.accounts.models import Role
from storefront.catalog.models import Image, Product
from storefront.inventory.models import Stock
from storefront.orders.models import Order
from storefront.platform import db, mail
from storefront.platform.audit import AuditEntry
from storefront.shop import seed
from storefront.shop.models import Shop

NEW = 10
"""A shop with more orders than this knows what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, where it is done, and whether it is."""

    label: LazyString
    hint: LazyString
    endpoint: str
    done: bool
    values: dict[str, Any] = field(default_factory=dict)


def checklist(shop: Shop) -> list[Step]:
    """All steps of a new shop; none once they are done, or once it has sold for a while. One statement."""
    found = db.session.execute(select(*_questions())).one()
    if found.orders > NEW:
        return []
    steps = [*_of_the_shop(shop, found), *_of_the_goods(found), *_of_the_day(found)]
    return [] if all(step.done for step in steps) else steps


def _of_the_shop(shop: Shop, found: Any) -> list[Step]:
    described = (shop.name, shop.legal_name) != (seed.FACTS["name"], seed.FACTS["legal_name"])
    return [
        Step(
            lazy_gettext("Describe the shop"),
            lazy_gettext("Its name and legal address, how it is reached."),
            "office_settings.show",
            described,
        ),
        Step(
            lazy_gettext("Say how you deliver and are paid"),
            lazy_gettext("Ways of delivery, its price, the countries, and the bank account."),
            "office_settings.show_part",
            found.terms,
            {"part": "delivery"},
        ),
    ]


def _of_the_goods(found: Any) -> list[Step]:
    return [
        Step(
            lazy_gettext("Put in products"),
            lazy_gettext("Each with a price; those that are published can be bought."),
            "catalog_admin.new",
            found.products,
        ),
        Step(
            lazy_gettext("Show them"),
            lazy_gettext("Pictures sell: add one to each product."),
            "catalog_admin.index",
            found.pictures,
        ),
        Step(
            lazy_gettext("Fill the shelves"),
            lazy_gettext("Say how many of each you have."),
            "inventory_admin.index",
            found.stock,
        ),
    ]


def _of_the_day(found: Any) -> list[Step]:
    return [
        Step(
            lazy_gettext("See that mail leaves the house"),
            lazy_gettext("Your operator names a mail server; then send yourself a test."),
            "office_letters.index",
            mail.has_server(),
        ),
        Step(
            lazy_gettext("Place an order yourself"),
            lazy_gettext("Buy something as a customer would, then pack it here."),
            "catalog.home",
            found.orders > 0,
        ),
        Step(
            lazy_gettext("Invite whoever works with you"),
            lazy_gettext("Everybody has an account of their own, and the log says who did what."),
            "office_people.index",
            found.staff > 1,
        ),
    ]


def _questions() -> list[ColumnElement[Any]]:
    some_orders = select(literal(1)).select_from(Order).limit(NEW + 1).subquery()
    terms = AuditEntry.after.has_any(
        array(["delivery_methods", "delivery_rate", "payment_methods", "bank_iban"])
    )
    return [
        select(func.count()).select_from(some_orders).scalar_subquery().label("orders"),
        _is(select(AuditEntry.id).where(AuditEntry.subject == "shop", terms)).label("terms"),
        _is(select(Product.id)).label("products"),
        _is(select(Image.id)).label("pictures"),
        _is(select(Stock.variant_id).where(Stock.on_hand > 0)).label("stock"),
        select(func.count(Role.account_id.distinct())).scalar_subquery().label("staff"),
    ]


def _is(question: Select[Any]) -> ColumnElement[bool]:
    return exists(question)
