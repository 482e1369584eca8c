"""Send a letter to whoever asks, to see whether mail leaves the house."""

import secrets
from dataclasses import dataclass
from email.message import EmailMessage

from flask_babel import gettext as _

from storefront.platform import db, mail
from storefront.platform.errors import Refusal
from storefront.platform.letters import letter
from storefront.shop.queries import facts

PATIENCE = 8.0  # seconds that somebody waits at a page


@dataclass
class NotSent(Refusal):
    """The mail server did not take it, and said why."""

    said: str
    status = 503
    code = "mail-not-sent"

    def message(self) -> str:
        return _("The mail server did not take the letter: %(said)s", said=self.said)


def send_a_test(to: str) -> None:
    """Send a letter now, and not by a job. Raises NotSent."""
    written = _written(to)
    db.release()
    try:
        mail.hand_over(written, PATIENCE)
    except (OSError, mail.Broken) as error:  # smtplib's own errors are OSErrors too.
        raise NotSent(f"{type(error).__name__}: {error}"[: mail.MAX_ERROR]) from None


def _written(to: str) -> EmailMessage:
    shop = facts()
    written = letter(
        (shop.name, shop.email), to, _("A test from %(shop)s", shop=shop.name), "test_letter", shop=shop
    )
    written["Message-ID"] = f"<test.{secrets.token_hex(8)}@{shop.email.rpartition('@')[2] or 'localhost'}>"
    return written
