"""A kept page as HTTP says it: in an encoding the reader knows, or the word that the reader has it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from storefront.platform.caching.entries import IDENTITY, Entry

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
PREFERRED = ("br", "gzip")
NOT_MODIFIED = {"content-type", "content-length", "content-encoding"}
"""What an answer without a body does not say."""


def answer(entry: Entry, environ: Environ, start_response: Any, more: Headers) -> Iterable[bytes]:
    """Send the page."""
    encoding = chosen(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if encoding not in entry.bodies:
        encoding = IDENTITY
    body = entry.bodies[encoding]
    headers = [*entry.headers, *more]
    if entry.etag:
        etag = f'"{entry.etag}{"-" + encoding if encoding else ""}"'
        headers.append(("ETag", etag))
        if _has(etag, environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response("304 NOT MODIFIED", [one for one in headers if one[0].lower() not in NOT_MODIFIED])
            return []
    if encoding:
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(body))))
    start_response(entry.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@lru_cache(maxsize=256)
def chosen(accepted: str) -> str:
    """The smallest encoding that the reader understands."""
    known = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        known[name.strip()] = weight.replace(" ", "").rstrip("0.") != "q="
    return next((name for name in PREFERRED if known.get(name)), IDENTITY)


def _has(etag: str, known: str) -> bool:
    """Whether the reader has these bytes; a proxy that compressed them again calls its copy weak."""
    return known.strip() == "*" or etag in {one.strip().removeprefix("W/") for one in known.split(",")}
