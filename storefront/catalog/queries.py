"""Questions about one product: the page of it, its choices, and where it used to be."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Text, and_, bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from storefront.catalog.models import Category, FormerSlug, Image, Price, Product, Swatch, Variant
from storefront.catalog.pictures import PICTURE, Picture, nearest_first
from storefront.inventory.models import Stock
from storefront.platform import db
from storefront.platform.asking import Question

_VALUES = func.unnest(Variant.option_values).table_valued("value", with_ordinality="place")
_VALUE = _VALUES.render_derived(name="chosen")
_COLOURS = (
    select(func.array_agg(aggregate_order_by(Swatch.colour, _VALUE.c.place)))
    .select_from(_VALUE.outerjoin(Swatch, Swatch.name == func.lower(_VALUE.c.value)))
    .correlate(Variant)
    .scalar_subquery()
)

# Statements are made once: to make one takes longer than to ask it.
_PRODUCT, _CURRENCY = bindparam("product_id", type_=BigInteger), bindparam("currency", type_=Text)
_SHOWN = aliased(Variant)
_ON_SALE = Question(
    db.table(Product)
    .select()
    .where(Product.slug == bindparam("slug", type_=Text), Product.status == "active")
)
_OFFERS = Question(
    select(
        Variant.id,
        Variant.sku,
        Variant.barcode,
        Variant.option_values,
        Variant.weight_g,
        Variant.tracked,
        Price.amount,
        Price.compare_at,
        Stock.on_hand,
        Stock.reserved,
        _COLOURS.label("colours"),
    )
    .join(Price, and_(Price.variant_id == Variant.id, Price.currency == _CURRENCY))
    .outerjoin(Stock, Stock.variant_id == Variant.id)
    .where(Variant.product_id == _PRODUCT, Variant.archived_at.is_(None))
    .order_by(Variant.position, Variant.id)
)
_PICTURES = Question(
    select(*PICTURE)
    .outerjoin(_SHOWN, _SHOWN.id == Image.variant_id)
    .where(Image.product_id == _PRODUCT, Image.file.is_not(None))
    .order_by(
        nearest_first(_SHOWN, bindparam("variant_id", type_=BigInteger), bindparam("first_value", type_=Text))
    )
    .order_by(Image.position, Image.id)
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant as a shopper meets it: its choice, its price and how many are left."""

    id: int
    sku: str
    values: tuple[str, ...]
    price: int
    was: int | None
    weight_g: int | None
    left: int | None
    """None when nobody counts: always available."""
    barcode: str = ""
    colours: tuple[str | None, ...] = ()
    """For each of its values the colour that it names, if it names one."""

    @property
    def available(self) -> bool:
        return self.left is None or self.left > 0


def on_sale(slug: str) -> Product | None:
    """The product at this address, while it is sold."""
    if "\0" in slug:  # PostgreSQL's texts hold every character but this one.
        return None
    return next((Product(**row._asdict()) for row in _ON_SALE.ask({"slug": slug})), None)


def offers(product_id: int, currency: str) -> list[Offer]:
    """What is sold of a product, in the merchant's order."""
    return [_offer(row) for row in _OFFERS.ask({"product_id": product_id, "currency": currency})]


def pictures(product_id: int, current: Offer) -> list[Picture]:
    """The stored pictures of a product, those that show the current choice best first."""
    beside = {"variant_id": current.id, "first_value": next(iter(current.values), None)}
    found = [Picture.of(row) for row in _PICTURES.ask({"product_id": product_id, **beside})]
    return [picture for picture in found if picture]


def present_product(slug: str) -> str | None:
    """The slug by which a product is sold that has, or had, this one."""
    if "\0" in slug:
        return None
    live = select(Product.slug).where(Product.slug == slug, Product.status == "active")
    return db.session.scalar(live) or moved_product(slug)


def present_category(slug: str) -> str | None:
    """The slug of the shelf that has, or had, this one."""
    if "\0" in slug:
        return None
    return db.session.scalar(select(Category.slug).where(Category.slug == slug)) or moved_category(slug)


def moved_product(slug: str) -> str | None:
    """The present slug of a product that used to be here."""
    question = select(Product.slug).join(FormerSlug, FormerSlug.product_id == Product.id)
    return _moved(question.where(Product.status == "active"), "product", slug)


def moved_category(slug: str) -> str | None:
    """The present slug of a shelf that used to be here."""
    return _moved(
        select(Category.slug).join(FormerSlug, FormerSlug.category_id == Category.id), "category", slug
    )


def _moved(question: Any, kind: str, slug: str) -> str | None:
    if "\0" in slug:
        return None
    found: str | None = db.session.scalars(
        question.where(FormerSlug.kind == kind, FormerSlug.slug == slug)
    ).one_or_none()
    return found


def _offer(row: Any) -> Offer:
    return Offer(
        id=row.id,
        sku=row.sku,
        values=tuple(row.option_values),
        price=row.amount,
        was=row.compare_at,
        weight_g=row.weight_g,
        barcode=row.barcode,
        colours=tuple(row.colours or ()),
        left=max(0, (row.on_hand or 0) - (row.reserved or 0)) if row.tracked else None,
    )
