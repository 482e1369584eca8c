"""Addresses of products and shelves: which are free, and what an old one leads to."""

from itertools import count

from flask_babel import gettext as _
from sqlalchemy import delete, select, union_all
from sqlalchemy.dialects.postgresql import insert

from storefront.catalog.importing.handles import is_slug, slug_of
from storefront.catalog.models import MAX_SLUG, Category, FormerSlug, Product
from storefront.catalog.refusals import BadWish, Taken
from storefront.platform import db

Home = type[Product] | type[Category]
HOMES: dict[str, Home] = {"product": Product, "category": Category}


def wanted(kind: str, typed: str, title: str, own_id: int | None = None) -> str:
    """The slug that somebody typed, or one made of the title that never led elsewhere.

    Raises BadWish or Taken. Part of a change.
    """
    if not typed:
        return _free(kind, slug_of(title), own_id)
    if not is_slug(typed):
        raise BadWish("slug", _("An address holds no spaces and none of / ? # %%."))
    owner = db.inside().session.scalar(select(HOMES[kind].id).where(HOMES[kind].slug == typed))
    if owner not in (None, own_id):
        raise Taken("slug", typed)
    return typed


def move(kind: str, owner_id: int, before: str, after: str) -> None:
    """From now on the old address leads to the new one. Part of a change."""
    session, owner = db.inside().session, {f"{kind}_id": owner_id}
    session.execute(delete(FormerSlug).where(FormerSlug.kind == kind, FormerSlug.slug == after))
    told = {"product_id": None, "category_id": None, **owner, "since": db.inside().now}
    session.execute(
        insert(FormerSlug)
        .values(kind=kind, slug=before, **told)
        .on_conflict_do_update(index_elements=[FormerSlug.kind, FormerSlug.slug], set_=told)
    )


def _free(kind: str, wish: str, own_id: int | None) -> str:
    numbered = (f"{wish[: MAX_SLUG - 6]}-{number}" for number in count(2))
    for slug in (wish, *(next(numbered) for _tries in range(98))):
        if not _is_taken(kind, slug, own_id):
            return slug
    raise Taken("slug", wish)


def _is_taken(kind: str, slug: str, own_id: int | None) -> bool:
    home = HOMES[kind]
    former = FormerSlug.product_id if kind == "product" else FormerSlug.category_id
    found = db.inside().session.scalars(
        union_all(
            select(home.id).where(home.slug == slug),
            select(former).where(FormerSlug.kind == kind, FormerSlug.slug == slug),
        )
    )
    return any(owner != own_id for owner in found)
