"""Messages to people: a row each, so that none is lost and none is sent twice."""

import logging
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import CTE, CheckConstraint, ColumnElement, Index, case, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from storefront.config import settings
from storefront.platform import clock, db

log = logging.getLogger(__name__)
TIMEOUT = 20  # seconds for one conversation with the mail server
NEAR = {"localhost", "127.0.0.1", "::1"}
REFUSED = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)
"""The server's own no; smtplib calls all its errors OSError, also those of a broken line."""
MAX_ERROR = 500  # characters of what the server said


class Message(db.Model):
    """A mail that is owed to somebody, and whether it went out."""

    __tablename__ = "messages"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent')", name="state"),
        Index("ix_messages_waiting", "created_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_messages_recipient", text("lower(recipient)"), "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    """Such as order-placed:12: the same reason never makes a second message."""
    recipient: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'waiting'"))
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    begun_at: Mapped[datetime | None]
    """When it was handed to the mail server; null again when the server said no."""
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    repeats: Mapped[int] = mapped_column(server_default=text("0"))
    """How often it was sent again although it may have gone out before: nobody lived to note it."""
    failed_at: Mapped[datetime | None]
    """When it was last tried in vain; null while it was not, and when it was sent at last."""
    error: Mapped[str | None]
    """What the mail server said then."""


_OWE = insert(db.table(Message)).inline().on_conflict_do_nothing()


def owe(dedupe_key: str, recipient: str) -> None:
    """Write down that somebody must get a message; a second time changes nothing. Part of a change."""
    here = db.inside()
    row = {"dedupe_key": dedupe_key, "recipient": recipient, "created_at": here.now}
    here.execute(_OWE, row)


def owing(
    dedupe_key: ColumnElement[str], recipient: ColumnElement[str], since: ColumnElement[datetime]
) -> CTE:
    """The same as a part of a larger statement."""
    names = ["dedupe_key", "recipient", "created_at"]
    owed = insert(db.table(Message)).from_select(names, select(dedupe_key, recipient, since))
    return owed.on_conflict_do_nothing().cte("message")


def pay(dedupe_key: str, compose: Callable[[], EmailMessage]) -> None:
    """Send an owed message, if it is still owed, and note that it went out.

    It is sent outside a transaction. Should the process die between the server's yes and the note, the
    message goes out again, under the same Message-ID, and that is counted.
    """
    found = db.session.scalars(select(Message).where(Message.dedupe_key == dedupe_key)).one()
    db.release()
    if found.state == "sent":
        return
    mail = compose()
    mail["Message-ID"] = f"<{dedupe_key.replace(':', '.')}@{_domain(mail)}>"
    if not _begin(found.id):
        return
    try:
        hand_over(mail)
    except Exception as error:
        _note(found.id, failed_at=clock.now(), error=_told(error), **_surely_not_sent(error))
        raise
    _note(found.id, state="sent", sent_at=clock.now(), failed_at=None, error=None)


def _begin(key: int) -> bool:
    """Note that it is handed over now; count it if that was begun before and nobody noted the end."""
    begun = (
        update(Message)
        .where(Message.id == key, Message.state == "waiting")
        .values(
            attempts=Message.attempts + 1,
            repeats=Message.repeats + case((Message.begun_at.is_(None), 0), else_=1),
            begun_at=clock.now(),
        )
        .returning(Message.repeats, Message.dedupe_key)
    )
    with db.transaction() as session:
        row = session.execute(begun).first()
    if row is not None and row.repeats:
        log.warning("the mail %s may go out again: how its last try ended is not known", row.dedupe_key)
    return row is not None


def _note(key: int, **values: Any) -> None:
    with db.transaction() as session:
        session.execute(update(Message).where(Message.id == key).values(**values))


def _surely_not_sent(error: Exception) -> dict[str, None]:
    """The server said no, or was never asked; a line that broke meanwhile leaves it open."""
    return {} if isinstance(error, Broken) else {"begun_at": None}


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:MAX_ERROR]


class Broken(Exception):
    """The line broke while the server had the message: it may have taken it."""


def _domain(mail: EmailMessage) -> str:
    return str(mail["From"]).rpartition("@")[2].rstrip("> ") or "localhost"


def hand_over(mail: EmailMessage, timeout: float = TIMEOUT) -> None:
    """Give a mail to the server, or to a file where there is none. Raises OSError or Broken."""
    if not has_server():
        _keep(mail, settings().storefront_var / "mail")
        return
    with server(timeout) as line:
        try:
            line.send_message(mail)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            if isinstance(error, REFUSED):
                raise
            raise Broken(str(error) or type(error).__name__) from error


def has_server() -> bool:
    """Whether there is a mail server; without one messages are kept in files."""
    return bool(urlsplit(settings().smtp_url.get_secret_value()).hostname)


@contextmanager
def server(timeout: float = TIMEOUT) -> Iterator[smtplib.SMTP]:
    """A conversation with the mail server, encrypted from the start (smtps://) or when it offers to be.

    A server on this machine is trusted as it is: its certificate is rarely one that anybody signed.
    """
    address = urlsplit(settings().smtp_url.get_secret_value())
    host, trust = address.hostname or "", ssl.create_default_context()
    if address.scheme == "smtps":
        line: smtplib.SMTP = smtplib.SMTP_SSL(host, address.port or 465, timeout=timeout, context=trust)
    else:
        line = smtplib.SMTP(host, address.port or 587, timeout=timeout)
    try:
        line.ehlo()
        if address.scheme != "smtps" and line.has_extn("starttls") and host not in NEAR:
            line.starttls(context=trust)
        if address.username:
            line.login(unquote(address.username), unquote(address.password or ""))
        yield line
        with suppress(smtplib.SMTPException, OSError):
            line.quit()  # What was taken is taken, however the farewell goes.
    finally:
        line.close()


def _keep(mail: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = str(mail["Message-ID"]).strip("<>").rpartition("@")[0]
    (folder / f"{name}.eml").write_bytes(bytes(mail))
