"""What staff type to find an order: its number, an article number, or words of a name or an address."""

import re
from collections.abc import Sequence

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    exists,
    false,
    func,
    literal,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from storefront.orders.models import PEOPLE, Order, OrderLine
from storefront.platform import db

MAX_WORDS = 200  # characters
FEW = 2000  # orders that are looked up one by one; more lie close enough to be met in a list's order
NUMBER = re.compile(r"#?([0-9A-Z]{6})")
MISREAD = str.maketrans("OIL", "011")  # Order numbers have none of these letters.
_SIMPLE = literal_column("'simple'", Text)
_APART = re.compile(r"[\W_]+")
_PEOPLE: ColumnElement[object] = literal_column(
    PEOPLE.replace("(name ", "(orders.name ").replace(" email,", " orders.email,")
)


def number_in(words: str) -> str | None:
    """The order number that these words may be, however it was read out."""
    found = NUMBER.fullmatch(words.strip().upper())
    return found[1].translate(MISREAD) if found else None


def matching(words: str) -> ColumnElement[bool]:
    """Orders of this number, with this article, or of somebody whose name or e-mail has all these words.

    Which of them it is, and whether it fits few orders or many, is asked first: PostgreSQL cannot know how
    many words begin so, and would look through all orders for something rare, or sort half of them.
    """
    exact = select(Order.id).where(Order.number == (number_in(words) or ""))
    line = func.lower(OrderLine.sku) == words.strip().lower()
    either = exact.union_all(select(OrderLine.order_id).where(line).limit(FEW + 1))
    if found := db.session.scalars(either).all():
        return _among(found, exists().where(OrderLine.order_id == Order.id, line))
    beginnings = " & ".join(f"{word}:*" for word in _APART.split(words.lower()) if word)
    if not beginnings:
        return false()
    people: ColumnElement[bool] = _PEOPLE.op("@@")(func.to_tsquery(_SIMPLE, beginnings))
    return _among(db.session.scalars(select(Order.id).where(people).limit(FEW + 1)).all(), people.is_(true()))


def _among(ids: Sequence[int], otherwise: ColumnElement[bool]) -> ColumnElement[bool]:
    """These orders; or, when they are many, whatever is met on the way through the list and fits."""
    if len(ids) > FEW:
        return otherwise
    return Order.id == func.any(literal(list(ids), ARRAY(BigInteger)))
