"""Somebody's address book: write an address down, change it, take it out, and say which comes first."""

from dataclasses import asdict

from sqlalchemy import delete, func, select, update

from storefront.accounts import turns
from storefront.accounts.models import MAX_ADDRESSES, Address
from storefront.accounts.refusals import AddressBookFull
from storefront.platform import db
from storefront.platform.addresses import Address as Letter
from storefront.platform.errors import NotFound


@db.retried
def add_address(account_id: int, letter: Letter, *, for_delivery: bool, for_billing: bool) -> int:
    """Write one down; the first one is where things go, whatever is said. Raises AddressBookFull."""
    with db.transaction() as session:
        turns.take(account_id)
        there = session.scalar(select(func.count()).where(Address.account_id == account_id)) or 0
        if there >= MAX_ADDRESSES:
            raise AddressBookFull(MAX_ADDRESSES)
        row = Address(account_id=account_id, created_at=db.inside().now, **asdict(letter))
        session.add(row)
        session.flush()
        _prefer(
            account_id, row.id, for_delivery=for_delivery or not there, for_billing=for_billing or not there
        )
        return row.id


@db.retried
def change_address(
    account_id: int, address_id: int, letter: Letter, *, for_delivery: bool, for_billing: bool
) -> None:
    """Write it anew. Raises NotFound, for others' too."""
    with db.transaction() as session:
        turns.take(account_id)
        mine = (Address.account_id == account_id, Address.id == address_id)
        if (
            session.scalar(update(Address).where(*mine).values(**asdict(letter)).returning(Address.id))
            is None
        ):
            raise NotFound
        _prefer(account_id, address_id, for_delivery=for_delivery, for_billing=for_billing)


@db.retried
def remove_address(account_id: int, address_id: int) -> None:
    """Take it out; one that is gone already is no trouble."""
    with db.transaction() as session:
        mine = (Address.account_id == account_id, Address.id == address_id)
        session.execute(delete(Address).where(*mine))


def _prefer(account_id: int, address_id: int, *, for_delivery: bool, for_billing: bool) -> None:
    session, mine = db.inside().session, Address.account_id == account_id
    for column, wanted in ((Address.for_delivery, for_delivery), (Address.for_billing, for_billing)):
        if wanted:
            session.execute(
                update(Address).where(mine, column, Address.id != address_id).values({column: False})
            )
        session.execute(update(Address).where(mine, Address.id == address_id).values({column: wanted}))
