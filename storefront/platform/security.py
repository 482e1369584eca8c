"""What browsers are told to refuse, and what we refuse ourselves: forms sent from other sites."""

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_babel import gettext as _

from storefront.config import Settings
from storefront.platform import kept_forms, people, vouching
from storefront.platform.errors import Refusal
from storefront.platform.people import (
    ROLES,
    NotSignedIn,
    NotYours,
    Person,
    demand_fresh,
    demand_person,
    person,
    staff_only,
)

__all__ = [
    "ROLES",
    "NotSignedIn",
    "NotYours",
    "Person",
    "demand_fresh",
    "demand_person",
    "person",
    "staff_only",
]

log = logging.getLogger(__name__)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; "
    "report-uri /csp-reports"
)
WITH_STYLES = CONTENT_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""For ReDoc's page alone, whose script makes its styles."""
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "X-Frame-Options": "DENY",
}
# What is no page can do little: a file says the same in fewer words, because a first view loads a dozen.
FOR_FILES = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
FILES = ("image/", "font/", "text/css", "text/javascript")
HSTS = "max-age=31536000; includeSubDomains"


class ForeignForm(Refusal):
    """A change was asked for by a page of another site."""

    status = 403
    code = "foreign-form"

    def message(self) -> str:
        return _("This form was sent from another site. Please open the page in this shop and try again.")


def init_app(app: Flask, settings: Settings) -> None:
    """Guard every request and sign every answer."""

    def protect(response: Response) -> Response:
        if settings.secure_cookies or request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        told = FOR_FILES if (response.mimetype or "").startswith(FILES) else HEADERS
        said = {name for name, _value in response.headers}
        response.headers.extend({name: value for name, value in told.items() if name not in said})
        return response

    vouching.init_app(app, settings)
    app.before_request(refuse_foreign_forms)
    app.after_request(protect)
    people.init_app(app, settings)


def refuse_foreign_forms() -> Response | None:
    """Unsafe methods must come from our own pages (OWASP: fetch metadata, else Origin, else a token).

    Whoever says nothing of the kind is asked whether they meant it. Raises ForeignForm.
    """
    if request.method in SAFE_METHODS:
        return None
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            raise ForeignForm
        return None
    origin = request.headers.get("Origin")
    if origin is not None:
        if not _is_ours(origin):
            raise ForeignForm
        return None
    if vouching.vouched_for(request):
        return None
    if asked := kept_forms.shown_again("errors/unvouched.html", ForeignForm.status):
        log.info("refused: unvouched-form")
        return asked
    raise ForeignForm


def _is_ours(origin: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (request.scheme, request.host)
