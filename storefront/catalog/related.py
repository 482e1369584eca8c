"""What else stands where a product stands."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    Text,
    bindparam,
    case,
    exists,
    literal,
    or_,
    select,
    union_all,
)

from storefront.catalog import listing
from storefront.catalog.listing import Good
from storefront.catalog.models import Product, Variant
from storefront.catalog.shown import SHOWN
from storefront.inventory.models import Stock
from storefront.platform.asking import Question

MOST = 4
NEAR = 12  # Who is looked at: enough that four of them can usually be had.
_ID = bindparam("product_id", type_=BigInteger)
_OF_CARD = (Product.id, Product.slug, Product.title, Product.rating_average, Product.rating_count)
_SHELF = bindparam("shelf_id", type_=BigInteger)


def beside(product: Product, currency: str) -> list[Good]:
    """Others of its main shelf, those that can be had first.

    They are the next ones of the shelf, which goes round: so each product leads on, and all can be reached.
    """
    if product.category_id is None:
        return []
    where = {"product_id": product.id, "shelf_id": product.category_id, "currency": currency}
    return [listing.card(row, currency) for row in _BESIDE.ask(where) if row.price is not None]


def _beside() -> Select[Any]:
    ahead, behind = _some(Product.id > _ID, 0), _some(Product.id < _ID, 1)
    near = union_all(select(ahead), select(behind)).order_by("behind", "id").limit(NEAR).subquery("near")
    able = (
        exists(select(Variant.id).outerjoin(Stock, Stock.variant_id == Variant.id))
        .where(Variant.product_id == near.c.id, Variant.archived_at.is_(None))
        .where(or_(~Variant.tracked, Stock.on_hand > Stock.reserved))
    )
    sold_out = case((able, 0), else_=1).label("sold_out")
    chosen = (
        select(near, sold_out).order_by(sold_out, near.c.behind, near.c.id).limit(MOST).subquery("chosen")
    )
    cards = listing.cards(chosen, bindparam("currency", type_=Text))
    return cards.order_by(chosen.c.sold_out, chosen.c.behind, chosen.c.id)


def _some(where: ColumnElement[bool], behind: int) -> Subquery:
    """Each way is cut short by itself, so that no index has to yield a whole shelf."""
    return (
        select(*_OF_CARD, literal(behind).label("behind"))
        .where(SHOWN, Product.category_id == _SHELF, where)
        .order_by(Product.id)
        .limit(NEAR)
        .subquery()
    )


_BESIDE = Question(_beside())  # Built once: that takes as long as asking it.
