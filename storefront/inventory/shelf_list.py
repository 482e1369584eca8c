"""All shelves as staff list them: found by name or SKU, or those that run low."""

from dataclasses import dataclass

from sqlalchemy import func, literal, or_, select, union
from sqlalchemy.types import BigInteger

from storefront.inventory import ledger
from storefront.inventory.ledger import PAGE, Shelf
from storefront.inventory.models import Stock
from storefront.platform import db


@dataclass(frozen=True, slots=True)
class Looked:
    """Which shelves somebody looks for."""

    words: str = ""
    low: bool = False
    after: int | None = None


def page(looked: Looked, few: int) -> tuple[list[Shelf], int | None]:
    """A page of shelves by ascending id of their variants, and where it goes on."""
    asked = ledger.shelves(few)
    variants = db.Model.metadata.tables["variants"]
    asked = asked.where(or_(variants.c.archived_at.is_(None), Stock.on_hand > 0))
    if looked.words:
        products = db.Model.metadata.tables["products"]
        like = "%" + looked.words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        named = select(variants.c.id).join(products, products.c.id == variants.c.product_id)
        found = union(
            named.where(products.c.title.ilike(like)), select(variants.c.id).where(variants.c.sku.ilike(like))
        )
        asked = asked.where(Stock.variant_id.in_(found))
    if looked.low:
        few_left = func.coalesce(Stock.low_at, literal(few, BigInteger))
        asked = asked.where(Stock.on_hand - Stock.reserved <= few_left, variants.c.archived_at.is_(None))
    if looked.after is not None:
        asked = asked.where(Stock.variant_id > looked.after)
    rows = db.session.execute(asked.order_by(Stock.variant_id).limit(PAGE + 1)).all()
    shown = [ledger.shelf_of(row) for row in rows[:PAGE]]
    return shown, shown[-1].variant_id if len(rows) > PAGE else None


def by_sku(skus: list[str]) -> dict[str, int]:
    """The variants that SKUs mean, if anybody counts them."""
    variants = db.Model.metadata.tables["variants"]
    rows = select(variants.c.sku, variants.c.id).join(Stock, Stock.variant_id == variants.c.id)
    return dict(db.session.execute(rows.where(variants.c.sku.in_(skus))).all())


def skus_of(variant_ids: list[int]) -> list[str]:
    """The SKUs of variants, in the order of their ids."""
    variants = db.Model.metadata.tables["variants"]
    rows = select(variants.c.sku).where(variants.c.id.in_(variant_ids)).order_by(variants.c.id)
    return list(db.session.scalars(rows))
