"""Products as the shop knows them, read many at a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

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
    file: str | None

    @property
    def name(self) -> str:
        """Where it came from; what staff brought is known by its own file."""
        return self.source or self.file or ""


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


def owners_of(skus: Iterable[str]) -> dict[str, Owner]:
    """Which products these SKUs belong to."""
    rows = db.session.execute(
        select(Variant.sku, Variant.product_id, Product.slug)
        .join(Product, Product.id == Variant.product_id)
        .where(Variant.sku.in_(list(skus)))
    )
    return {row.sku: Owner(row.product_id, row.slug) for row in rows}


def led_to_by(slugs: Iterable[str]) -> dict[str, int]:
    """The product that each address leads to, or once did: what has it now comes before what had it."""
    wanted = list(slugs)
    now = select(Product.slug, Product.id).where(Product.slug.in_(wanted))
    before = select(FormerSlug.slug, FormerSlug.product_id).where(
        FormerSlug.kind == "product", FormerSlug.slug.in_(wanted)
    )
    former = {slug: found for slug, found in db.session.execute(before) if found is not None}
    return former | dict(db.session.execute(now).all())


def read(ids: Iterable[int], currency: str) -> dict[int, KnownProduct]:
    """All of these products, in four statements however many they are."""
    wanted = list(ids)
    if not wanted:
        return {}
    columns = [getattr(Product, name) for name in (*PLAIN, "tags", "option_names")]
    rows = db.session.execute(select(*columns).where(Product.id.in_(wanted))).mappings().all()
    shelves, variants, images = _shelves(wanted), _variants(wanted, currency), _images(wanted)
    return {
        row["id"]: KnownProduct(
            **{name: row[name] for name in PLAIN},
            tags=tuple(row["tags"]),
            option_names=tuple(row["option_names"]),
            shelf_ids=frozenset(shelves.get(row["id"], ())),
            variants=tuple(variants.get(row["id"], ())),
            images=tuple(images.get(row["id"], ())),
        )
        for row in rows
    }


def _shelves(ids: list[int]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for product_id, shelf_id in db.session.execute(
        select(shelf_places.c.product_id, shelf_places.c.category_id).where(
            shelf_places.c.product_id.in_(ids)
        )
    ):
        found[product_id].append(shelf_id)
    return found


def _variants(ids: list[int], currency: str) -> dict[int, list[KnownVariant]]:
    rows = db.session.execute(
        select(
            Variant.product_id,
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
        .where(Variant.product_id.in_(ids))
        .order_by(Variant.position, Variant.id)
    )
    found: defaultdict[int, list[KnownVariant]] = defaultdict(list)
    for row in rows.mappings():
        facts = {name: row[name] for name in row if name not in ("product_id", "values")}
        found[row["product_id"]].append(KnownVariant(values=tuple(row["values"]), **facts))
    return found


def _images(ids: list[int]) -> dict[int, list[KnownImage]]:
    rows = db.session.execute(
        select(
            Image.product_id,
            Image.id,
            Image.source,
            Image.alt,
            Image.position,
            Image.variant_id,
            Image.file,
        )
        .where(Image.product_id.in_(ids))
        .order_by(Image.position, Image.id)
    )
    found: defaultdict[int, list[KnownImage]] = defaultdict(list)
    for row in rows.mappings():
        facts = {name: row[name] for name in row if name != "product_id"}
        found[row["product_id"]].append(KnownImage(**facts))
    return found
