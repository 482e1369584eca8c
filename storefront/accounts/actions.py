"""Sign up, confirm, sign in and out. Passwords are hashed before the transaction opens, never in it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from storefront.accounts import emails, keys, notices, passwords, queries, signing
from storefront.accounts.models import Account, MailedKey, SignIn
from storefront.accounts.refusals import LinkOver, Unconfirmed, WrongPassword
from storefront.platform import db

MOST_LETTERS = 5
"""Of one kind, to one address, in an hour: a stranger's mailbox is not to be filled by us."""


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody types who wants an account."""

    name: str
    email: str
    phone: str
    password: str
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Opened:
    """A sign-in that began: what the browser keeps, and whether a second factor is still owed."""

    key: str
    owes_second_factor: bool


@db.retried
def sign_up(wish: SignUp) -> None:
    """Make an account and owe a letter that confirms it; who has one is told so by letter, and nobody else.

    Until it is confirmed, whoever signs up last has said what it holds: nobody can take an address by
    being first. Raises TooManyAtOnce.
    """
    kept = passwords.hashed(wish.password)
    with db.transaction() as session:
        said = {"name": wish.name, "email": wish.email, "phone": wish.phone, "locale": wish.locale}
        new = insert(Account).values(
            **said, email_key=emails.key_of(wish.email), password=kept, created_at=db.inside().now
        )
        taken = new.on_conflict_do_update(
            index_elements=[Account.email_key],
            set_=said | {"password": kept},
            where=Account.confirmed_at.is_(None) & Account.active,
        )
        made = session.scalar(taken.returning(Account.id))
        if made is None:
            notices.owe_by_email(emails.key_of(wish.email), "already")
        elif keys.lately(made, "confirm", timedelta(hours=1)) < MOST_LETTERS:
            keys.send(made, "confirm", wish.email)


@db.retried
def confirm(token: str, password: str, browser: str) -> Opened:
    """The address is theirs, and the password is the one that was chosen: they are signed in.

    Whoever else typed their address into the form does not get in by their click. Raises LinkOver,
    WrongPassword or TooManyAtOnce.
    """
    key = keys.read(token, "confirm")
    account = queries.account(key.account_id)
    if not passwords.matches(password, account.password):
        raise WrongPassword
    with db.transaction() as session:
        keys.use(key)
        mine = (Account.id == key.account_id, Account.email == key.email)
        proved = update(Account).where(*mine, Account.password == account.password, Account.active)
        if session.scalar(proved.values(confirmed_at=db.inside().now).returning(Account.id)) is None:
            raise LinkOver
        return _open(account, browser)


@db.retried
def sign_in(email: str, password: str, browser: str, before: str | None = None) -> Opened:
    """Somebody comes in; whoever was signed in in this browser is not any more.

    Raises WrongPassword (as slowly where there is no account), Unconfirmed, or TooManyAtOnce.
    """
    account = queries.account_of(email)
    db.release()
    right = passwords.matches(password, account.password if account else None)
    if account is None or not right:
        raise WrongPassword
    if account.confirmed_at is None:
        send_confirmation(account.id)
        raise Unconfirmed
    stronger = passwords.hashed(password) if passwords.outdated(account.password or "") else account.password
    with db.transaction() as session:
        same = (Account.id == account.id, Account.password == account.password, Account.active)
        if (
            session.scalar(update(Account).where(*same).values(password=stronger).returning(Account.id))
            is None
        ):
            raise WrongPassword
        if before:
            signing.end(before)
        return _open(account, browser)


@db.retried
def send_confirmation(account_id: int) -> None:
    """Owe the letter once more, unless it was owed too often."""
    with db.transaction() as session:
        account = session.get_one(Account, account_id)
        if keys.lately(account_id, "confirm", timedelta(hours=1)) < MOST_LETTERS:
            keys.send(account_id, "confirm", account.email)


@db.retried
def sign_out(key: str) -> None:
    """The browser's secret is worth nothing any more, whoever has a copy of it."""
    with db.transaction():
        signing.end(key)


@db.retried
def end_other_sign_ins(account_id: int, but: int) -> None:
    """Somebody is signed in here alone."""
    with db.transaction():
        signing.end_all(account_id, but)


@db.retried
def end_sign_in(account_id: int, sign_in_id: int) -> None:
    """Somebody is not signed in in one of their browsers any more."""
    with db.transaction():
        signing.end_one(account_id, sign_in_id)


@db.retried
def prove_again(account_id: int, sign_in_id: int, password: str) -> None:
    """The password was typed here once more. Raises WrongPassword or TooManyAtOnce."""
    kept = queries.account(account_id).password
    db.release()
    if not passwords.matches(password, kept):
        raise WrongPassword
    with db.transaction() as session:
        here = update(SignIn).where(SignIn.id == sign_in_id, SignIn.account_id == account_id)
        session.execute(here.values(fresh_at=db.inside().now))


@db.retried
def note_seen(sign_in_id: int) -> None:
    """Somebody who is signed in was here just now."""
    with db.transaction() as session:
        lately = db.inside().now - timedelta(seconds=30)
        seen = (SignIn.id == sign_in_id, SignIn.seen_at < lately, SignIn.ended_at.is_(None))
        session.execute(update(SignIn).where(*seen).values(seen_at=db.inside().now))


def sweep() -> int:
    """Forget sign-ins and links that nobody can use for a long time now; returns how many."""
    with db.transaction() as session:
        long_ago = db.inside().now - queries.MOST
        over = delete(SignIn).where(SignIn.seen_at < long_ago).returning(SignIn.id)
        old = delete(MailedKey).where(MailedKey.expires_at < long_ago).returning(MailedKey.id)
        return sum(len(session.scalars(one).all()) for one in (over, old))


def _open(account: Account, browser: str) -> Opened:
    owed = account.totp_secret is not None
    return Opened(signing.begin(account.id, browser, "owed" if owed else "none"), owed)
