"""Two windows of one person that change the same thing wait for each other."""

from sqlalchemy import update

from storefront.accounts.models import Account
from storefront.platform import db


def take(account_id: int) -> None:
    """Until this change is committed, no other of this person that takes its turn goes on. Part of a change."""
    db.inside().session.execute(update(Account).where(Account.id == account_id).values(name=Account.name))
