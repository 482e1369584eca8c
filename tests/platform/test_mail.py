"""A message is owed once, goes out once, and is never lost in between."""

import smtplib
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP, SMTPException
from typing import Any

import pytest
from sqlalchemy import select

from storefront.platform import db, mail
from storefront.platform.mail import Message
from tests.characters import ada
from tests.mailbox import a_mailbox

KEY = "order-placed:12"


def letter() -> EmailMessage:
    found = EmailMessage()
    found["From"], found["To"] = "Kiln & Common <hello@kiln.example>", ada.email
    found["Subject"] = "Your order ✓"
    found.set_content("Thank you, Ada.\n.\nA dot alone ends nothing.\n")
    return found


def owe(key: str = KEY) -> None:
    with db.transaction():
        mail.owe(key, ada.email)


def states() -> list[tuple[str, str]]:
    db.release()
    rows = db.session.execute(select(Message.dedupe_key, Message.state).order_by(Message.id)).all()
    return [(key, state) for key, state in rows]


def test_one_reason_is_one_message(database: None) -> None:
    owe()
    owe()
    owe("order-paid:12")
    assert states() == [(KEY, "waiting"), ("order-paid:12", "waiting")]


def test_without_a_mail_server_it_is_written_down(database: None, outbox: Path) -> None:
    owe()
    mail.pay(KEY, letter)
    assert states() == [(KEY, "sent")]
    written = message_from_bytes((outbox / "order-placed.12.eml").read_bytes(), policy=policy.default)
    assert written["Subject"] == "Your order ✓"
    assert written["Message-ID"] == "<order-placed.12@kiln.example>"


def test_what_was_sent_is_not_sent_again(database: None, outbox: Path) -> None:
    owe()
    mail.pay(KEY, letter)
    mail.pay(KEY, pytest.fail)
    assert len(list(outbox.iterdir())) == 1


def test_a_letter_that_cannot_be_written_is_still_owed(database: None, outbox: Path) -> None:
    owe()
    with pytest.raises(ZeroDivisionError):
        mail.pay(KEY, lambda: 1 // 0)  # type: ignore[arg-type,return-value]  # it never returns
    assert states() == [(KEY, "waiting")]


def test_it_goes_out_through_a_mail_server(database: None, told: Callable[..., None]) -> None:
    owe()
    with a_mailbox() as mailbox:
        told(smtp_url=mailbox.url)
        mail.pay(KEY, letter)
    assert states() == [(KEY, "sent")]
    [arrived] = mailbox.letters
    assert arrived["To"] == ada.email
    assert arrived.get_content().splitlines()[1:] == [".", "A dot alone ends nothing."]


def test_what_the_server_refuses_is_still_owed(database: None, told: Callable[..., None]) -> None:
    owe()
    with a_mailbox(refuses=True) as mailbox:
        told(smtp_url=mailbox.url)
        with pytest.raises(SMTPException):
            mail.pay(KEY, letter)
    assert states() == [(KEY, "waiting")]


def test_no_connection_is_held_while_it_is_sent(database: None, outbox: Path) -> None:
    owe()

    def compose() -> EmailMessage:
        assert db.engine().pool.checkedout() == 0  # type: ignore[attr-defined]  # a QueuePool
        return letter()

    mail.pay(KEY, compose)


class FakeServer(SMTP):
    """Remembers how it was spoken to."""

    said: list[Any]
    offers = True

    def __init__(self, host: str, port: int, **_options: Any) -> None:
        type(self).said = [(type(self).__name__, host, port)]

    def ehlo(self, name: str = "") -> tuple[int, bytes]:
        return 250, b""

    def has_extn(self, opt: str) -> bool:
        return self.offers

    def starttls(self, **_options: Any) -> tuple[int, bytes]:  # type: ignore[override]  # only the context is given
        self.said.append("encrypted")
        return 220, b""

    def login(self, user: str, password: str, **_options: Any) -> tuple[int, bytes]:
        self.said.append((user, password))
        return 235, b""

    def __exit__(self, *_args: object) -> None:
        pass


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://a%40b:p%2Fw@kiln.example", [("Plain", "kiln.example", 587), "encrypted", ("a@b", "p/w")]),
        ("smtp://kiln.example:25", [("Plain", "kiln.example", 25), "encrypted"]),
        ("smtp://localhost:25", [("Plain", "localhost", 25)]),
        ("smtps://ada:x@kiln.example", [("Encrypted", "kiln.example", 465), ("ada", "x")]),
    ],
)
def test_the_conversation_is_encrypted(
    database: None, told: Callable[..., None], monkeypatch: pytest.MonkeyPatch, url: str, said: list[Any]
) -> None:
    plain, encrypted = type("Plain", (FakeServer,), {}), type("Encrypted", (FakeServer,), {})
    monkeypatch.setattr(smtplib, "SMTP", plain)
    monkeypatch.setattr(smtplib, "SMTP_SSL", encrypted)
    told(smtp_url=url)
    with mail.server() as line:
        assert line.said == said  # type: ignore[attr-defined]  # our fake
