"""What staff type to find an order: its number, an article number, or words of a name or an address."""

import re

from sqlalchemy import ColumnElement, Text, func, literal_column, select, union

from storefront.orders.models import PEOPLE, Order, OrderLine

MAX_WORDS = 200  # characters
NUMBER = re.compile(r"#?([0-9A-Z]{6})")
MISREAD = str.maketrans("OIL", "011")  # Order numbers have none of these letters.
_APART = re.compile(r"[\W_]+")
_PEOPLE: ColumnElement[object] = literal_column(
    PEOPLE.replace("(name ", "(orders.name ").replace(" email,", " orders.email,")
)


def number_in(words: str) -> str | None:
    """The order number that these words may be, however it was read out."""
    found = NUMBER.fullmatch(words.strip().upper())
    return found[1].translate(MISREAD) if found else None


def matching(words: str) -> ColumnElement[bool]:
    """Orders of this number, with this article, or of somebody whose name or e-mail has all these words."""
    ways = [select(OrderLine.order_id).where(func.lower(OrderLine.sku) == words.strip().lower())]
    if number := number_in(words):
        ways.append(select(Order.id).where(Order.number == number))
    if beginnings := _beginnings(words):
        query = func.to_tsquery(literal_column("'simple'", Text), beginnings)
        ways.append(select(Order.id).where(_PEOPLE.op("@@")(query)))
    return Order.id.in_(union(*ways))


def _beginnings(words: str) -> str:
    """A text search for the beginnings of all these words; what is no letter and no digit parts them."""
    return " & ".join(f"{word}:*" for word in _APART.split(words.lower()) if word)
