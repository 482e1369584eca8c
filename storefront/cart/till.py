"""What a cart is charged by, in one question: its lines, the shop's terms and its tax rates at this moment.

Three questions would each cost a message and an answer while the cart is locked, and could be answered
from before and after a change of the shop.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.types import Text

from storefront.cart import basket
from storefront.cart.basket import Line
from storefront.cart.models import CartLine
from storefront.platform import db
from storefront.platform.spoken import Spoken
from storefront.platform.statements import word
from storefront.shop.models import Shop
from storefront.taxes.models import TaxRate


@dataclass(frozen=True, slots=True)
class Charged:
    """The shop's terms, as `storefront.shop.terms` wants them."""

    currency: str
    prices_include_tax: bool
    delivery_rate: int
    delivery_countries: list[str]
    delivery_methods: list[str]
    payment_methods: list[str]
    closed: bool | None
    """Whether no orders are taken."""
    closed_until: str | None


_CLOSED = (Shop.closed_at <= func.now()) & or_(Shop.closed_until.is_(None), Shop.closed_until > func.now())
_RATES = (
    select(func.json_object_agg(TaxRate.tax_class, TaxRate.rate.cast(Text)))
    .where(TaxRate.country == Shop.country)
    .scalar_subquery()
)


def _term(name: str) -> ColumnElement[Any]:
    term: ColumnElement[Any] = _CLOSED if name == "closed" else getattr(Shop, name)
    return term


_PAIRS = [part for fact in fields(Charged) for part in (word(fact.name), _term(fact.name))]
_TERMS = select(func.json_build_object(*_PAIRS)).select_from(Shop).scalar_subquery()
_OWN = select(_RATES).select_from(Shop).scalar_subquery()
_CURRENCY: Any = select(Shop.currency).scalar_subquery()
Charge = tuple[list[Line], Charged, dict[str, Decimal]]
"""A cart's lines by ascending variant, the terms, and the rate of each class of tax."""


def asking(cart: ColumnElement[int], lines: Any = CartLine) -> Select[*tuple[Any, ...]]:
    """The question for what `read` reads, also as a part of a larger statement."""
    return basket.facts(_CURRENCY, cart, lines).add_columns(_TERMS.label("terms"), _OWN.label("rates"))


_CHARGED = Spoken(asking(bindparam("cart")))


def ring_up(cart_id: int) -> Charge | None:
    """What a cart is charged by; None when it is empty. Part of a change, in which it is locked."""
    return read(db.inside().say(_CHARGED, {"cart": cart_id}))


def read(rows: Sequence[Any]) -> Charge | None:
    """What was found of a cart; None when it is empty."""
    if not rows:
        return None
    rates = {tax_class: Decimal(rate) for tax_class, rate in (rows[0].rates or {}).items()}
    return [basket.line(row) for row in rows], Charged(**rows[0].terms), rates
