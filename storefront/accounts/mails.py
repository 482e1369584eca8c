"""The letters about an account: links that prove who reads them, and what happened."""

from email.message import EmailMessage

from flask_babel import gettext as _
from sqlalchemy import select

from storefront.accounts import keys, queries
from storefront.accounts.models import MailedKey
from storefront.platform import db
from storefront.platform.letters import letter, speaking
from storefront.platform.mail import Message
from storefront.shop import queries as shop_queries


def purpose_of(key_id: int) -> str | None:
    """What a link is for; None when its account is gone."""
    return db.session.scalar(select(MailedKey.purpose).where(MailedKey.id == key_id))


def with_link(key_id: int) -> EmailMessage:
    """Confirm your address, choose a new password, or the like."""
    key = db.session.get_one(MailedKey, key_id)
    account = queries.account(key.account_id)
    shop = shop_queries.read()
    with speaking(account.locale):
        subject = {
            "confirm": _("Please confirm your e-mail address"),
            "reset": _("Choose a new password"),
            "change-email": _("Please confirm your new e-mail address"),
            "invite": _("You are invited to work at %(shop)s", shop=shop.name),
        }[key.purpose]
        return letter(
            (shop.name, shop.email),
            key.email,
            f"{subject} – {shop.name}",
            f"account_{key.purpose.replace('-', '_')}",
            shop=shop,
            account=account,
            token=keys.token_of(key),
            days=keys.LASTING[key.purpose].days,
            hours=keys.LASTING[key.purpose].seconds // 3600,
            heading=subject,
        )


def notice(kind: str, account_id: int, key: str) -> EmailMessage:
    """Something happened to your account."""
    account, shop = queries.account(account_id), shop_queries.read()
    to = db.session.scalars(select(Message.recipient).where(Message.dedupe_key == key)).one()
    with speaking(account.locale):
        subject, sentence = _said(kind, account.email)
        return letter(
            (shop.name, shop.email),
            to,
            f"{subject} – {shop.name}",
            "account_notice",
            shop=shop,
            account=account,
            kind=kind,
            heading=subject,
            sentence=sentence,
        )


def _said(kind: str, email: str) -> tuple[str, str]:
    return {
        "already": (
            _("You have an account already"),
            _("somebody, perhaps you, wanted to make an account for this address. There is one already."),
        ),
        "password": (
            _("Your password was changed"),
            _("your password was changed just now, and you were signed out everywhere else."),
        ),
        "email-asked": (
            _("Your e-mail address is about to change"),
            _("somebody who is signed in as you asked to use another e-mail address from now on."),
        ),
        "email-changed": (
            _("Your e-mail address was changed"),
            _("your account belongs to %(email)s from now on.", email=email),
        ),
        "second-factor": (
            _("Your second factor was set up"),
            _("from now on signing in takes a code of your app, too."),
        ),
        "second-factor-gone": (
            _("Your second factor was taken away"),
            _("the shop took away your second factor and signed you out. Please set up a new one."),
        ),
        "recovery-code": (
            _("A recovery code was used"),
            _("somebody signed in as you with a recovery code. It does not work again."),
        ),
    }[kind]
