"""What a browser holds while somebody is signed in: one secret, whose hash is the key to a row."""

import secrets

from sqlalchemy import insert, update

from storefront.accounts.models import SignIn
from storefront.accounts.queries import hash_of
from storefront.platform import db, people

COOKIE = people.COOKIE
_BEGIN = insert(db.table(SignIn)).inline()


def begin(account_id: int, browser: str = "", second_factor: str = "none") -> str:
    """A new sign-in, with a secret that nobody had before; returns it. Part of a change."""
    here, key = db.inside(), secrets.token_urlsafe(32)
    moments = {"began_at": here.now, "seen_at": here.now, "fresh_at": here.now}
    row = {"account_id": account_id, "key_hash": hash_of(key), "browser": browser}
    here.execute(_BEGIN, row | moments | {"second_factor": second_factor})
    return key


def end(key: str) -> None:
    """The sign-in of this secret is over. Part of a change."""
    here = db.inside()
    this = (SignIn.key_hash == hash_of(key), SignIn.ended_at.is_(None))
    here.session.execute(update(SignIn).where(*this).values(ended_at=here.now))


def end_one(account_id: int, sign_in_id: int) -> None:
    """One of somebody's own is over. Part of a change."""
    here = db.inside()
    mine = (SignIn.account_id == account_id, SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
    here.session.execute(update(SignIn).where(*mine).values(ended_at=here.now))


def end_all(account_id: int, but: int | None = None) -> None:
    """Nobody is signed in as this person any more, but perhaps in one browser. Part of a change."""
    here = db.inside()
    open_ones = (SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    ending = update(SignIn).where(*open_ones).values(ended_at=here.now)
    here.session.execute(ending if but is None else ending.where(SignIn.id != but))
