"""What a product and its double have in common."""

from sqlalchemy import and_, insert, literal, select

from storefront.catalog.models import Image, Price, Variant
from storefront.catalog.scheduling.models import Sale
from storefront.catalog.wanted import NewVariant, VariantFacts
from storefront.platform import db
from storefront.shop.queries import read


def variants_of(product_id: int) -> tuple[NewVariant, ...]:
    """Its choices that are sold, at their usual prices, without SKUs and units. Part of a change."""
    rows = db.inside().session.execute(
        select(Variant, Price, Sale)
        .join(Price, and_(Price.variant_id == Variant.id, Price.currency == read().currency))
        .outerjoin(Sale, and_(Sale.variant_id == Price.variant_id, Sale.currency == Price.currency))
        .where(Variant.product_id == product_id, Variant.archived_at.is_(None))
        .order_by(Variant.position, Variant.id)
    )
    return tuple(NewVariant(_facts(*row)) for row in rows)


def _facts(variant: Variant, price: Price, sale: Sale | None) -> VariantFacts:
    begun = sale is not None and sale.usual_amount is not None
    usual = (sale.usual_amount, sale.usual_compare_at) if sale and begun else (price.amount, price.compare_at)
    return VariantFacts(
        price=usual[0] or 0,
        compare_at=usual[1],
        values=tuple(variant.option_values),
        weight_g=variant.weight_g,
        tracked=variant.tracked,
    )


def pictures(product_id: int, double: int) -> None:
    """The same files, shown by the double, too; files know nothing of products. Part of a change."""
    names = ("source", "file", "width", "height", "renditions", "tone", "alt", "position")
    columns = [getattr(Image, name) for name in names]
    old = select(literal(double), *columns).where(Image.product_id == product_id, Image.file.is_not(None))
    db.inside().session.execute(insert(Image).from_select(["product_id", *names], old))
