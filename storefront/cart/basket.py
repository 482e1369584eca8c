"""What lies in a cart, with today's price and stock of each line and what is wrong with it."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from storefront.cart.models import CartLine
from storefront.catalog.models import Image, Price, Product, Variant
from storefront.catalog.pictures import PICTURE, Picture, nearest_first
from storefront.catalog.prices import at_this_moment
from storefront.inventory.models import Stock


class Problem(Enum):
    """What stands between a line and its purchase, or must be said before it."""

    WITHDRAWN = "withdrawn"
    SOLD_OUT = "sold-out"
    SHORT = "short"
    PRICE_CHANGED = "price-changed"


@dataclass(frozen=True, slots=True)
class Line:
    """Some units of one variant as they would be sold right now; amounts in minor units."""

    id: int
    variant_id: int
    product_id: int
    slug: str
    sku: str
    title: str
    option_values: tuple[str, ...]
    quantity: int
    price_seen: int
    price: int
    tax_class: str
    tracked: bool
    available: int | None
    """None when nobody counts: always available."""
    on_sale: bool
    picture: Picture | None

    @property
    def choice(self) -> str:
        return " / ".join(self.option_values)

    @property
    def total(self) -> int:
        return self.price * self.quantity

    @property
    def obtainable(self) -> int:
        """How many of the wanted units could be bought right now."""
        if not self.on_sale:
            return 0
        return self.quantity if self.available is None else min(self.quantity, self.available)

    @property
    def price_changed(self) -> bool:
        """Whether the shopper has yet to be asked about another price."""
        return self.on_sale and self.price != self.price_seen

    @property
    def problem(self) -> Problem | None:
        """The worst thing to say about this line."""
        if not self.on_sale:
            return Problem.WITHDRAWN
        if self.available is not None and self.available < self.quantity:
            return Problem.SHORT if self.available > 0 else Problem.SOLD_OUT
        return Problem.PRICE_CHANGED if self.price_changed else None

    @property
    def blocked(self) -> bool:
        """Whether it cannot be bought as it stands."""
        return self.problem not in (None, Problem.PRICE_CHANGED)


_SHOWN = aliased(Variant)
_PICTURE = (
    select(*PICTURE)
    .outerjoin(_SHOWN, _SHOWN.id == Image.variant_id)
    .where(Image.product_id == Product.id, Image.file.is_not(None))
    .order_by(nearest_first(_SHOWN, Variant.id, Variant.option_values[1]), Image.position, Image.id)
    .limit(1)
    .correlate(Product, Variant)
    .lateral("picture")
)
_FACTS = (
    Variant.product_id,
    Variant.sku,
    Variant.option_values,
    Variant.tracked,
    Variant.archived_at,
    Product.slug,
    Product.title,
    Product.status,
    Product.tax_class,
    at_this_moment().label("amount"),
    Stock.on_hand,
    Stock.reserved,
)


def facts(
    currency: ColumnElement[str], cart: ColumnElement[int], lines: Any = CartLine
) -> Select[*tuple[Any, ...]]:
    """The question for what `line` reads, by ascending variant, for whoever asks for more in one go.

    `lines` are an alias of those that the same statement has just inserted: in the table it sees none.
    """
    return (
        select(lines.id, lines.variant_id, lines.quantity, lines.price_seen, *_FACTS)
        .join(Variant, Variant.id == lines.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .outerjoin(Price, (Price.variant_id == Variant.id) & (Price.currency == currency))
        .where(lines.cart_id == cart)
        .order_by(lines.variant_id)
    )


_LINES = (
    facts(bindparam("currency"), bindparam("cart"))
    .add_columns(*_PICTURE.c)
    .outerjoin(_PICTURE, _PICTURE.c.file.is_not(None))
)


def lines(session: Session, cart_id: int, currency: str) -> list[Line]:
    """A cart's lines by ascending variant, in one statement, priced in the shop's currency."""
    rows = session.connection().execute(_LINES, {"cart": cart_id, "currency": currency})  # Past the ORM.
    return [line(row, Picture.of(row)) for row in rows]


def line(row: Any, picture: Picture | None = None) -> Line:
    """A line of what was found."""
    on_sale = row.status == "active" and row.archived_at is None and row.amount is not None
    counted = None if not row.tracked else max(0, (row.on_hand or 0) - (row.reserved or 0))
    return Line(
        id=row.id,
        variant_id=row.variant_id,
        product_id=row.product_id,
        slug=row.slug,
        sku=row.sku,
        title=row.title,
        option_values=tuple(row.option_values),
        quantity=row.quantity,
        price_seen=row.price_seen,
        price=row.amount if row.amount is not None else row.price_seen,
        tax_class=row.tax_class,
        tracked=row.tracked,
        available=counted,
        on_sale=on_sale,
        picture=picture,
    )
