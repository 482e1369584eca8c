"""Write a letter: plain text and HTML from templates, with links that work outside a request."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr
from typing import Any

from flask import current_app, render_template

from storefront.config import settings
from storefront.platform.i18n import spoken_in


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, words are in a language and addresses are whole, as if the shop's own page were asked for."""
    with current_app.test_request_context(base_url=settings().public_url), spoken_in(language):
        yield


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes with a letter."""

    name: str
    data: bytes
    kind: tuple[str, str] = ("application", "pdf")


def letter(
    sender: tuple[str, str],
    to: str,
    subject: str,
    template: str,
    *,
    attached: Sequence[Attachment] = (),
    **context: Any,
) -> EmailMessage:
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
    for file in attached:
        main, sub = file.kind
        mail.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
    return mail
