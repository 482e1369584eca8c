"""Every letter about an account reads as it did. Written anew with SNAPSHOTS=write."""

import os
import re
from email.message import EmailMessage
from pathlib import Path
from typing import get_args

import pytest

from storefront.accounts import keys, notices
from storefront.accounts.notices import Kind
from storefront.platform import db
from tests.characters import ada
from tests.people import an_account
from tests.post import Post

SNAPSHOTS = Path(__file__).parent / "snapshots"


def shown(letter: EmailMessage) -> str:
    """The letter, with names in the place of what is different each time."""
    said = [f"{name}: {letter[name]}" for name in ("From", "To", "Reply-To", "Subject", "Auto-Submitted")]
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body is not None
        said.append(f"\n---- {kind}\n{body.get_content()}")
    whole = re.sub(r"http://(localhost|127\.0\.0\.1):\d+", "http://shop", "\n".join(said))
    whole = re.sub(r"\d+-[A-Za-z0-9_-]{43}", "TOKEN", whole)
    return re.sub(r"[ \t]+\n", "\n", whole).strip() + "\n"


def same_as_before(name: str, letter: EmailMessage) -> None:
    now, kept = shown(letter), SNAPSHOTS / f"{name}.txt"
    if os.environ.get("SNAPSHOTS") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(now)
    assert now == kept.read_text()


@pytest.mark.parametrize("purpose", keys.LASTING)
def test_letters_with_a_link(post: Post, purpose: str) -> None:
    account = an_account(ada)
    with db.transaction():
        keys.send(account.id, purpose, "there@example.com")
    (letter,) = post.of("there@example.com")
    assert re.search(r"/account/[a-z-]+/\d+-[A-Za-z0-9_-]{43}\s", shown_raw(letter))
    same_as_before(purpose, letter)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_letters_about_what_happened(post: Post, kind: Kind) -> None:
    account = an_account(ada)
    with db.transaction():
        notices.owe(account.id, kind, "there@example.com")
    (letter,) = post.of("there@example.com")
    same_as_before(kind, letter)


def shown_raw(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_no_snapshot_is_left_over() -> None:
    assert {file.stem for file in SNAPSHOTS.iterdir()} == {*keys.LASTING, *get_args(Kind)}


def test_who_is_gone_gets_no_letter(post: Post) -> None:
    account = an_account(ada)
    with db.transaction():
        keys.send(account.id, "reset", ada.email)
    with db.transaction() as session:
        session.delete(session.merge(account))
    assert post.of(ada.email) == []
