"""Write a letter: plain text and HTML from templates, with links that work outside a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formataddr
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale

from storefront.config import settings


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, words are in a language and addresses are whole, as if the shop's own page were asked for."""
    with current_app.test_request_context(base_url=settings().public_url), force_locale(language):
        yield


def letter(sender: tuple[str, str], to: str, subject: str, template: str, **context: Any) -> EmailMessage:
    """A mail made of `mail/<template>.txt` and `.html`; `sender` is a name and an address."""
    name, address = sender
    mail = EmailMessage()
    mail["Subject"] = " ".join(subject.split())
    mail["From"] = formataddr((name, settings().mail_from or address))
    mail["To"] = to
    mail["Reply-To"] = formataddr(sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(render_template(f"mail/{template}.txt", **context))
    mail.add_alternative(render_template(f"mail/{template}.html", **context), subtype="html")
    return mail
