"""Static files: addressed by their contents, so that browsers keep them for a year; small on the wire."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

import brotli
from flask import Flask, Response, request
from flask_compress import Compress

from storefront.config import Settings
from storefront.platform import ROOT

TEXTS = {"text/css", "text/javascript", "image/svg+xml"}
FOR_A_YEAR = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
LARGE = 300_000  # bytes
NEEDLESS = ("Content-Disposition", "Last-Modified")
"""What werkzeug says of a file though it goes without saying, or its tag says it: a first view loads many."""
BY_NAME = (".woff2",)  # The style sheet names them, so their address is fixed; a new face gets a new name.


def init_app(app: Flask, _settings: Settings) -> None:
    """Version the addresses of static files, and compress whatever is text."""
    app.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    app.config["COMPRESS_BR_LEVEL"] = 5
    Compress(app)
    app.after_request(_keep)
    app.url_defaults(_version)


def _version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and not values["filename"].endswith(BY_NAME):
        file = ROOT / "static" / values["filename"]
        values.setdefault("v", _digest(file, file.stat().st_mtime_ns))


@lru_cache
def _digest(file: Path, _changed: int) -> str:
    """Read again only when the file has changed."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in (200, 304):
        named = "v" in request.args or request.path.endswith(BY_NAME)
        response.headers["Cache-Control"] = FOR_A_YEAR if named else FOR_AN_HOUR
        for name in NEEDLESS:
            response.headers.pop(name, None)
        if response.direct_passthrough and response.mimetype != "font/woff2":
            # Read here, because whoever compresses it forgets to close the file.
            response.direct_passthrough = False
            response.make_sequence()
            _squeeze(response)
    return response


def _squeeze(response: Response) -> None:
    """As small as it gets, since it is done once: a tenth smaller than what pages are given in passing."""
    if response.status_code != 200 or not request.accept_encodings["br"] or response.mimetype not in TEXTS:
        return
    response.set_data(_smallest(response.get_data()))
    response.headers["Content-Encoding"] = "br"
    response.vary.add("Accept-Encoding")
    tag, _weak = response.get_etag()
    response.set_etag(tag or "", weak=True)  # The same file, in other bytes.


@lru_cache(maxsize=32)
def _smallest(content: bytes) -> bytes:
    quality = 11 if len(content) < LARGE else 5  # A reader waits meanwhile, for seconds if it is large.
    squeezed: bytes = brotli.compress(content, quality=quality)
    return squeezed
