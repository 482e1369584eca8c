"""What went wrong, as programs read it (RFC 9457); people's addresses never answer like this."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, request
from flask_babel import gettext as _

from storefront.platform import http
from storefront.platform.json_api.accepting import PROGRAMS

PEOPLES = ("/api/v1/docs", "/api/v1/redoc")  # pages that stand among the addresses of programs
KIND = "application/problem+json"


def asked_by_program() -> bool:
    """Whether this address is one that programs call."""
    return request.path.startswith(PROGRAMS) and request.path not in PEOPLES


def problem(
    status: int, code: str | None, detail: str | None, facts: Mapping[str, Any] | None = None
) -> Response:
    """The refusal: `code` is its stable name, `detail` a sentence, `facts` what is needed to go on."""
    title = HTTPStatus(status).phrase
    said = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code or title.lower().replace(" ", "-"),
        "detail": detail or _sentence(status),
        "request_id": http.request_id(),
    }
    body = json.dumps({name: value for name, value in said.items() if value is not None} | dict(facts or {}))
    response = Response(body, status, mimetype=KIND)
    response.headers["Cache-Control"] = "no-store"
    return response


def _sentence(status: int) -> str | None:
    """What is said where nobody said more."""
    match status:
        case 404:
            return _("There is nothing at this address.")
        case 405:
            return _("This address knows other methods: see the header Allow.")
        case 413:
            return _("This is larger than what is read.")
        case 429:
            return _("These are too many calls. The header Retry-After says when to come back.")
        case 500:
            return _("This is our mistake. It is noted under request_id.")
        case _:
            return _("The request cannot be read.") if status == 400 else None
