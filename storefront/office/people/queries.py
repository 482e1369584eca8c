"""Questions about staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from storefront.accounts import queries as accounts
from storefront.accounts.models import Account, SignIn
from storefront.platform import db
from storefront.platform.errors import NotFound


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, and when they were seen last."""

    account: Account
    seen_at: datetime | None

    @property
    def state(self) -> str:
        """Suspended, invited (there is no password yet), or active."""
        if not self.account.active:
            return "suspended"
        return "invited" if self.account.password is None else "active"


def everybody() -> list[Colleague]:
    """All staff by name. Three statements, however many there are."""
    found = accounts.staff()
    seen = _seen([account.id for account in found])
    return [Colleague(account, seen.get(account.id)) for account in found]


def colleague(account_id: int) -> Colleague:
    """One of the staff. Raises NotFound, for customers too."""
    query = select(Account).where(Account.id == account_id, Account.roles.any())
    account = db.session.scalars(query.options(selectinload(Account.roles))).first()
    if account is None:
        raise NotFound
    return Colleague(account, _seen([account_id]).get(account_id))


def _seen(account_ids: Sequence[int]) -> dict[int, datetime]:
    query = select(SignIn.account_id, func.max(SignIn.seen_at)).where(SignIn.account_id.in_(account_ids))
    return dict(db.session.execute(query.group_by(SignIn.account_id)).all())
