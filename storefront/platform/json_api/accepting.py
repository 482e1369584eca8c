"""What a program says it can read, and whether its request may be answered by what is kept for everybody."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

JSON = "application/json"
PROGRAMS = "/api/"  # where the addresses of programs begin


@lru_cache(maxsize=256)
def takes(accepted: str, kind: str = JSON) -> bool:
    """Whether a header `Accept` lets this kind of document through."""
    return not accepted or parse_accept_header(accepted, MIMEAccept).quality(kind) > 0


def stands_apart(environ: Mapping[str, Any]) -> bool:
    """Whether a request to the API is answered for itself.

    A key sees more than strangers do, and what its owner is about to change is read as it is now.
    """
    if not environ["PATH_INFO"].startswith(PROGRAMS):
        return False
    return "HTTP_AUTHORIZATION" in environ or not takes(environ.get("HTTP_ACCEPT", ""))
