"""Questions about customers: lists, and everything about one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, func, literal, literal_column, select, true, tuple_
from sqlalchemy.orm import aliased, joinedload, selectinload

from storefront.accounts.models import PEOPLE, Account
from storefront.office.slices import PAGE, Slice, cut
from storefront.orders.models import PEOPLE as BUYERS
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.platform.paging import Cursor

_APART = re.compile(r"[\W_]+")
_NEWEST = (Order.placed_at.desc(), Order.id.desc())
LOOKED_THROUGH = 2000
"""Of the newest orders, for a word that many have."""
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
        query = query.where(_accounts_of(words))
    if after is not None:
        query = query.where(Account.id < after)
    found = db.session.scalars(query.order_by(Account.id.desc()).limit(PAGE + 1)).all()
    bought = _bought([account.id for account in found])
    return cut(
        [Customer(account, bought.get(account.id, Bought())) for account in found], lambda c: c.account.id
    )


def named(words: str, most: int) -> Sequence[Account]:
    """Some of the newest accounts with these words, without what they bought. One statement."""
    query = select(Account).where(_accounts_of(words)).order_by(Account.id.desc()).limit(most)
    return db.session.scalars(query).all()


def customer(account_id: int) -> Customer:
    """One customer with an account. Raises NotFound."""
    options = selectinload(Account.roles)
    account = db.session.scalars(select(Account).where(Account.id == account_id).options(options)).first()
    if account is None:
        raise NotFound
    return Customer(account, _bought([account_id]).get(account_id, Bought()))


def guests(words: str, after: Cursor | None = None) -> Guests:
    """Who bought without an account, by their latest order. Two statements at most.

    A word that many have is found among the newest orders; only one that few have is worth the index.
    """
    found = _among_the_newest(words, after) if words else _latest_of_each(Order, _before(after))
    if words and len(found) <= PAGE:
        found = _latest_of_each(Order, _before(after), _orders_of(words))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Guests(found[:PAGE], str(Cursor("guests", last.placed_at, last.id)) if last else None)


def _latest_of_each(among: type[Order], *wanted: ColumnElement[bool]) -> Sequence[Order]:
    later = aliased(Order)
    same = and_(func.lower(later.email) == func.lower(among.email), later.account_id.is_(None))
    is_later = tuple_(later.placed_at, later.id) > tuple_(among.placed_at, among.id)
    query = select(among).where(among.account_id.is_(None), *wanted)
    query = query.where(~select(later.id).where(same, is_later).exists())
    return db.session.scalars(query.order_by(among.placed_at.desc(), among.id.desc()).limit(PAGE + 1)).all()


def _among_the_newest(words: str, after: Cursor | None) -> Sequence[Order]:
    """Walked in their order, so that nothing behind a full page is read at all."""
    some = select(Order, _says("orders", BUYERS, words).label("says"))
    some = some.where(Order.account_id.is_(None), _before(after)).order_by(*_NEWEST).limit(LOOKED_THROUGH)
    newest = some.subquery("newest")
    return _latest_of_each(aliased(Order, newest), newest.c.says)


def _before(after: Cursor | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    return tuple_(Order.placed_at, Order.id) < tuple_(literal(after.value), literal(after.id))


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


def _accounts_of(words: str) -> ColumnElement[bool]:
    """Accounts whose name and address have words that begin so."""
    return Account.id.in_(_having(Account.id, PEOPLE, "accounts", words))


def _orders_of(words: str) -> ColumnElement[bool]:
    """The same of orders."""
    return Order.id.in_(_having(Order.id, BUYERS, "orders", words))


def _having(key: Any, people: str, table: str, words: str) -> Select[tuple[int]]:
    """Found first, and walked then: else a rare word is looked for in one row after the other."""
    found = (
        select(key.label("id")).where(_says(table, people, words)).cte("found").prefix_with("MATERIALIZED")
    )
    return select(found.c.id)


def _says(table: str, people: str, words: str) -> ColumnElement[bool]:
    beginnings = " & ".join(f"{word}:*" for word in _APART.split(words.lower()) if word)
    text = people.replace("(name ", f"({table}.name ").replace(" email,", f" {table}.email,")
    return literal_column(text).op("@@")(func.to_tsquery(literal_column("'simple'", Text), beginnings))
