"""Who did something, in words: rows remember a kind and a number."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import select

from storefront.accounts.models import Account
from storefront.platform import db
from storefront.platform.keys.models import ApiKey

Who = tuple[str, str | None]
"""The kind of an actor and which one, as ledgers, histories and the audit log keep them."""


def names(actors: Iterable[Who]) -> dict[Who, str]:
    """What each is called. Two statements at most, however many there are."""
    wanted = set(actors)
    accounts = _of_accounts({_key(which) for kind, which in wanted if kind in ("staff", "customer")})
    keys = _of_keys({_key(which) for kind, which in wanted if kind == "key"})
    return {(kind, which): _said(kind, which, accounts, keys) for kind, which in wanted}


def _key(which: str | None) -> int:
    return int(which) if which and which.isdigit() else 0


def _of_accounts(ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = select(Account.id, Account.name, Account.email).where(Account.id.in_(ids))
    return {key: name or email for key, name, email in db.session.execute(query)}


def _of_keys(ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = select(ApiKey.id, ApiKey.name).where(ApiKey.id.in_(ids))
    return dict(db.session.execute(query).all())


def _said(kind: str, which: str | None, accounts: dict[int, str], keys: dict[int, str]) -> str:
    key = _key(which)
    if kind == "staff":
        return accounts.get(key) or _("Staff no. %(number)s", number=which)
    if kind == "customer":
        return _("%(name)s (customer)", name=accounts.get(key) or _("no. %(number)s", number=which))
    if kind == "key":
        return _("Key “%(name)s”", name=keys.get(key) or which)
    if kind == "job":
        return _("The shop itself")
    return {"cli": _("A command"), "visitor": _("A visitor")}.get(kind, kind)
