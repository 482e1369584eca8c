"""Ada, Ben and Charlie with accounts, and signed in, as if they had typed everything."""

from functools import cache

from flask_security import hash_password
from sqlalchemy import select

from storefront.accounts import emails, signing
from storefront.accounts.models import Account, Role
from storefront.platform import clock, db, guard, http
from tests.characters import Person, charlie
from tests.inspecting import InspectingClient

PASSWORD = "three blue kettles"
"""What all of them typed when they signed up."""


@cache
def hashed(password: str = PASSWORD) -> str:
    """It takes a while, so each is hashed once."""
    return hash_password(password)


def an_account(who: Person, *roles: str, confirmed: bool = True) -> Account:
    """Somebody's account, the same each time; with roles they are staff."""
    now = clock.now()
    with db.transaction() as session:
        found = session.scalars(select(Account).where(Account.email_key == emails.key_of(who.email))).first()
        if found is None:
            found = Account(
                email=who.email,
                email_key=emails.key_of(who.email),
                name=who.name,
                phone=who.phone,
                password=hashed(),
                created_at=now,
                confirmed_at=now if confirmed else None,
            )
            session.add(found)
            session.flush()
        held = set(session.scalars(select(Role.name).where(Role.account_id == found.id)))
        session.add_all(Role(account_id=found.id, name=role) for role in sorted({*roles} - held))
    return found


def signed_in(client: InspectingClient, who: Person) -> Account:
    """Somebody is signed in in this browser."""
    account = an_account(who)
    sign_in(client, account)
    return account


def staff(client: InspectingClient, *roles: str, who: Person = charlie) -> Account:
    """Charlie is signed in in this browser, with the second factor, and has these roles."""
    account = an_account(who, *(roles or ("owner",)))
    with db.transaction() as session:
        row = session.get_one(Account, account.id)
        row.totp_secret = row.totp_secret or guard.one_time_codes().generate_totp_secret()
    sign_in(client, account, "given")
    return account


def sign_in(client: InspectingClient, account: Account, second_factor: str = "none") -> str:
    """The row and the cookie that typing the password makes."""
    with db.transaction():
        key = signing.begin(account.id, "Firefox on Linux", second_factor)
    client.set_cookie(http.cookie_name(signing.COOKIE), key)
    return key
