"""Customers and their addresses as programs are told of them; never a secret."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from storefront.accounts.emails import key_of
from storefront.accounts.models import Account, Address
from storefront.accounts.schemas import AddressTold, CustomerTold
from storefront.platform import db


def customers(account_id: int | None, after: int, most: int, email: str | None) -> list[CustomerTold]:
    """By ascending id: one's own alone, or all."""
    query = select(Account).where(Account.id > after).order_by(Account.id).limit(most)
    if account_id is not None:
        query = query.where(Account.id == account_id)
    if email is not None:
        query = query.where(Account.email_key == key_of(email))
    return [_customer(found) for found in _read(query)]


def customer(customer_id: int, account_id: int | None) -> CustomerTold | None:
    """One of them; a customer's own program finds nobody else."""
    found = customers(account_id, customer_id - 1, 1, None)
    return next((one for one in found if one.id == customer_id), None)


def addresses(customer_id: int, after: int, most: int) -> list[AddressTold]:
    """Somebody's address book, by ascending id."""
    mine = (Address.account_id == customer_id, Address.id > after)
    return [_address(found) for found in _read(select(Address).where(*mine).order_by(Address.id).limit(most))]


def address(address_id: int, account_id: int | None) -> AddressTold | None:
    """One place; a customer's own program finds nobody else's."""
    query = select(Address).where(Address.id == address_id)
    if account_id is not None:
        query = query.where(Address.account_id == account_id)
    return next((_address(found) for found in _read(query)), None)


def _read(query: Any) -> Sequence[Any]:
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def _customer(found: Account) -> CustomerTold:
    same = ("id", "name", "email", "phone", "locale", "active", "created_at")
    confirmed = found.confirmed_at is not None
    return CustomerTold(**{name: getattr(found, name) for name in same}, confirmed=confirmed)


def _address(found: Address) -> AddressTold:
    same = [name for name in AddressTold.model_fields if name != "customer_id"]
    return AddressTold(**{name: getattr(found, name) for name in same}, customer_id=found.account_id)
