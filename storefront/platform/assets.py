"""Static files: addressed by their contents, so that browsers keep them for a year; small on the wire."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request
from flask_compress import Compress

from storefront.config import Settings
from storefront.platform import ROOT

FOR_A_YEAR = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
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
        if response.direct_passthrough and response.mimetype != "font/woff2":
            # Read here, because whoever compresses it forgets to close the file.
            response.direct_passthrough = False
            response.make_sequence()
    return response
