"""Write a note about a customer."""

from sqlalchemy import select

from storefront.accounts import notes
from storefront.accounts.models import Account
from storefront.platform import audit, db
from storefront.platform.errors import NotFound


@db.retried
def note_customer(account_id: int, words: str) -> None:
    """Keep what somebody wrote; the audit log says that, and not what. Raises NotFound."""
    with db.transaction() as session:
        if session.scalar(select(Account.id).where(Account.id == account_id)) is None:
            raise NotFound
        key = notes.write(account_id, words)
        audit.note("customer_notes", key, None, {"account": account_id})
