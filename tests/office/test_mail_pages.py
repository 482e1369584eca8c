"""Charlie sees which letters went out, which did not and why, and tries whether mail leaves the house."""

import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from pydantic import SecretStr

from storefront.platform import db, mail
from tests.characters import ada, ben, charlie
from tests.inspecting import InspectingClient
from tests.mailbox import a_mailbox
from tests.people import staff


def owe(key: str, to: str) -> None:
    with db.transaction():
        mail.owe(key, to)


def letter(to: str) -> EmailMessage:
    found = EmailMessage()
    found["From"], found["To"], found["Subject"] = "hello@kiln.example", to, "Your order"
    found.set_content("Thank you.")
    return found


@pytest.fixture
def nobody_listens(told: Callable[..., None]) -> None:
    """A mail server that is named, and not there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told(smtp_url=SecretStr(f"smtp://127.0.0.1:{port}"))


def test_letters_stand_where_they_are(client: InspectingClient, outbox: Path) -> None:
    staff(client)
    assert "The mail server took everything." in client.see("/admin/mail").text("main")
    owe("order-placed:1", ada.email)
    owe("order-placed:2", ben.email)
    mail.pay("order-placed:1", lambda: letter(ada.email))
    assert client.see("/admin/mail?state=sent").texts("tbody th") == [ada.email]
    assert client.see("/admin/mail?state=waiting").texts("tbody th") == [ben.email]
    assert client.see(f"/admin/mail?state=sent&q={ada.email.upper()}").texts("tbody th") == [ada.email]
    assert client.see(f"/admin/mail?state=sent&q={ben.email}").texts("tbody th") == []


def test_a_letter_that_was_not_taken_says_why(client: InspectingClient, nobody_listens: None) -> None:
    staff(client)
    owe("order-placed:1", ada.email)
    with pytest.raises(OSError, match="refused"):
        mail.pay("order-placed:1", lambda: letter(ada.email))
    row = client.see("/admin/mail").text("tbody")
    assert ada.email in row
    assert "ConnectionRefusedError" in row


def test_a_test_reaches_charlie(client: InspectingClient, told: Callable[..., None]) -> None:
    staff(client)
    with a_mailbox() as box:
        told(smtp_url=SecretStr(box.url))
        answer = client.follow(client.submit(client.get("/admin/mail"), "Send me a test"))
    assert "on its way" in answer.document.text(".just-done")
    assert [found["To"] for found in box.letters] == [charlie.email]


def test_without_a_mail_server_a_test_is_written_down(client: InspectingClient, outbox: Path) -> None:
    staff(client)
    answer = client.follow(client.submit(client.get("/admin/mail"), "Send me a test"))
    assert "written to a file" in answer.document.text(".just-done")
    (kept,) = outbox.iterdir()
    assert message_from_bytes(kept.read_bytes(), policy=policy.default)["To"] == charlie.email


def test_what_the_server_says_is_shown(client: InspectingClient, nobody_listens: None) -> None:
    staff(client)
    answer = client.submit(client.get("/admin/mail"), "Send me a test")
    assert answer.status_code == 503
    assert "did not take the letter: ConnectionRefusedError" in answer.document.text("[role='alert']")
