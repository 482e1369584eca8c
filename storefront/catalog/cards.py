"""Lists of products as programs ask for them: the same finding as the pages', with the columns they need."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, any_, bindparam, literal_column, select, text
from sqlalchemy.dialects.postgresql import ARRAY

from storefront.catalog import finding
from storefront.catalog.listing import cards
from storefront.catalog.models import Product
from storefront.catalog.picking import COLUMNS, page_of
from storefront.catalog.searching.sieving import UNSIEVED
from storefront.catalog.wishes import Wish
from storefront.platform.asking import Question
from storefront.shop.models import Shop

_MORE = (
    Product.brand,
    Product.status,
    Product.category_id,
    Product.rating_average,
    Product.rating_count,
    Product.updated_at,
    Product.version,
)
_CURRENCY: Any = select(Shop.currency).scalar_subquery()
"""Asked with the rest: the shop's other facts are nothing to a program."""
_LIMIT = bindparam("limit", type_=BigInteger)


def found(wish: Wish, shelf_id: int | None, limit: int) -> Sequence[Any]:
    """What is on sale and fits the wish, at most `limit`; each row has its `measure`."""
    sieved = UNSIEVED
    if wish.words or wish.narrowed or shelf_id is not None:
        sieved = finding.sieved_by(wish, replace(wish.choices, shelf_id=shelf_id))
    if not sieved.total or any(name not in _known(sieved) for name in wish.facets):
        return []
    rows, values = page_of(wish, sieved)
    question = _question(rows, wish.sort.order("chosen.measure", "chosen.id"))
    return question.ask(values | {"limit": limit})


def every(status: str, after: int, limit: int) -> Sequence[Any]:
    """Products on sale or not, by ascending id."""
    statuses = ["draft", "active", "archived"] if status == "all" else [status]
    return _EVERY.ask({"statuses": statuses, "after": after, "limit": limit})


def called(slug: str) -> Sequence[Any]:
    """The one on sale with this slug."""
    return _CALLED.ask({"slug": slug})


def _known(sieved: Any) -> set[str]:
    """The facets of which something was chosen that there is."""
    return {facet.name for facet in sieved.facets if any(value.chosen for value in facet.values)}


@lru_cache(maxsize=500)
def _question(rows: str, order: str) -> Question:
    """Made once, for making it takes longer than asking."""
    chosen = text(rows).columns(**COLUMNS).subquery("chosen")
    by: ColumnElement[Any] = literal_column(order)
    return Question(_whole(chosen).order_by(by))


def _whole(chosen: Any) -> Any:
    whole = cards(chosen, _CURRENCY).join(Product, Product.id == chosen.c.id)
    return whole.add_columns(*_MORE, _CURRENCY.label("currency"))


def _plainly(*where: ColumnElement[bool]) -> Question:
    columns = (Product.id, Product.slug, Product.title)
    chosen = select(*columns).where(*where).order_by(Product.id).limit(_LIMIT).subquery("chosen")
    return Question(_whole(chosen).order_by(chosen.c.id))


_EVERY = _plainly(
    Product.status == any_(bindparam("statuses", type_=ARRAY(Text))),
    Product.id > bindparam("after", type_=BigInteger),
)
_CALLED = _plainly(Product.status == "active", Product.slug == bindparam("slug", type_=Text))
