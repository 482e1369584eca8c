"""Every letter goes through a real mail server, in the open on this machine and encrypted elsewhere."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select

from storefront.office.notices import mails as notices
from storefront.platform import db, mail
from storefront.platform.mail import Message
from tests.characters import ada
from tests.letters.smtp import Post, a_breaking_server, a_certificate, a_server
from tests.letters.writing import STORIES

pytestmark = pytest.mark.usefixtures("database")
Told = Callable[..., None]


def send(name: str) -> EmailMessage:
    """One of the shop's letters goes out, as its job would send it."""
    letter, _order = STORIES[name]()
    with db.transaction():
        mail.owe(f"story:{name}", ada.email)
    mail.pay(f"story:{name}", lambda: letter)
    return letter


def owed(name: str) -> Message:
    db.release()
    return db.session.scalars(select(Message).where(Message.dedupe_key == f"story:{name}")).one()


def arrived(post: Post, letter: EmailMessage) -> None:
    (came,) = post.letters
    assert came["Subject"] == letter["Subject"]
    assert came["Message-ID"] == letter["Message-ID"]
    for kind in ("plain", "html"):
        bodies = [it.get_body((kind,)) for it in (came, letter)]
        texts = [body.get_content().split() for body in bodies if body]
        assert texts[0] == texts[1]
    files = [[part.get_payload(decode=True) for part in it.iter_attachments()] for it in (came, letter)]
    assert files[0] == files[1]


@pytest.mark.parametrize("name", STORIES)
def test_each_letter_is_sent_in_the_open_on_this_machine(told: Told, name: str) -> None:
    with a_server() as post:
        told(smtp_url=f"smtp://127.0.0.1:{post.port}")
        letter = send(name)
    arrived(post, letter)
    assert post.encrypted == [False]
    assert (owed(name).state, owed(name).attempts, owed(name).repeats) == ("sent", 1, 0)


@pytest.mark.parametrize("name", STORIES)
def test_each_letter_is_sent_encrypted_and_signed_in(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    certificate = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(mail, "NEAR", set())  # As if the server stood somewhere else.
    with a_server(certificate=certificate) as post:
        told(smtp_url=f"smtp://kiln:cold%20%26%20dark@127.0.0.1:{post.port}")
        letter = send(name)
    arrived(post, letter)
    assert (post.encrypted, post.accounts) == ([True], ["kiln"])


def test_a_stranger_in_the_servers_place_gets_nothing(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "NEAR", set())
    with a_server(certificate=a_certificate(tmp_path)) as post:
        told(smtp_url=f"smtp://kiln:cold%20%26%20dark@127.0.0.1:{post.port}")
        with pytest.raises(ssl.SSLCertVerificationError):
            send("low_stock")
    assert post.letters == []
    assert (owed("low_stock").state, owed("low_stock").begun_at) == ("waiting", None)


def test_a_wrong_password_is_told_and_nothing_is_in_doubt(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(mail, "NEAR", set())
    with a_server(certificate=certificate) as post:
        told(smtp_url=f"smtp://kiln:wrong@127.0.0.1:{post.port}")
        with pytest.raises(smtplib.SMTPAuthenticationError):
            send("low_stock")
    message = owed("low_stock")
    assert (message.state, message.begun_at, message.repeats) == ("waiting", None, 0)
    assert "Authentication" in (message.error or "")


def test_a_server_that_is_away_is_asked_again_later(told: Told) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    told(smtp_url=f"smtp://127.0.0.1:{port}")
    with pytest.raises(ConnectionRefusedError):
        send("low_stock")
    assert owed("low_stock").failed_at
    with a_server() as post:
        told(smtp_url=f"smtp://127.0.0.1:{post.port}")
        mail.pay("story:low_stock", notices.low_stock)
    message = owed("low_stock")
    assert (message.state, message.attempts, message.repeats) == ("sent", 2, 0)
    assert (message.failed_at, message.error) == (None, None)


def test_a_line_that_breaks_before_the_yes_leaves_it_open_and_a_second_copy_is_counted(told: Told) -> None:
    letter = STORIES["low_stock"]()[0]
    with db.transaction():
        mail.owe("story:low_stock", ada.email)
    with a_breaking_server() as port:
        told(smtp_url=f"smtp://127.0.0.1:{port}")
        with pytest.raises(Exception, match="Connection unexpectedly closed"):
            mail.pay("story:low_stock", lambda: letter)
    assert owed("low_stock").begun_at is not None
    del letter["Message-ID"]
    with a_server() as post:
        told(smtp_url=f"smtp://127.0.0.1:{post.port}")
        mail.pay("story:low_stock", lambda: letter)
    assert owed("low_stock").repeats == 1
    assert [it["Message-ID"] for it in post.letters] == ["<story.low_stock@kiln.example>"]
