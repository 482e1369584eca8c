"""Products as programs are told of them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from storefront.catalog.models import Image, Price, Product, Variant, shelf_places
from storefront.catalog.scheduling.models import Publication
from storefront.catalog.schemas import (
    Availability,
    ImageSeen,
    ImageTold,
    ProductSeen,
    ProductTold,
    VariantTold,
)
from storefront.config import settings
from storefront.inventory.models import Stock
from storefront.platform import db, links, storage
from storefront.platform.json_api.kinds import Amount
from storefront.shop.queries import facts

MOST = 1000
"""Products in lists that a process remembers as they were told: some hundred bytes each."""
_WHOLE = (selectinload(Product.variants), selectinload(Product.images))


def product(product_id: int, *, everything: bool) -> ProductTold | None:
    """A product that is on sale, or with `everything` whichever, also with what is put away."""
    query = select(Product).where(Product.id == product_id).options(*_WHOLE)
    found = db.session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None or not (everything or found.status == "active"):
        return None
    currency = facts().currency
    kept = [one for one in found.variants if everything or one.archived_at is None]
    prices, units = _prices([one.id for one in kept], currency), _units([one.id for one in kept])
    places = select(shelf_places.c.category_id).where(shelf_places.c.product_id == product_id)
    others = db.session.scalars(places.order_by(shelf_places.c.category_id)).all()
    main = [found.category_id] if found.category_id is not None else []
    planned = select(Publication.at).where(Publication.product_id == product_id)
    same = {name: getattr(found, name) for name in _SAME}
    return ProductTold(
        **same,
        url=links.whole("catalog.product", slug=found.slug),
        category_ids=list(dict.fromkeys([*main, *others])),
        price_from=_amount(found.price_from, currency),
        rating_average=float(found.rating_average) if found.rating_average is not None else None,
        variants=[variant(one, prices.get(one.id), units.get(one.id)) for one in kept],
        images=[image(one, found.version) for one in found.images],
        publish_at=db.session.scalar(planned),
    )


_SAME = [
    name
    for name in ProductTold.model_fields
    if name not in {"url", "category_ids", "price_from", "rating_average", "variants", "images", "publish_at"}
]


def variants(product_id: int, *, everything: bool) -> list[VariantTold] | None:
    """All choices of a product."""
    found = product(product_id, everything=everything)
    return found.variants if found else None


def one_variant(variant_id: int, *, everything: bool) -> VariantTold | None:
    """One choice, of a product that is on sale."""
    query = select(Variant).where(Variant.id == variant_id).options(joinedload(Variant.product))
    found = db.session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None:
        return None
    on_sale = found.product.status == "active" and found.archived_at is None
    if not (everything or on_sale):
        return None
    price = _prices([variant_id], facts().currency).get(variant_id)
    return variant(found, price, _units([variant_id]).get(variant_id))


def variant(found: Variant, price: Price | None, units: int | None) -> VariantTold:
    """A choice, as it stands."""
    left = (units or 0) if found.tracked else None
    few = settings().few_left
    return VariantTold(
        id=found.id,
        product_id=found.product_id,
        sku=found.sku,
        barcode=found.barcode,
        values=found.option_values,
        price=_amount(price.amount, price.currency) if price else None,
        compare_at=_amount(price.compare_at, price.currency) if price else None,
        weight_g=found.weight_g,
        tracked=found.tracked,
        availability=available(left, few),
        left=left if left is not None and 0 < left <= few else None,
        archived=found.archived_at is not None,
        position=found.position,
        version=found.version,
    )


def one_image(image_id: int, *, everything: bool) -> ImageTold | None:
    """One picture, of a product that is on sale."""
    query = select(Image, Product.version, Product.status).join(Product, Product.id == Image.product_id)
    row = db.session.execute(
        query.where(Image.id == image_id).execution_options(populate_existing=True)
    ).first()
    if row is None or not (everything or row.status == "active"):
        return None
    return image(row.Image, row.version)


def image(found: Image, version: int) -> ImageTold:
    """A picture, with the version of its product."""
    return ImageTold(
        id=found.id,
        product_id=found.product_id,
        variant_id=found.variant_id,
        url=address_of(found.file) if found.file else None,
        width=found.width,
        height=found.height,
        alt=found.alt,
        position=found.position,
        version=version,
    )


def seen() -> Callable[[Any], ProductSeen]:
    """What tells of a row as it stands in a list, once for as long as the row says the same."""
    where, few = links.whole("catalog.product", slug=links.PLACE), settings().few_left

    def tell(row: Any) -> ProductSeen:
        left = int(row.units) if row.counted or row.choices == 0 else None
        return _seen(where, available(left, few), *_SAID(row))

    return tell


_SAME_SEEN = (
    "id",
    "slug",
    "title",
    "brand",
    "status",
    "category_id",
    "choices",
    "rating_count",
    "updated_at",
    "version",
)
_SAID = attrgetter(
    *_SAME_SEEN, "currency", "price", "was", "rating_average", "file", "width", "height", "alt"
)


@lru_cache(maxsize=MOST)
def _seen(_where: str, availability: Availability, *said: Any) -> ProductSeen:
    *same, currency, price, was, rating, file, width, height, alt = said
    told = dict(zip(_SAME_SEEN, same, strict=True))
    return ProductSeen.model_construct(
        **told,
        url=links.whole("catalog.product", slug=told["slug"]),
        price=_amount(price, currency),
        compare_at=_amount(was, currency),
        availability=availability,
        image=_picture(file, width, height, alt),
        rating_average=float(rating) if rating is not None else None,
    )


def _picture(file: str | None, width: int | None, height: int | None, alt: str | None) -> ImageSeen | None:
    if file is None:
        return None
    return ImageSeen.model_construct(
        url=address_of(file), width=width or 800, height=height or 1000, alt=alt or ""
    )


def address_of(file: str) -> str:
    """Where a picture is, whole."""
    address = storage.address_of(file)
    return address if "://" in address else links.origin() + address


def available(left: int | None, few: int) -> Availability:
    """In the shop's own words; None when nobody counts."""
    if left is None or left > few:
        return "in_stock"
    return "few_left" if left > 0 else "sold_out"


def shelf_page(slug: str) -> str:
    """Where a shelf's page is."""
    return links.whole("catalog.category", slug=slug)


def _amount(amount: int | None, currency: str) -> Amount | None:
    return None if amount is None else Amount.model_construct(amount=amount, currency=currency)


def _prices(ids: Sequence[int], currency: str) -> dict[int, Price]:
    query = select(Price).where(Price.variant_id.in_(ids), Price.currency == currency)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return {price.variant_id: price for price in rows}


def _units(ids: Sequence[int]) -> dict[int, int]:
    query = select(Stock.variant_id, Stock.on_hand - Stock.reserved).where(Stock.variant_id.in_(ids))
    return dict(db.session.execute(query).all())
