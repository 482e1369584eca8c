"""One-time keys: the same request sent again gets the same answer and changes nothing."""

import hashlib
import json
from dataclasses import asdict, dataclass, is_dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import CTE, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db
from storefront.platform.errors import Refusal
from storefront.platform.spoken import Spoken


class IdempotencyKey(db.Model):
    """A key that was used, what was asked with it, and where the answer is."""

    __tablename__ = "idempotency_keys"

    key: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    answer: Mapped[str]
    created_at: Mapped[datetime]


_TAKEN = insert(db.table(IdempotencyKey)).on_conflict_do_nothing().returning(IdempotencyKey.key)
_CLAIM = Spoken(_TAKEN)
_ANSWER = select(IdempotencyKey.fingerprint, IdempotencyKey.answer).where(
    IdempotencyKey.key == bindparam("key")
)


@dataclass
class KeyReused(Refusal):
    """The key came again with another body; `answer` is what the first one was answered with."""

    answer: str
    status = 422
    code = "key-reused"

    def message(self) -> str:
        return _("This was sent before, with other contents. Please check it and send it anew.")


def fingerprint(body: Any) -> str:
    """A digest of a request's body (anything json can write), to tell a repeat from a change."""
    text = json.dumps(body, sort_keys=True, default=_written, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _written(part: Any) -> Any:
    return asdict(part) if is_dataclass(part) and not isinstance(part, type) else str(part)


def claim(key: UUID, print_: str, answer: str) -> str | None:
    """Take the key for `answer`, or return the answer it was taken for earlier. Part of a change.

    The row's insert makes a second sender wait until the first has committed or failed. Raises
    KeyReused when the fingerprints differ.
    """
    if db.inside().say(_CLAIM, asked(key, print_, answer)):
        return None
    return answer_of(key, print_)


def claiming() -> CTE:
    """The same as the first part of a larger statement: no row when the key was taken before."""
    return _TAKEN.cte("claimed")


def asked(key: UUID, print_: str, answer: str) -> dict[str, Any]:
    """What such a statement is given. Part of a change."""
    return {"key": key, "fingerprint": print_, "answer": answer, "created_at": db.inside().now}


def answer_of(key: UUID, print_: str) -> str | None:
    """The answer a key was taken for, or None if it never was. Raises KeyReused."""
    found = db.session.execute(_ANSWER, {"key": key}).first()
    if found is None:
        return None
    if found.fingerprint != print_:
        raise KeyReused(str(found.answer))
    return str(found.answer)


def point_at(key: UUID, answer: str) -> None:
    """The claimed key's answer turned out to be an older one. Part of a change."""
    db.inside().session.execute(update(IdempotencyKey).where(IdempotencyKey.key == key).values(answer=answer))
