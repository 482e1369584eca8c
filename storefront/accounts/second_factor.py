"""The second factor: codes of an app that somebody carries, and codes on paper for when it is lost."""

import secrets
from collections.abc import Iterator

from sqlalchemy import delete, insert, or_, update

from storefront.accounts import notices, queries, signing
from storefront.accounts.models import Account, RecoveryCode, SignIn
from storefront.accounts.refusals import WrongCode
from storefront.platform import db, guard

CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@db.retried
def set_up(account_id: int, sign_in_id: int, secret: str, code: str) -> list[str]:
    """From now on signing in takes the app as well; returns recovery codes, which nobody can read again.

    Every other sign-in is over. Raises WrongCode.
    """
    counter = _counter(code, secret, None)
    with db.transaction() as session:
        chosen = {"totp_secret": secret, "totp_counter": counter}
        mine = update(Account).where(Account.id == account_id).values(**chosen)
        email = session.scalars(mine.returning(Account.email)).one()
        signing.end_all(account_id, sign_in_id)
        _given(sign_in_id)
        notices.owe(account_id, "second-factor", email)
        return _new_codes(account_id)


@db.retried
def give(account_id: int, sign_in_id: int, code: str) -> None:
    """The code of the app, or one from paper: each opens once. Raises WrongCode."""
    account = queries.account(account_id)
    if len(code.replace(" ", "")) > 8:
        _use_recovery_code(account, sign_in_id, code)
        return
    counter = _counter(code, account.totp_secret or "", account.totp_counter)
    with db.transaction() as session:
        newer = or_(Account.totp_counter.is_(None), Account.totp_counter < counter)
        mine = (Account.id == account_id, Account.totp_secret == account.totp_secret, newer)
        used = update(Account).where(*mine).values(totp_counter=counter).returning(Account.id)
        if session.scalar(used) is None:
            raise WrongCode
        _given(sign_in_id)


@db.retried
def renew_codes(account_id: int) -> list[str]:
    """Other recovery codes; those of before open nothing any more."""
    with db.transaction():
        return _new_codes(account_id)


def take_away(account_id: int) -> bool:
    """Somebody lost both: no second factor, no sign-in; returns whether there was one. Part of a change."""
    session = db.inside().session
    had = session.get_one(Account, account_id)
    before = had.totp_secret is not None
    session.execute(
        update(Account).where(Account.id == account_id).values(totp_secret=None, totp_counter=None)
    )
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    signing.end_all(account_id)
    notices.owe(account_id, "second-factor-gone", had.email)
    return before


def _use_recovery_code(account: Account, sign_in_id: int, code: str) -> None:
    with db.transaction() as session:
        kept = queries.hash_of(_plain(code))
        this = (RecoveryCode.account_id == account.id, RecoveryCode.code_hash == kept)
        unused = update(RecoveryCode).where(*this, RecoveryCode.used_at.is_(None))
        using = unused.values(used_at=db.inside().now).returning(RecoveryCode.account_id)
        if account.totp_secret is None or session.scalar(using) is None:
            raise WrongCode
        _given(sign_in_id)
        notices.owe(account.id, "recovery-code", account.email)


def _counter(code: str, secret: str, last: int | None) -> int:
    found = guard.one_time_codes().counter_of(code, secret, last) if secret else None
    if found is None:
        raise WrongCode
    return found


def _given(sign_in_id: int) -> None:
    db.inside().session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(second_factor="given"))


def _new_codes(account_id: int) -> list[str]:
    session, codes = db.inside().session, list(_made())
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    rows = [{"account_id": account_id, "code_hash": queries.hash_of(_plain(code))} for code in codes]
    session.execute(insert(RecoveryCode), rows)
    return codes


def _made() -> Iterator[str]:
    for _number in range(CODES):
        letters = "".join(secrets.choice(LETTERS) for _place in range(16))
        yield "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _plain(code: str) -> str:
    return "".join(char for char in code.casefold() if char.isalnum())
