"""Letters that tell somebody what happened to their account, so that a thief does not go unseen."""

import secrets
from typing import Literal

from sqlalchemy import select

from storefront.accounts.models import Account
from storefront.platform import db, jobs, mail

Kind = Literal[
    "already",
    "password",
    "email-asked",
    "email-changed",
    "second-factor",
    "second-factor-gone",
    "recovery-code",
]


def owe(account_id: int, kind: Kind, email: str) -> None:
    """Owe somebody a letter about their account. Part of a change."""
    key = f"account-{kind}:{account_id}:{secrets.token_hex(6)}"
    mail.owe(key, email)
    jobs.defer("accounts.notify", kind=kind, account_id=account_id, key=key)


def owe_by_email(email_key: str, kind: Kind) -> None:
    """The same, to whoever has the account of an address. Part of a change."""
    row = (
        db.inside()
        .session.execute(
            select(Account.id, Account.email).where(Account.email_key == email_key, Account.active)
        )
        .first()
    )
    if row is not None:
        owe(row.id, kind, row.email)
