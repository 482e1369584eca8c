"""Changes that must see one another wait: of one person in two windows, and of who works here."""

from sqlalchemy import func, select, update

from storefront.accounts.models import Account
from storefront.platform import db


def take(account_id: int) -> None:
    """Until this change is committed, no other of this person goes on. Part of a change."""
    db.inside().session.execute(update(Account).where(Account.id == account_id).values(name=Account.name))


def take_for_staff() -> None:
    """One change of who works here at a time: two owners cannot shut each other out. Part of a change."""
    db.inside().session.execute(select(func.pg_advisory_xact_lock(func.hashtext("staff"))))
