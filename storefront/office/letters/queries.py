"""Questions about mail: what was sent, what waits, and what the mail server did not take."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, func, select

from storefront.office.slices import PAGE, Slice, cut
from storefront.platform import db
from storefront.platform.mail import Message

_WAITS = Message.state == "waiting"
STATES: Mapping[str, ColumnElement[bool]] = {
    "failed": and_(_WAITS, Message.failed_at.is_not(None)),
    "waiting": and_(_WAITS, Message.failed_at.is_(None)),
    "sent": Message.state == "sent",
}
"""How a message stands; the first is what somebody may have to do something about."""


def counts() -> dict[str, int]:
    """How many messages did not go out yet."""
    failed = func.count().filter(Message.failed_at.is_not(None))
    total, in_vain = db.session.execute(select(func.count(), failed).where(_WAITS)).one()
    return {"failed": in_vain, "waiting": total - in_vain}


def page(state: str, recipient: str, after: int | None = None) -> Slice[Message]:
    """The newest messages that stand so, to one address if it is named."""
    query = select(Message).where(STATES[state])
    if recipient:
        query = query.where(func.lower(Message.recipient) == recipient.lower())
    if after is not None:
        query = query.where(Message.id < after)
    found = db.session.scalars(query.order_by(Message.id.desc()).limit(PAGE + 1)).all()
    return cut(found, lambda message: message.id)
