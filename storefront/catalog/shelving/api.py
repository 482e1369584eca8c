"""Shelves for programs: the tree for everybody, changes with a key."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from storefront.catalog import told
from storefront.catalog.models import Category
from storefront.catalog.refusals import ShelfGone, ShelfInUse
from storefront.catalog.said_back import in_api_words
from storefront.catalog.shelves import every_shelf, shelf_with_id
from storefront.catalog.shelving import actions
from storefront.catalog.shelving.actions import EditShelf, ShelfFacts
from storefront.catalog.shelving.schemas import (
    Branch,
    CategoryChange,
    CategoryNew,
    CategoryRemoval,
    CategoryTold,
    Tree,
)
from storefront.platform import pages
from storefront.platform.errors import NotFound
from storefront.platform.json_api import conditions
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import ChangedSince, Contradiction, Missing

bp = blueprint("categories_api", __name__)
TAG = "Categories"
WRITE = "categories:write"
REFUSED = (Contradiction, Missing)
LEADS = {"category_id": "$response.body#/id"}


@bp.get("/categories")
@operation("The tree of shelves", TAG, kept="list", tags=("shelves", "shop"), out=Tree)
def show_tree() -> Tree:
    """All of it: the shelves on top, and on each those that stand on it."""
    found = every_shelf()
    below: dict[int | None, list[Category]] = {}
    for shelf in found:
        below.setdefault(shelf.parent_id, []).append(shelf)
    return Tree(items=[_branch(shelf, below) for shelf in below.get(None, [])])


@bp.get("/categories/<key:category_id>")
@operation("One shelf", TAG, kept="list", tags=("shelves", "shop"), out=CategoryTold)
def show_category(category_id: int) -> CategoryTold:
    """What it is called and where it stands."""
    pages.about(f"category:{category_id}")
    return CategoryTold(**_facts(_existing(category_id)))


@bp.post("/categories")
@operation(
    "Put up a shelf",
    TAG,
    scope=WRITE,
    body=CategoryNew,
    out=CategoryTold,
    status=201,
    makes=True,
    refuses=REFUSED,
    links=dict.fromkeys(("show_category", "change_category", "delete_category"), LEADS),
)
def make_category(body: CategoryNew) -> Made:
    """Last among its neighbours."""
    with in_api_words():
        try:
            facts = ShelfFacts(body.title, body.slug or "", body.description)
            category_id = actions.create_shelf(facts, body.parent_id)
        except ShelfGone:
            raise _no_such_parent() from None
    return made("categories_api.show_category", category_id=category_id)


@bp.patch("/categories/<key:category_id>")
@operation(
    "Change or move a shelf",
    TAG,
    scope=WRITE,
    body=CategoryChange,
    out=CategoryTold,
    conditional=True,
    refuses=REFUSED,
)
def change_category(category_id: int, body: CategoryChange) -> CategoryTold:
    """What is left out stays; an address that is changed leads to the new one."""
    before = _existing(category_id)
    version = conditions.demand(before.version)
    facts = ShelfFacts(
        before.title if body.title is None else body.title,
        before.slug if body.slug is None else body.slug,
        before.description if body.description is None else body.description,
    )
    with in_api_words():
        actions.edit_shelf(category_id, EditShelf(version, facts))
        if "parent_id" in body.model_fields_set:
            _move(category_id, body.parent_id)
        if body.position is not None:
            _order(category_id, body.position)
    return CategoryTold(**_facts(_existing(category_id)))


@bp.delete("/categories/<key:category_id>")
@operation(
    "Take a shelf away",
    TAG,
    scope=WRITE,
    query=CategoryRemoval,
    status=204,
    refuses=(ShelfInUse, ChangedSince, *REFUSED),
)
def delete_category(category_id: int, query: CategoryRemoval) -> None:
    """What stands on it goes to another one, if that is said."""
    conditions.allow(_existing(category_id).version)
    with in_api_words():
        try:
            actions.delete_shelf(category_id, query.move_to)
        except ShelfGone:
            raise _no_such_parent("#/move_to") from None


def _move(category_id: int, parent_id: int | None) -> None:
    try:
        actions.move_shelf(category_id, parent_id)
    except ShelfGone:
        raise _no_such_parent() from None


def _order(category_id: int, position: int) -> None:
    """Among its neighbours, counted from 1."""
    here = _existing(category_id)
    neighbours = [one.id for one in every_shelf() if one.parent_id == here.parent_id]
    actions.order_shelf(category_id, position - 1 - neighbours.index(category_id))


def _no_such_parent(pointer: str = "#/parent_id") -> Missing:
    return Missing.at(pointer, "reference-missing", _("There is no such shelf."))


def _existing(category_id: int) -> Category:
    found = shelf_with_id(category_id)
    if found is None:
        raise NotFound
    return found


def _facts(shelf: Category) -> dict[str, Any]:
    names = ("id", "parent_id", "slug", "title", "description", "position", "version")
    return {name: getattr(shelf, name) for name in names} | {"url": told.shelf_page(shelf.slug)}


def _branch(shelf: Category, below: dict[int | None, list[Category]]) -> Branch:
    children: Sequence[Category] = below.get(shelf.id, [])
    return Branch(**_facts(shelf), children=[_branch(child, below) for child in children])
