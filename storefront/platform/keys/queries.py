"""Questions about keys: whose the one is that somebody shows, and which there are."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.types import BigInteger

from storefront.platform import clock, db
from storefront.platform.asking import Question
from storefront.platform.keys.models import ApiKey

SHOWN = re.compile(r"sf_([0-9]{1,18})_([A-Za-z0-9_-]{43})", re.ASCII)
_BY_ID = Question(
    # Whoever was suspended has no token any more, whatever it says; a key of the shop belongs to nobody.
    select(db.table(ApiKey), text("coalesce(accounts.active, true) AS welcome"))
    .select_from(db.table(ApiKey))
    .outerjoin(text("accounts"), text("accounts.id = api_keys.account_id"))
    .where(db.table(ApiKey).c.id == bindparam("id", type_=BigInteger))
)


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who shows a good key."""

    key_id: int
    name: str
    scopes: frozenset[str]
    account_id: int | None
    last_used_at: datetime | None


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer_of(shown: str) -> Bearer | None:
    """Who shows this, unless it is no key, or none any more. The connection is given back at once."""
    parts = SHOWN.fullmatch(shown)
    if parts is None:
        return None
    row = next(iter(_BY_ID.ask_by_itself({"id": int(parts[1])})), None)
    if row is None or not secrets.compare_digest(row.digest, digest_of(parts[2])):
        return None
    if row.revoked_at or (row.expires_at and row.expires_at <= clock.now()) or not row.welcome:
        return None
    return Bearer(row.id, row.name, frozenset(row.scopes), row.account_id, row.last_used_at)


def of_the_shop() -> Sequence[ApiKey]:
    """Every key that staff made, the newest first; customers' tokens are their own."""
    query = select(ApiKey).where(ApiKey.account_id.is_(None)).order_by(ApiKey.id.desc())
    return db.session.scalars(query).all()
