"""What else stands where a product stands."""

from sqlalchemy import case, exists, or_, select

from storefront.catalog import listing
from storefront.catalog.listing import Good
from storefront.catalog.models import Product, Variant
from storefront.catalog.shown import SHOWN
from storefront.inventory.models import Stock

MOST = 4
NEAR = 12  # Who is looked at: enough that four of them can usually be had.


def beside(product: Product, currency: str) -> list[Good]:
    """Others of its main shelf, those that can be had first.

    They are the next ones of the shelf, which goes round: so each product leads on, and all can be reached.
    """
    if product.category_id is None:
        return []
    behind = Product.id < product.id
    near = (
        select(Product.id, Product.slug, Product.title, behind.label("behind"))
        .where(SHOWN, Product.category_id == product.category_id, Product.id != product.id)
        .order_by(behind, Product.id)
        .limit(NEAR)
        .subquery("near")
    )
    able = (
        exists(select(Variant.id).outerjoin(Stock, Stock.variant_id == Variant.id))
        .where(Variant.product_id == near.c.id, Variant.archived_at.is_(None))
        .where(or_(~Variant.tracked, Stock.on_hand > Stock.reserved))
    )
    sold_out = case((able, 0), else_=1).label("sold_out")
    chosen = (
        select(near, sold_out).order_by(sold_out, near.c.behind, near.c.id).limit(MOST).subquery("chosen")
    )
    return listing.cards(chosen, currency, (chosen.c.sold_out, chosen.c.behind, chosen.c.id))
