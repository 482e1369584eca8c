"""Changes of products: made, edited, published, archived, doubled, and deleted if nobody ever bought one."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, insert, update
from sqlalchemy.dialects.postgresql import insert as put

from storefront.catalog import addressing, changing, copying, removing
from storefront.catalog.models import STATUSES, Product, shelf_places
from storefront.catalog.refusals import BadWish, collisions
from storefront.catalog.scheduling.models import Publication
from storefront.catalog.searching import index
from storefront.catalog.variants import adding
from storefront.catalog.wanted import CreateProduct, EditProduct, ProductFacts, said
from storefront.platform import audit, db, events

PLAIN = ("title", "description", "brand", "tax_class", "seo_title", "seo_description", "featured", "status")


@db.retried
def create_product(wish: CreateProduct) -> int:
    """Make a product with its first choices; returns its id. Raises Taken, BadWish or ShelfGone."""
    with collisions(), db.transaction():
        return _create(wish)


@db.retried
def edit_product(product_id: int, wish: EditProduct) -> int:
    """Make the product so; an old address leads to the new one. Returns the version.

    Raises Stale when somebody changed it meanwhile, NotFound, Taken, BadWish or ShelfGone.
    """
    with collisions(), db.transaction():
        product = changing.hold(product_id)
        changing.expect(product, wish.version, wish.base)
        before = changing.facts_of(product)
        after = _settled(wish.facts, product)
        if before == after:
            return product.version
        _write(product, before, after)
        shelves = {*before.shelves, *after.shelves}
        return changing.finish(product, said(before), said(after), shelves=shelves)


@db.retried
def set_status(product_id: int, status: str, version: int | None = None) -> int:
    """Publish, archive or take back into the drawer; returns the version. Raises Stale or NotFound."""
    with db.transaction():
        product = changing.hold(product_id)
        changing.expect(product, version)
        return become(product, status)


def publish(product_id: int, version: int | None = None) -> int:
    """Put it on sale."""
    return set_status(product_id, "active", version)


def archive(product_id: int, version: int | None = None) -> int:
    """Take it off the shelves for good; orders go on telling of it."""
    return set_status(product_id, "archived", version)


@db.retried
def delete_product(product_id: int, version: int | None = None) -> None:
    """Forget it. Raises NotDeletable when it was sold or counted, Stale or NotFound."""
    with db.transaction() as session:
        product = changing.hold(product_id)
        changing.expect(product, version)
        before = changing.facts_of(product)
        become(product, "archived")  # So that no list and no search knows it any more.
        removing.variants_of(product_id)
        session.execute(delete(Product).where(Product.id == product_id))
        audit.note("products", product_id, said(before), None)
        events.record("product.deleted", f"product:{product_id}", {"slug": before.slug})


@db.retried
def duplicate_product(product_id: int) -> int:
    """Make a draft that is like it, with SKUs of its own and nothing on the shelf; returns its id."""
    with collisions(), db.transaction():
        product = changing.hold(product_id)
        facts = changing.facts_of(product)
        title = _("%(title)s (copy)", title=facts.title[:180])
        facts = replace(facts, title=title, slug="", status="draft", publish_at=None)
        variants = copying.variants_of(product_id)
        double = _create(CreateProduct(facts, tuple(product.option_names), variants))
        copying.pictures(product_id, double)
        return double


def become(product: Product, status: str) -> int:
    """Make a product that is held draft, active or archived; returns the version. Part of a change."""
    before = changing.facts_of(product)
    after = _settled(replace(before, status=status), product)
    if before == after:
        return product.version
    _write(product, before, after)
    return changing.finish(product, said(before), said(after), shelves=before.shelves)


def _create(wish: CreateProduct) -> int:
    here = db.inside()
    facts = replace(wish.facts, slug=addressing.wanted("product", wish.facts.slug, wish.facts.title))
    _check(facts)
    row = {name: getattr(facts, name) for name in PLAIN}
    made = insert(Product).values(
        **row,
        slug=facts.slug,
        tags=list(facts.tags),
        option_names=list(wish.option_names),
        category_id=facts.shelves[0] if facts.shelves else None,
        created_at=here.now,
        updated_at=here.now,
        published_at=here.now if facts.status == "active" else None,
    )
    product_id: int = here.session.execute(made.returning(Product.id)).scalar_one()
    _place(product_id, facts)
    audit.note("products", product_id, None, said(facts) | {"options": list(wish.option_names)}, version=1)
    adding.add(product_id, facts.slug, len(wish.option_names), wish.variants)
    index.refresh(product_id)
    here.tag("catalog", f"product:{product_id}", *(f"category:{shelf_id}" for shelf_id in facts.shelves))
    events.record("product.created", f"product:{product_id}", {"by": here.actor.kind})
    return product_id


def _settled(facts: ProductFacts, product: Product) -> ProductFacts:
    """The wish with a slug, and without a time of publication that is of no use. Raises BadWish, Taken."""
    slug = addressing.wanted("product", facts.slug, facts.title, product.id)
    settled = replace(facts, slug=slug, publish_at=facts.publish_at if facts.status == "draft" else None)
    _check(settled)
    return settled


def _check(facts: ProductFacts) -> None:
    if not facts.title:
        raise BadWish("title", _("Please give it a name."))
    if facts.status not in STATUSES:
        raise BadWish("status", _("There is no such state."))


def _write(product: Product, before: ProductFacts, after: ProductFacts) -> None:
    values: dict[str, Any] = {name: getattr(after, name) for name in PLAIN}
    values |= {"tags": list(after.tags), "category_id": after.shelves[0] if after.shelves else None}
    if after.status == "active" and product.published_at is None:
        values["published_at"] = db.inside().now
    if before.slug != after.slug:
        values["slug"] = after.slug
        addressing.move("product", product.id, before.slug, after.slug)
    db.inside().session.execute(update(Product).where(Product.id == product.id).values(**values))
    if before.shelves != after.shelves:
        there = shelf_places.c.product_id == product.id
        db.inside().session.execute(delete(shelf_places).where(there))
    _place(product.id, after, shelves=before.shelves != after.shelves)


def _place(product_id: int, facts: ProductFacts, *, shelves: bool = True) -> None:
    """Onto its shelves, and into the calendar. Part of a change."""
    session = db.inside().session
    rows = [{"category_id": shelf, "product_id": product_id} for shelf in sorted(set(facts.shelves))]
    if shelves and rows:
        session.execute(insert(shelf_places), rows)
    if facts.publish_at is None:
        session.execute(delete(Publication).where(Publication.product_id == product_id))
    else:
        planned = put(Publication).values(product_id=product_id, at=facts.publish_at)
        at = {"at": facts.publish_at}
        session.execute(planned.on_conflict_do_update(index_elements=[Publication.product_id], set_=at))
