"""What somebody changes about their own account: name, password, mail; and a forgotten password."""

from datetime import timedelta

from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError

from storefront.accounts import emails, keys, notices, passwords, queries, signing
from storefront.accounts.models import Account
from storefront.accounts.refusals import LinkOver, WrongPassword
from storefront.platform import db, jobs
from storefront.platform.keys.actions import end_tokens

A_DAY = timedelta(days=1)
MOST_RESETS = 3
"""Letters a day to one address."""


@db.retried
def change_details(account_id: int, name: str, phone: str) -> None:
    """Somebody is called something else."""
    with db.transaction() as session:
        session.execute(update(Account).where(Account.id == account_id).values(name=name, phone=phone))


@db.retried
def change_password(account_id: int, current: str, new: str, browser: str, second_factor: str) -> str:
    """Another password, and no other sign-in any more; returns what this browser keeps from now on.

    Raises WrongPassword or TooManyAtOnce.
    """
    account = queries.account(account_id)
    db.release()
    if not passwords.matches(current, account.password):
        raise WrongPassword
    kept = passwords.hashed(new)
    with db.transaction() as session:
        mine = update(Account).where(Account.id == account_id, Account.password == account.password)
        if session.scalar(mine.values(password=kept).returning(Account.id)) is None:
            raise WrongPassword
        _password_changed(account_id, account.email)
        return signing.begin(account_id, browser, second_factor)


@db.retried
def forget_password(email: str) -> None:
    """Somebody says they forgot it.

    Whether there is such an account is asked by a job, so that nobody can tell from the time this takes.
    """
    with db.transaction():
        jobs.defer("accounts.find_forgotten", email_key=emails.key_of(email))


@db.retried
def send_reset(email_key: str) -> None:
    """Owe the letter with the link, if there is such an account, and not too often."""
    with db.transaction():
        found = queries.account_of(email_key)
        if found and keys.lately(found.id, "reset", A_DAY) < MOST_RESETS:
            keys.send(found.id, "reset", found.email)


@db.retried
def reset_password(token: str, new: str) -> None:
    """Choose a password by the link of a letter, which proves the address, too; every sign-in is over.

    Raises LinkOver or TooManyAtOnce.
    """
    key = keys.read(token, "reset", "invite")
    db.release()
    kept = passwords.hashed(new)
    with db.transaction() as session:
        keys.use(key)
        mine = (Account.id == key.account_id, Account.email == key.email, Account.active)
        proved = func.coalesce(Account.confirmed_at, db.inside().now)
        chosen = update(Account).where(*mine).values(password=kept, confirmed_at=proved)
        if session.scalar(chosen.returning(Account.id)) is None:
            raise LinkOver
        _password_changed(key.account_id, key.email)


@db.retried
def ask_to_change_email(account_id: int, email: str) -> None:
    """Owe a link to the new address and a word to the old one; a taken address is told nothing new."""
    with db.transaction() as session:
        mine = session.get_one(Account, account_id)
        other = queries.account_of(email)
        if other is None or other.id == account_id:
            if keys.lately(account_id, "change-email", timedelta(hours=1)) < MOST_RESETS:
                keys.send(account_id, "change-email", email)
                notices.owe(account_id, "email-asked", mine.email)
        else:
            notices.owe(other.id, "already", other.email)


@db.retried
def change_email(account_id: int, token: str) -> None:
    """The new address is theirs; both are told. Raises LinkOver, also when somebody else has it by now."""
    key = keys.read(token, "change-email")
    if key.account_id != account_id:
        raise LinkOver
    try:
        with db.transaction() as session:
            keys.use(key)
            keys.end(account_id, "reset", "confirm")
            before = session.get_one(Account, account_id).email
            new = {"email": key.email, "email_key": emails.key_of(key.email)}
            session.execute(update(Account).where(Account.id == account_id).values(**new))
            for address in (before, key.email):
                notices.owe(account_id, "email-changed", address)
    except IntegrityError:
        raise LinkOver from None


def _password_changed(account_id: int, email: str) -> None:
    signing.end_all(account_id)
    end_tokens(account_id)
    keys.end(account_id, "reset", "invite", "confirm")
    notices.owe(account_id, "password", email)
