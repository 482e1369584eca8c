"""What every change of a product begins and ends with: its lock, its next version, and who is told."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select, update

from storefront.catalog import prices
from storefront.catalog.locks import lock_product
from storefront.catalog.models import Product, Variant, shelf_places
from storefront.catalog.refusals import Stale
from storefront.catalog.scheduling.models import Publication
from storefront.catalog.searching import index
from storefront.catalog.wanted import ProductFacts
from storefront.platform import audit, db, events
from storefront.platform.errors import NotFound


def hold(product_id: int) -> Product:
    """The product as it stands under its lock. Raises NotFound. Part of a change."""
    if not lock_product(product_id):
        raise NotFound
    return db.inside().session.get_one(Product, product_id, populate_existing=True)


def hold_of(variant_id: int) -> tuple[Product, Variant]:
    """A variant and its product, which is locked. Raises NotFound. Part of a change."""
    session = db.inside().session
    product_id = session.scalar(select(Variant.product_id).where(Variant.id == variant_id))
    if product_id is None:
        raise NotFound
    product = hold(product_id)
    return product, session.get_one(Variant, variant_id, populate_existing=True)


def expect(product: Product, version: int | None, base: ProductFacts | None = None) -> None:
    """Refuse what was decided about another version; None means whichever it is. Raises Stale."""
    if version is not None and product.version != version:
        raise Stale(facts_of(product), base, product.version)


def facts_of(product: Product) -> ProductFacts:
    """All that stands on a product itself."""
    session = db.session()
    places = select(shelf_places.c.category_id).where(shelf_places.c.product_id == product.id)
    others = session.scalars(places.order_by(shelf_places.c.category_id)).all()
    main = [product.category_id] if product.category_id is not None else []
    at = session.scalar(select(Publication.at).where(Publication.product_id == product.id))
    return ProductFacts(
        title=product.title,
        slug=product.slug,
        description=product.description,
        brand=product.brand,
        tags=tuple(product.tags),
        shelves=tuple(dict.fromkeys([*main, *others])),
        tax_class=product.tax_class,
        seo_title=product.seo_title,
        seo_description=product.seo_description,
        featured=product.featured,
        status=product.status,
        publish_at=at,
    )


def finish(
    product: Product,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    shelves: Iterable[int] = (),
    found_otherwise: bool = True,
) -> int:
    """Make it the next version, and tell the log, the pages, the search and whoever follows facts.

    The last step of a change of a product that `hold` began. Returns the version. Part of a change.
    """
    here = db.inside()
    if found_otherwise:
        prices.refresh(product.id)
    version = here.session.execute(
        update(Product)
        .where(Product.id == product.id)
        .values(version=Product.version + 1, updated_at=here.now)
        .returning(Product.version)
    ).scalar_one()
    if found_otherwise:
        index.refresh(product.id)
        here.tag("catalog")
    here.tag(f"product:{product.id}", *(f"category:{shelf_id}" for shelf_id in shelves))
    audit.note("products", product.id, before, after, version)
    events.record("product.changed", f"product:{product.id}", {"by": here.actor.kind})
    return version
