"""What staff type to find an order: its number, an article number, or words of a name or an address."""

import re

from sqlalchemy import ColumnElement, Text, exists, false, func, literal_column, select

from storefront.orders.models import PEOPLE, Order, OrderLine
from storefront.platform import db

MAX_WORDS = 200  # characters
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

    Which of them it is, is asked first: of a question that leaves it open, PostgreSQL would have to look
    at every order.
    """
    number, sku = number_in(words), words.strip().lower()
    if number and db.session.scalar(select(exists().where(Order.number == number))):
        return Order.number == number
    if db.session.scalar(select(exists().where(func.lower(OrderLine.sku) == sku))):
        return Order.id.in_(select(OrderLine.order_id).where(func.lower(OrderLine.sku) == sku))
    beginnings = " & ".join(f"{word}:*" for word in _APART.split(words.lower()) if word)
    return _PEOPLE.op("@@")(func.to_tsquery(_SIMPLE, beginnings)) if beginnings else false()
