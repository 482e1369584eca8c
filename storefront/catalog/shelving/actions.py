"""Changes of the tree of shelves: made, called otherwise, moved, ordered and taken away."""

from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update

from storefront.catalog import addressing
from storefront.catalog.locks import lock_product, lock_tree
from storefront.catalog.models import Category, shelf_places
from storefront.catalog.refusals import BadWish, ShelfGone, ShelfInUse, collisions
from storefront.catalog.searching import index
from storefront.catalog.shelves import MAX_DEPTH
from storefront.catalog.shelving import emptying, tree
from storefront.catalog.shelving.refusals import StaleShelf
from storefront.platform import audit, db, events
from storefront.platform.errors import NotFound


@dataclass(frozen=True, slots=True)
class ShelfFacts:
    """What a shelf is called and says; a blank slug is made of the title."""

    title: str
    slug: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class EditShelf:
    """Make the shelf so, if it still is the version that somebody saw."""

    version: int
    facts: ShelfFacts


@db.retried
def create_shelf(facts: ShelfFacts, parent_id: int | None = None) -> int:
    """Put up a shelf, last among its neighbours; returns its id. Raises Taken, BadWish or ShelfGone."""
    _check(facts)
    with collisions(), db.transaction() as session:
        lock_tree()
        if parent_id is not None and session.get(Category, parent_id) is None:
            raise ShelfGone
        if len(tree.above(parent_id)) >= MAX_DEPTH:
            raise BadWish("parent", _("Shelves stand on each other %(most)s deep at most.", most=MAX_DEPTH))
        last = session.scalar(select(func.max(Category.position)).where(_among(parent_id)))
        slug = addressing.wanted("category", facts.slug, facts.title)
        values: dict[str, Any] = asdict(facts) | {"slug": slug, "parent_id": parent_id}
        made = insert(Category).values(**values, position=(last or 0) + 1).returning(Category.id)
        category_id: int = session.execute(made).scalar_one()
        audit.note("categories", category_id, None, values, version=1)
        _tell(category_id, "category.created")
        return category_id


@db.retried
def edit_shelf(category_id: int, wish: EditShelf) -> int:
    """Call it so; its old address leads to the new one. Returns the version.

    Raises StaleShelf, NotFound, Taken or BadWish.
    """
    _check(wish.facts)
    with collisions(), db.transaction():
        shelf = _hold(category_id)
        if shelf.version != wish.version:
            raise StaleShelf(ShelfFacts(shelf.title, shelf.slug, shelf.description), shelf.version)
        slug = addressing.wanted("category", wish.facts.slug, wish.facts.title, category_id)
        before = {"title": shelf.title, "slug": shelf.slug, "description": shelf.description}
        after = asdict(wish.facts) | {"slug": slug}
        if before == after:
            return shelf.version
        if before["slug"] != slug:
            addressing.move("category", category_id, before["slug"], slug)
        version = _change(category_id, before, after)
        if before["title"] != after["title"]:
            tree.find_again(category_id, tree.products_below(category_id))
        return version


@db.retried
def move_shelf(category_id: int, parent_id: int | None) -> int:
    """Let it stand elsewhere in the tree, with all that stands on it; returns the version.

    Raises NotFound, ShelfGone, Taken, or BadWish when it would stand on itself.
    """
    with collisions(), db.transaction() as session:
        shelf = _hold(category_id)
        if parent_id is not None and session.get(Category, parent_id) is None:
            raise ShelfGone
        if parent_id == shelf.parent_id:
            return shelf.version
        tree.check_place(category_id, parent_id)
        last = session.scalar(select(func.max(Category.position)).where(_among(parent_id)))
        before = {"parent_id": shelf.parent_id, "position": shelf.position}
        after = {"parent_id": parent_id, "position": (last or 0) + 1}
        version = _change(category_id, before, after)
        tree.find_again(category_id, tree.products_below(category_id))
        return version


@db.retried
def order_shelf(category_id: int, by: int) -> int:
    """Let it stand so many places further on among its neighbours, or further up. Returns the version."""
    with db.transaction() as session:
        shelf = _hold(category_id)
        neighbours = session.execute(
            select(Category.id, Category.position)
            .where(_among(shelf.parent_id))
            .order_by(Category.position, Category.title)
        ).all()
        order = [row.id for row in neighbours]
        place = order.index(category_id)
        order.insert(min(max(0, place + by), len(order) - 1), order.pop(place))
        positions = {row.id: row.position for row in neighbours}
        version = shelf.version
        for position, one in sorted(enumerate(order, 1), key=lambda pair: pair[1]):
            if positions[one] != position:
                after = _change(one, {"position": positions[one]}, {"position": position})
                version = after if one == category_id else version
        return version


@db.retried
def delete_shelf(category_id: int, move_to: int | None = None) -> None:
    """Take away a shelf; what stands on it, and its address, go to another one if that is said.

    Raises ShelfInUse when something stands on it and nobody said where that goes, NotFound, ShelfGone,
    or BadWish when that is the shelf itself or stands on it.
    """
    with collisions(), db.transaction() as session:
        shelf = _hold(category_id)
        on_it = select(func.count()).where(shelf_places.c.category_id == category_id)
        products, shelves = (
            session.scalar(on_it),
            session.scalar(select(func.count()).where(_among(category_id))),
        )
        if move_to is None and (products or shelves):
            raise ShelfInUse(products or 0, shelves or 0)
        if move_to is not None:
            if session.get(Category, move_to) is None:
                raise ShelfGone
            tree.check_place(category_id, move_to)
            emptying.move_all(category_id, move_to)
        found = tree.products_below(category_id) if move_to is None else tree.products_below(move_to)
        session.execute(delete(Category).where(Category.id == category_id))
        if move_to is not None:
            addressing.move("category", move_to, shelf.slug, "")
            tree.find_again(move_to, found)
        audit.note("categories", category_id, {"title": shelf.title, "slug": shelf.slug}, None)
        _tell(category_id, "category.deleted")


def find_all_again(category_id: int) -> None:
    """Let lists and searches know all products of a shelf, one after the other. The worker does it."""
    products = tree.products_below(category_id)
    db.release()
    for product_id in products:
        _find_again(product_id)


@db.retried
def _find_again(product_id: int) -> None:
    with db.transaction():
        if lock_product(product_id):
            index.refresh(product_id)
            db.inside().tag("catalog", f"product:{product_id}")


def _hold(category_id: int) -> Category:
    """The shelf, while nobody else changes the tree. Raises NotFound. Part of a change."""
    lock_tree()
    shelf = db.inside().session.get(Category, category_id, populate_existing=True)
    if shelf is None:
        raise NotFound
    return shelf


def _among(parent_id: int | None) -> Any:
    return Category.parent_id.is_(None) if parent_id is None else Category.parent_id == parent_id


def _check(facts: ShelfFacts) -> None:
    if not facts.title:
        raise BadWish("title", _("Please give it a name."))


def _change(category_id: int, before: dict[str, Any], after: dict[str, Any]) -> int:
    changed = update(Category).where(Category.id == category_id).values(**after, version=Category.version + 1)
    version = db.inside().session.execute(changed.returning(Category.version)).scalar_one()
    audit.note("categories", category_id, before, after, version)
    _tell(category_id, "category.changed")
    return version


def _tell(category_id: int, name: str) -> None:
    db.inside().tag("shelves", "catalog", f"category:{category_id}")
    events.record(name, f"category:{category_id}", {"by": db.inside().actor.kind})
