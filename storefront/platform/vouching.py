"""A form vouches for itself where a browser does not say which page it stands on."""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator

from flask import Flask, Request, g, has_request_context
from jinja2.ext import Extension

from storefront.config import Settings, settings
from storefront.platform import http

FIELD = "csrf_token"
HIDDEN = f'<input type="hidden" name="{FIELD}" value="{{{{ form_token() }}}}">'
HOLDERS = ("account", "cart")
"""Cookies that open something: a form is bound to the first of them that its reader has."""
KINDS = ("", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
"""What a form can send. A page of another site can send nothing else without asking us first."""
FORM = re.compile(r"<form\b((?:\{\{.*?\}\}|\{%.*?%\}|[^>])*)>.*?(?=</form>)", re.DOTALL)
CHANGES = re.compile(r"\bmethod\s*=\s*[\"']?post\b", re.IGNORECASE)


class Vouched(Extension):
    """Puts the token into every form that changes something, when its template is compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        del name, filename
        return FORM.sub(_with_token, source)


def init_app(app: Flask, _settings: Settings) -> None:
    """Teach templates to do so."""
    app.jinja_env.add_extension(Vouched)
    app.jinja_env.globals["form_token"] = form_token


def form_token() -> str:
    """What the hidden field holds. A kept page, which knows nobody, bears the same one for everybody.

    It may be the same in many answers: guessing it by the length of what is compressed takes many visits with
    the visitor's cookies, which browsers send from other sites with none but a click.
    """
    if "form_token" not in g:
        g.form_token = next(_tokens(_holder()))
    found: str = g.form_token
    return found


def vouched_for(asked: Request) -> bool:
    """Whether this may do what its cookies allow, though nobody says where it comes from.

    A program has no cookie of ours, so there is nothing that a page of another site could misuse; and
    what no form can send was not sent by one. Else our own page of this visitor must have made it.
    """
    if asked.method != "POST" or asked.mimetype not in KINDS:
        return True
    given, holder = asked.form.getlist(FIELD), _holder()
    if not given:
        return not holder
    right = [token.encode() for token in _tokens(holder)]
    return any(hmac.compare_digest(one.encode(), token) for one in given for token in right)


def _with_token(found: re.Match[str]) -> str:
    return f"{found[0]}{HIDDEN}" if CHANGES.search(found[1]) else found[0]


def _holder() -> str:
    found = [http.remembered(name) for name in HOLDERS] if has_request_context() else []
    return next(filter(None, found), "")


def _tokens(holder: str) -> Iterator[str]:
    """By today's SECRET_KEY, then by those that it replaced."""
    for secret in (settings().secret_key, *settings().secret_key_fallbacks):
        digest = hmac.digest(secret.get_secret_value().encode(), f"form:{holder}".encode(), "sha256")
        yield urlsafe_b64encode(digest[:16]).decode().rstrip("=")
