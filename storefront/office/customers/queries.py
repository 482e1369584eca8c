"""Questions about customers: lists, and everything about one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, func, literal, literal_column, select, tuple_
from sqlalchemy.orm import aliased, joinedload, selectinload

from storefront.accounts.models import PEOPLE, Account
from storefront.office.slices import PAGE, Slice, cut
from storefront.orders.models import PEOPLE as BUYERS
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.platform.paging import Cursor

_APART = re.compile(r"[\W_]+")
_COUNTED = Order.state.not_in(("cancelled", "expired"))


@dataclass(frozen=True, slots=True)
class Bought:
    """What somebody bought in all; orders that were called off are not counted."""

    orders: int = 0
    total: int = 0
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with an account."""

    account: Account
    bought: Bought


@dataclass(frozen=True, slots=True)
class Guests:
    """The latest order of each of some people without an account, and where the next ones begin."""

    rows: Sequence[Order]
    next: str | None


def with_accounts(words: str, after: int | None = None) -> Slice[Customer]:
    """The newest accounts of people with these words in their name or address. Three statements."""
    query = select(Account).options(selectinload(Account.roles))
    if words:
        query = query.where(_has(PEOPLE, words))
    if after is not None:
        query = query.where(Account.id < after)
    found = db.session.scalars(query.order_by(Account.id.desc()).limit(PAGE + 1)).all()
    bought = _bought([account.id for account in found])
    return cut(
        [Customer(account, bought.get(account.id, Bought())) for account in found], lambda c: c.account.id
    )


def customer(account_id: int) -> Customer:
    """One customer with an account. Raises NotFound."""
    options = selectinload(Account.roles)
    account = db.session.scalars(select(Account).where(Account.id == account_id).options(options)).first()
    if account is None:
        raise NotFound
    return Customer(account, _bought([account_id]).get(account_id, Bought()))


def guests(words: str, after: Cursor | None = None) -> Guests:
    """Who bought without an account, by their latest order. One statement."""
    later = aliased(Order)
    same = and_(func.lower(later.email) == func.lower(Order.email), later.account_id.is_(None))
    is_later = tuple_(later.placed_at, later.id) > tuple_(Order.placed_at, Order.id)
    query = select(Order).where(Order.account_id.is_(None), ~select(later.id).where(same, is_later).exists())
    if words:
        query = query.where(_has(BUYERS, words))
    if after is not None:
        place = tuple_(literal(after.value), literal(after.id))
        query = query.where(tuple_(Order.placed_at, Order.id) < place)
    query = query.order_by(Order.placed_at.desc(), Order.id.desc()).limit(PAGE + 1)
    found = db.session.scalars(query).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Guests(found[:PAGE], str(Cursor("guests", last.placed_at, last.id)) if last else None)


def guest(number: str) -> Order:
    """An order of somebody without an account, by which we know them. Raises NotFound."""
    query = select(Order).where(Order.number == number.upper(), Order.account_id.is_(None))
    found = db.session.scalars(query).first()
    if found is None:
        raise NotFound
    return found


def bought_as_guest(email: str) -> Bought:
    """What somebody bought without an account."""
    return Bought(*db.session.execute(select(*_SUMS).where(_COUNTED, _of_guest(email))).one())


def orders_of(account_id: int, after: int | None = None) -> Slice[Order]:
    """The newest orders of an account."""
    return _orders(Order.account_id == account_id, after)


def orders_of_guest(email: str, after: int | None = None) -> Slice[Order]:
    """The newest orders that somebody placed without an account."""
    return _orders(_of_guest(email), after)


def _orders(whose: ColumnElement[bool], after: int | None) -> Slice[Order]:
    query = select(Order).where(whose).options(joinedload(Order.fulfilment))
    if after is not None:
        query = query.where(Order.id < after)
    found = db.session.scalars(query.order_by(Order.id.desc()).limit(PAGE + 1)).all()
    return cut(found, lambda order: order.id)


def _of_guest(email: str) -> ColumnElement[bool]:
    return and_(func.lower(Order.email) == email.lower(), Order.account_id.is_(None))


_SUMS = (func.count(), func.coalesce(func.sum(Order.total), 0), func.max(Order.placed_at))


def _bought(account_ids: Sequence[int]) -> dict[int, Bought]:
    query = select(Order.account_id, *_SUMS).where(Order.account_id.in_(account_ids), _COUNTED)
    rows = db.session.execute(query.group_by(Order.account_id))
    return {key: Bought(count, int(total), last) for key, count, total, last in rows if key is not None}


def _has(people: str, words: str) -> ColumnElement[bool]:
    """Whether name and address have words that begin so."""
    beginnings = " & ".join(f"{word}:*" for word in _APART.split(words.lower()) if word)
    table = "accounts" if people is PEOPLE else "orders"
    text = people.replace("(name ", f"({table}.name ").replace(" email,", f" {table}.email,")
    asked = func.to_tsquery(literal_column("'simple'", Text), beginnings)
    return literal_column(text).op("@@")(asked)
