"""Who works at the shop: hire somebody, say what they may do, suspend them, and help who lost the phone."""

from collections.abc import Collection
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql

from storefront.accounts import emails, keys, passwords, second_factor, signing, turns
from storefront.accounts.models import Account, Role
from storefront.platform import audit, db
from storefront.platform.errors import Refusal


class NobodyThere(Refusal):
    """There is no member of staff with this address."""

    status = 404
    code = "nobody-there"

    def message(self) -> str:
        return _("No member of staff has this e-mail address.")


class LastOwner(Refusal):
    """Nobody else could let anybody in again."""

    code = "last-owner"

    def message(self) -> str:
        return _("This is the last owner who may sign in. Make somebody else an owner first.")


@dataclass(frozen=True, slots=True)
class Hire:
    """Who comes to work here, and what for; without a password they are invited by letter."""

    name: str
    email: str
    roles: frozenset[str]
    password: str | None = None


@db.retried
def hire(wish: Hire) -> int:
    """Give somebody roles, with a new account or the one they have; returns its id.

    Who has an account keeps its password. Raises TooManyAtOnce.
    """
    kept = passwords.hashed(wish.password) if wish.password else None
    with db.transaction() as session:
        here = db.inside()
        new = postgresql.insert(Account).values(
            name=wish.name,
            email=wish.email,
            email_key=emails.key_of(wish.email),
            password=kept,
            created_at=here.now,
            confirmed_at=here.now if kept else None,
        )
        session.execute(new.on_conflict_do_nothing(index_elements=[Account.email_key]))
        this = select(Account).where(Account.email_key == emails.key_of(wish.email))
        account = session.scalars(this).one()
        if account.password is None:
            keys.send(account.id, "invite", account.email)
        _set_roles(account, wish.roles)
    return account.id


@db.retried
def change_roles(account_id: int, roles: Collection[str]) -> None:
    """Somebody may do other things from now on; without any they are a customer. Raises LastOwner."""
    with db.transaction() as session:
        turns.take_for_staff()
        _set_roles(session.get_one(Account, account_id), roles)
        _demand_an_owner()


@db.retried
def suspend(account_id: int) -> None:
    """They may not sign in, and are not signed in, until they are let in again. Raises LastOwner."""
    with db.transaction() as session:
        turns.take_for_staff()
        account = session.get_one(Account, account_id)
        audit.note("accounts", account_id, {"active": account.active}, {"active": False})
        account.active = False
        session.flush()
        signing.end_all(account_id)
        keys.end(account_id, "reset", "invite", "confirm", "change-email")
        _demand_an_owner()


@db.retried
def let_in_again(account_id: int) -> None:
    """They may sign in again; who never chose a password is sent a new link."""
    with db.transaction() as session:
        account = session.get_one(Account, account_id)
        audit.note("accounts", account_id, {"active": account.active}, {"active": True})
        account.active = True
        if account.password is None:
            keys.send(account_id, "invite", account.email)


@db.retried
def end_sign_ins(account_id: int) -> None:
    """Somebody is signed out everywhere."""
    with db.transaction():
        signing.end_all(account_id)
        audit.note("accounts", account_id, {"signed_in": True}, {"signed_in": False})


@db.retried
def reset_second_factor(email: str) -> bool:
    """Somebody lost phone and paper: the next sign-in begins with a new second factor.

    Returns whether there was one. Raises NobodyThere.
    """
    with db.transaction() as session:
        this = select(Account.id).where(Account.email_key == emails.key_of(email))
        account_id = session.scalar(this.where(Account.roles.any()))
        if account_id is None:
            raise NobodyThere
        had = second_factor.take_away(account_id)
        audit.note("accounts", account_id, {"second_factor": had}, {"second_factor": False})
    return had


def _set_roles(account: Account, roles: Collection[str]) -> None:
    session = db.inside().session
    held = set(session.scalars(select(Role.name).where(Role.account_id == account.id)))
    wanted = set(roles)
    for name in sorted(wanted - held):
        session.execute(insert(Role).values(account_id=account.id, name=name))
    gone = (Role.account_id == account.id, Role.name.in_(held - wanted))
    session.execute(delete(Role).where(*gone))
    if held != wanted:
        signing.end_all(account.id)  # What they may do is looked up anew, and their idle time is another.
    audit.note("accounts", account.id, {"roles": sorted(held)}, {"roles": sorted(wanted)})


def _demand_an_owner() -> None:
    owners = select(Account.id).join(Role).where(Role.name == "owner", Account.active)
    if db.inside().session.scalars(owners.limit(1)).first() is None:
        raise LastOwner
