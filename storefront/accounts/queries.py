"""Questions about people: who is signed in, and what belongs to them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ARRAY, Text, bindparam, func, select
from sqlalchemy.orm import selectinload

from storefront.accounts.emails import key_of
from storefront.accounts.models import Account, Address, RecoveryCode, Role, SignIn
from storefront.platform import clock, db
from storefront.platform.errors import NotFound
from storefront.platform.people import Person, SignedIn

STAFF_IDLE, STAFF_MOST = timedelta(minutes=30), timedelta(hours=12)
IDLE, MOST = timedelta(days=30), timedelta(days=365)
HALF = timedelta(minutes=10)
"""How long a sign-in waits for its second factor."""

_ROLES = func.array(
    select(Role.name).where(Role.account_id == Account.id).scalar_subquery(), type_=ARRAY(Text)
)
_BY_KEY = (
    select(
        Account.id.label("account_id"),
        Account.name,
        Account.email,
        Account.confirmed_at,
        (Account.totp_secret.is_not(None)).label("has_second_factor"),
        _ROLES.label("roles"),
        SignIn.id,
        SignIn.second_factor,
        SignIn.began_at,
        SignIn.seen_at,
        SignIn.fresh_at,
    )
    .join(Account, Account.id == SignIn.account_id)
    .where(SignIn.key_hash == bindparam("key"), SignIn.ended_at.is_(None), Account.active)
)


def account(account_id: int) -> Account:
    """An account that is known to exist."""
    return db.session.get_one(Account, account_id)


def account_of(email: str) -> Account | None:
    """The account of a mailbox, however it is spelled, while it may be used."""
    mine = (Account.email_key == key_of(email), Account.active)
    return db.session.scalars(select(Account).where(*mine)).first()


@dataclass(frozen=True, slots=True)
class Found:
    """A sign-in that a cookie belongs to, and whose it is."""

    signed_in: SignedIn
    owes_second_factor: bool
    seen_at: datetime

    @property
    def worth_noting(self) -> bool:
        """Whether it was last noted so long ago that it should be noted again."""
        pause = timedelta(minutes=1) if self.signed_in.is_staff else timedelta(hours=1)
        return clock.now() - self.seen_at > pause


def hash_of(key: str) -> bytes:
    """What is kept of a secret that nobody could guess anyway."""
    return hashlib.sha256(key.encode()).digest()


def sign_in_of(key: str | None) -> Found | None:
    """The sign-in that a cookie belongs to, unless it is over."""
    if not key:
        return None
    row = db.session.execute(_BY_KEY, {"key": hash_of(key)}).first()
    return _found(row) if row and not _over(row) else None


def _over(row: Any) -> bool:
    now = clock.now()
    if row.second_factor == "owed":
        return bool(now - row.began_at > HALF)
    idle, most = (STAFF_IDLE, STAFF_MOST) if row.roles else (IDLE, MOST)
    return bool(now - row.seen_at > idle or now - row.began_at > most)


def _found(row: Any) -> Found:
    who = Person(row.account_id, row.name, row.email, frozenset(row.roles), row.confirmed_at is not None)
    given: Literal["given", "none"] = "given" if row.second_factor == "given" else "none"
    signed_in = SignedIn(who, row.id, row.fresh_at, given if row.has_second_factor else "missing")
    return Found(signed_in, row.second_factor == "owed", row.seen_at)


def sign_ins_of(account_id: int) -> Sequence[SignIn]:
    """Where somebody is signed in, the latest first."""
    now, mine = clock.now(), (SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    alive = (SignIn.seen_at > now - IDLE, SignIn.began_at > now - MOST, SignIn.second_factor != "owed")
    query = select(SignIn).where(*mine, *alive).order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    return db.session.scalars(query.limit(100)).all()


def addresses_of(account_id: int) -> Sequence[Address]:
    """Somebody's address book, in the order in which it was written."""
    query = select(Address).where(Address.account_id == account_id).order_by(Address.id)
    return db.session.scalars(query).all()


def address_of(account_id: int, address_id: int) -> Address:
    """One of somebody's own addresses. Raises NotFound, for others' too."""
    mine = (Address.account_id == account_id, Address.id == address_id)
    found = db.session.scalars(select(Address).where(*mine)).first()
    if found is None:
        raise NotFound
    return found


def codes_left(account_id: int) -> int:
    """How many recovery codes somebody has not used."""
    left = (RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return int(db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*left)) or 0)


def staff() -> Sequence[Account]:
    """Everybody who works here, by name."""
    query = select(Account).where(Account.roles.any()).options(selectinload(Account.roles))
    return db.session.scalars(query.order_by(Account.name, Account.id)).all()
