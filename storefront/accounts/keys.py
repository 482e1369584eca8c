"""Links in letters: each proves once, and for a while, that somebody reads what is sent to an address."""

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select, update

from storefront.accounts.models import MailedKey
from storefront.accounts.refusals import LinkOver
from storefront.config import settings
from storefront.platform import clock, db, jobs, mail

TOKEN = re.compile(r"([1-9][0-9]{0,17})-([A-Za-z0-9_-]{43})", re.ASCII)
LASTING = {
    "confirm": timedelta(days=3),
    "reset": timedelta(hours=2),
    "change-email": timedelta(days=1),
    "invite": timedelta(days=7),
}


def send(account_id: int, purpose: str, email: str) -> None:
    """Owe somebody a letter with a link. Part of a change."""
    here = db.inside()
    key = MailedKey(
        account_id=account_id,
        purpose=purpose,
        salt=secrets.token_urlsafe(12),
        email=email,
        created_at=here.now,
        expires_at=here.now + LASTING[purpose],
    )
    here.session.add(key)
    here.session.flush()
    mail.owe(owed_as(purpose, key.id), email)
    jobs.defer("accounts.send_link", key_id=key.id)


def owed_as(purpose: str, key_id: int) -> str:
    return f"account-{purpose}:{key_id}"


def lately(account_id: int, purpose: str, span: timedelta) -> int:
    """How many such letters somebody was sent. Part of a change."""
    here = db.inside()
    since = (MailedKey.account_id == account_id, MailedKey.created_at > here.now - span)
    query = select(func.count()).where(MailedKey.purpose == purpose, *since)
    return int(here.session.scalar(query) or 0)


def token_of(key: MailedKey) -> str:
    """The secret of a link: derived each time, and kept nowhere, so that a stolen database opens nothing."""
    return f"{key.id}-{next(_seals(key))}"


def read(token: str, *purposes: str) -> MailedKey:
    """What a link is for. Raises LinkOver when it was used, is too old, or was never ours."""
    parts = TOKEN.fullmatch(token)
    found = db.session.get(MailedKey, int(parts[1])) if parts else None
    if parts is None or found is None or found.purpose not in purposes:
        raise LinkOver
    if not any(hmac.compare_digest(seal, parts[2]) for seal in _seals(found)):
        raise LinkOver
    if found.used_at is not None or found.expires_at < clock.now():
        raise LinkOver
    return found


def use(key: MailedKey) -> None:
    """Of many who come with one link, one goes through. Part of a change. Raises LinkOver."""
    here = db.inside()
    using = update(MailedKey).where(MailedKey.used_at.is_(None)).values(used_at=here.now)
    if here.session.execute(using.where(MailedKey.id == key.id).returning(MailedKey.id)).first() is None:
        raise LinkOver
    end(key.account_id, key.purpose)


def end(account_id: int, *purposes: str) -> None:
    """All such links that somebody was sent are over. Part of a change."""
    here = db.inside()
    sent = (MailedKey.account_id == account_id, MailedKey.purpose.in_(purposes), MailedKey.used_at.is_(None))
    here.session.execute(update(MailedKey).where(*sent).values(used_at=here.now))


def _seals(key: MailedKey) -> Iterator[str]:
    """By today's SECRET_KEY, then by those that it replaced."""
    said = f"letter:{key.purpose}:{key.id}:{key.salt}:{key.email}".encode()
    for secret in (settings().secret_key, *settings().secret_key_fallbacks):
        digest = hmac.new(secret.get_secret_value().encode(), said, hashlib.sha256).digest()
        yield urlsafe_b64encode(digest).decode().rstrip("=")
