"""Make keys and revoke them; the secret is told once, to whoever made it."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import or_, select, update

from storefront.platform import audit, db
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.keys.models import MAX_NAME, MOST_ALIVE, ApiKey
from storefront.platform.keys.queries import digest_of

SELDOM = 60  # seconds between two notes that a key was used


@dataclass
class NameUnusable(Refusal):
    """A key needs a name that people know it by."""

    status = 422
    code = "name-unusable"

    def message(self) -> str:
        return _("Please give the key a name of at most %(max)d characters.", max=MAX_NAME)


@dataclass
class ScopesUnknown(Refusal):
    """There is nothing that these would allow."""

    unknown: list[str]
    status = 422
    code = "scopes-unknown"

    def message(self) -> str:
        if not self.unknown:
            return _("Please choose at least one thing that the key may do.")
        return _("There is no scope %(scopes)s.", scopes=", ".join(self.unknown))


class EndsInThePast(Refusal):
    """A key that ends before it begins."""

    status = 422
    code = "ends-in-the-past"

    def message(self) -> str:
        return _("The key would have ended already. Please choose a later day, or none.")


@dataclass
class TooManyAlive(Refusal):
    """Two keys of a name are enough to change from one to the other."""

    name: str
    code = "too-many-alive"

    def message(self) -> str:
        return _("“%(name)s” has two keys already. Please revoke one of them first.", name=self.name)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key, and the only moment at which it can be read."""

    id: int
    shown: str


@db.retried
def create_key(
    name: str, scopes: Collection[str], known: Collection[str], expires_at: datetime | None = None
) -> NewKey:
    """Make a key of the shop. Raises NameUnusable, ScopesUnknown, EndsInThePast or TooManyAlive."""
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME or not name.isprintable():
        raise NameUnusable
    unknown = sorted(set(scopes) - set(known))
    if unknown or not scopes:
        raise ScopesUnknown(unknown)
    with db.transaction():
        now = db.inside().now
        if expires_at is not None and expires_at <= now:
            raise EndsInThePast
        if _alive(name, now) >= MOST_ALIVE:
            raise TooManyAlive(name)
        new = _write(name, sorted(scopes), None, expires_at)
        ends = expires_at.isoformat() if expires_at else None
        facts = {"name": name, "scopes": sorted(scopes), "expires_at": ends}
        audit.note("api_keys", new.id, None, facts)
    return new


@db.retried
def create_token(account_id: int, expires_at: datetime) -> NewKey:
    """Let a customer's own program act for that customer until then."""
    with db.transaction():
        return _write("customer", [], account_id, expires_at)


@db.retried
def revoke_key(key_id: int, *, account_id: int | None = None) -> None:
    """From this moment it opens nothing; a second time changes nothing. Raises NotFound."""
    with db.transaction() as session:
        found = session.scalars(
            select(ApiKey).where(ApiKey.id == key_id, ApiKey.account_id.is_not_distinct_from(account_id))
        ).first()
        if found is None:
            raise NotFound
        if found.revoked_at is None:
            now = db.inside().now
            session.execute(update(ApiKey).where(ApiKey.id == key_id).values(revoked_at=now))
            audit.note("api_keys", key_id, {"revoked_at": None}, {"revoked_at": now.isoformat()})


def end_tokens(account_id: int) -> None:
    """No program acts for this customer any more. Part of a change."""
    mine = (ApiKey.account_id == account_id, ApiKey.revoked_at.is_(None))
    db.inside().session.execute(update(ApiKey).where(*mine).values(revoked_at=db.inside().now))


def note_use(key_id: int) -> None:
    """It was used just now."""
    with db.transaction() as session:
        session.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=db.inside().now))


def _alive(name: str, now: datetime) -> int:
    alive = select(ApiKey.id).where(
        ApiKey.name == name,
        ApiKey.account_id.is_(None),
        ApiKey.revoked_at.is_(None),
        or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > now),
    )
    return len(db.inside().session.scalars(alive).all())


def _write(name: str, scopes: list[str], account_id: int | None, expires_at: datetime | None) -> NewKey:
    here = db.inside()
    secret = secrets.token_urlsafe(32)
    key = ApiKey(
        name=name,
        digest=digest_of(secret),
        scopes=scopes,
        account_id=account_id,
        created_at=here.now,
        expires_at=expires_at,
    )
    here.session.add(key)
    here.session.flush()
    return NewKey(key.id, f"sf_{key.id}_{secret}")
