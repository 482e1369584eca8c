"""What the things that were changed are called today; of what is gone only the number is left."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, String, Text, cast, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from storefront.accounts.models import Account
from storefront.catalog.models import Category, Product, Variant
from storefront.orders.models import Fulfilment, Order
from storefront.payments.models import Payment
from storefront.platform import db

Which = tuple[str, str]
"""A table and a key, as the audit log keeps them."""


@dataclass(frozen=True, slots=True)
class Called:
    """By which key a row is found, and what says its name; `order` leads to the order that it belongs to."""

    key: InstrumentedAttribute[int]
    name: ColumnElement[str] | InstrumentedAttribute[str]
    order: InstrumentedAttribute[int] | None = None

    def among(self, subject: str, keys: set[int]) -> Select[str, str, str]:
        query = select(literal(subject, Text), cast(self.key, String), self.name).where(self.key.in_(keys))
        return query if self.order is None else query.join(Order, Order.id == self.order)


CALLED = {
    "accounts": Called(Account.id, func.coalesce(func.nullif(Account.name, ""), Account.email)),
    "categories": Called(Category.id, Category.title),
    "fulfilments": Called(Fulfilment.id, Order.number, Fulfilment.order_id),
    "orders": Called(Order.id, Order.number),
    "payments": Called(Payment.id, Order.number, Payment.order_id),
    "products": Called(Product.id, Product.title),
    "stock": Called(Variant.id, Variant.sku),
    "variants": Called(Variant.id, Variant.sku),
}


def of(things: Iterable[Which]) -> dict[Which, str]:
    """Their names, as far as they have any. One statement, however many there are."""
    wanted: dict[str, set[int]] = {}
    for subject, key in things:
        if subject in CALLED and key.isdecimal() and len(key) < 19:
            wanted.setdefault(subject, set()).add(int(key))
    if not wanted:
        return {}
    found = union_all(*(CALLED[subject].among(subject, keys) for subject, keys in wanted.items()))
    return {(subject, key): name for subject, key, name in db.session.execute(found)}
