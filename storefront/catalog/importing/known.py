"""The product as the shop knows it, read under its lock."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from storefront.catalog.locks import lock_product
from storefront.catalog.models import FormerSlug, Image, Price, Product, Variant, shelf_places
from storefront.inventory.models import Stock
from storefront.platform import db


@dataclass(frozen=True, slots=True)
class KnownVariant:
    id: int
    sku: str
    barcode: str
    values: tuple[str, ...]
    weight_g: int | None
    tracked: bool
    archived: bool
    price: int | None
    compare_at: int | None
    on_hand: int | None


@dataclass(frozen=True, slots=True)
class KnownImage:
    id: int
    source: str | None
    alt: str
    position: int
    variant_id: int | None


@dataclass(frozen=True, slots=True)
class KnownProduct:
    id: int
    slug: str
    title: str
    description: str
    brand: str
    tags: tuple[str, ...]
    status: str
    tax_class: str
    seo_title: str
    seo_description: str
    option_names: tuple[str, ...]
    category_id: int | None
    published_at: datetime | None
    shelf_ids: frozenset[int]
    variants: tuple[KnownVariant, ...]
    images: tuple[KnownImage, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """The product that a SKU belongs to."""

    product_id: int
    slug: str


PLAIN = (
    "id",
    "slug",
    "title",
    "description",
    "brand",
    "status",
    "tax_class",
    "seo_title",
    "seo_description",
    "category_id",
    "published_at",
)


def owners_of(skus: list[str]) -> dict[str, Owner]:
    """Which products these SKUs belong to."""
    rows = db.session.execute(
        select(Variant.sku, Variant.product_id, Product.slug).join(Product).where(Variant.sku.in_(skus))
    )
    return {row.sku: Owner(row.product_id, row.slug) for row in rows}


def with_slug(slug: str) -> ColumnElement[bool]:
    """The product that has this address, or else the one that once had it."""
    living = select(Product.id).where(Product.slug == slug).scalar_subquery()
    former = select(FormerSlug.product_id).where(FormerSlug.kind == "product", FormerSlug.slug == slug)
    return Product.id == func.coalesce(living, former.scalar_subquery())


def is_taken(slug: str) -> bool:
    """Whether an address leads to a product, or once did."""
    return db.session.scalar(select(Product.id).where(with_slug(slug))) is not None


def find(which: ColumnElement[bool], currency: str) -> KnownProduct | None:
    """Lock the product and read all of it. Part of a change."""
    columns = [getattr(Product, name) for name in (*PLAIN, "tags", "option_names")]
    row = lock_product(select(*columns).where(which))
    if row is None:
        return None
    places = select(shelf_places.c.category_id).where(shelf_places.c.product_id == row.id)
    return KnownProduct(
        **{name: getattr(row, name) for name in PLAIN},
        tags=tuple(row.tags),
        option_names=tuple(row.option_names),
        shelf_ids=frozenset(db.session.scalars(places)),
        variants=_variants(row.id, currency),
        images=_images(row.id),
    )


def _variants(product_id: int, currency: str) -> tuple[KnownVariant, ...]:
    rows = db.session.execute(
        select(
            Variant.id,
            Variant.sku,
            Variant.barcode,
            Variant.option_values.label("values"),
            Variant.weight_g,
            Variant.tracked,
            Variant.archived_at.is_not(None).label("archived"),
            Price.amount.label("price"),
            Price.compare_at,
            Stock.on_hand,
        )
        .outerjoin(Price, and_(Price.variant_id == Variant.id, Price.currency == currency))
        .outerjoin(Stock, Stock.variant_id == Variant.id)
        .where(Variant.product_id == product_id)
        .order_by(Variant.position, Variant.id)
    )
    return tuple(KnownVariant(**{**row, "values": tuple(row["values"])}) for row in rows.mappings())


def _images(product_id: int) -> tuple[KnownImage, ...]:
    rows = db.session.execute(
        select(Image.id, Image.source, Image.alt, Image.position, Image.variant_id)
        .where(Image.product_id == product_id)
        .order_by(Image.position, Image.id)
    )
    return tuple(KnownImage(*row) for row in rows)
