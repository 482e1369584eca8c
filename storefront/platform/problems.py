"""What went wrong, as programs read it (RFC 9457); people's addresses never answer like this."""

import json
from http import HTTPStatus

from flask import Response, request

from storefront.platform import http

PROGRAMS = "/api/"  # where their addresses begin


def asked_by_program() -> bool:
    """Whether this address is one that programs call."""
    return request.path.startswith(PROGRAMS)


def problem(status: int, code: str | None, detail: str | None) -> Response:
    """The refusal: `code` is its stable name, `detail` a sentence."""
    title = HTTPStatus(status).phrase
    said = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": code or title.lower().replace(" ", "-"),
        "detail": detail,
        "request_id": http.request_id(),
    }
    body = json.dumps({name: value for name, value in said.items() if value is not None})
    response = Response(body, status, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    return response
