"""What is long over is forgotten; one mailbox has one key; nobody's mailbox is filled by us."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from storefront.accounts import actions, emails, owning, passwords
from storefront.accounts.actions import SignUp
from storefront.accounts.models import MailedKey, SignIn
from storefront.accounts.passwords import Gate
from storefront.platform import clock, db, jobs
from storefront.platform.turnstile import TooManyAtOnce
from tests.characters import ada
from tests.inspecting import InspectingClient
from tests.people import PASSWORD, an_account, signed_in
from tests.post import Post


def count(model: type[db.Model]) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_what_is_long_over_is_forgotten(client: InspectingClient, post: Post) -> None:
    account = signed_in(client, ada)
    owning.send_reset(ada.email)
    jobs.run_now("accounts.sweep")
    assert (count(SignIn), count(MailedKey)) == (1, 1)
    with db.transaction() as session:
        long_ago = clock.now() - timedelta(days=366)
        session.execute(update(SignIn).values(seen_at=long_ago))
        session.execute(update(MailedKey).values(expires_at=long_ago))
    jobs.run_now("accounts.sweep")
    assert (count(SignIn), count(MailedKey)) == (0, 0)
    assert account.id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada@Example.com", "ada@example.COM"),
        ("stra\u00dfe@b\u00fccher.example", "STRASSE@xn--bcher-kva.example"),
        ("caf\u00e9@example.com", "cafe\u0301@example.com"),
    ],
)
def test_spellings_of_one_mailbox(one: str, other: str) -> None:
    assert emails.key_of(one) == emails.key_of(other)


def test_what_is_no_address_has_a_key_that_finds_nothing() -> None:
    assert emails.key_of(" No Address ") == "no address"
    assert emails.key_of("ada@example.com") != emails.key_of("ada@example.org")


def test_nobodys_mailbox_is_filled(post: Post) -> None:
    for _try in range(8):
        actions.sign_up(SignUp(ada.name, ada.email, "", PASSWORD))
    assert len(post.of(ada.email)) == actions.MOST_LETTERS


def test_every_door_says_politely_that_too_many_are_there(
    app: Flask, client: InspectingClient, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(client, ada)
    owning.send_reset(ada.email)
    reset = post.link(ada.email, "/account/new-password/")
    actions.sign_up(SignUp("New", "new@example.com", "", PASSWORD))
    confirm = post.link("new@example.com", "/account/confirmation/")
    monkeypatch.setattr(passwords, "gate", Gate(1))
    assert passwords.gate._places.acquire(blocking=False)
    for path, fields in {
        "/account/password": {"password": PASSWORD, "new_password": "another one entirely"},
        "/account/again": {"password": PASSWORD},
        reset: {"new_password": "another one entirely"},
        confirm: {"password": PASSWORD},
    }.items():
        refused = client.post(path, data=fields)
        assert (refused.status_code, "Many people" in refused.document.text()) == (503, True), path
    with pytest.raises(TooManyAtOnce):
        passwords.hashed(PASSWORD)


def test_a_weaker_hash_of_before_is_made_anew(client: InspectingClient) -> None:
    account = an_account(ada)
    weak = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
    assert passwords.outdated(weak)
    assert account.password
    assert not passwords.outdated(account.password)
