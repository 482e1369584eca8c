"""Which kept page a request asks for: the same one whatever else stands in its address or its headers."""

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_host

from storefront.config import Settings
from storefront.platform import ROOT, http
from storefront.platform.caching.policies import BUILD, Build, Policy, policy_of
from storefront.platform.json_api.accepting import stands_apart

Environ = dict[str, Any]
MOST_LETTERS = 4000  # of an address; longer ones are answered and not kept
PASSED = (
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "REMOTE_ADDR",
    "HTTP_HOST",
    http.NAME,
    http.PURPOSE,
)
"""What of a request reaches the builder beside its address: nothing that a page may depend on. Limits do."""
FOLDERS = ("storefront", "static", "templates")
MACHINERY: tuple[str, ...] = (
    "host",
    "port",
    "storefront_var",
    "web_",
    "db_",
    "database_",
    "postgres_",
    "redis_",
    "secret_",
)
MACHINERY += ("smtp_", "mail_", "log_", "rate_", "cache_", "trusted_")

READ = (
    *("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    "HTTP_HX_REQUEST_TYPE",
)
"""All of a request that a page may depend on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A public page that somebody asks for."""

    key: str
    endpoint: str
    values: Mapping[str, Any]
    policy: Policy
    shop: str
    """Which shop is asked, in which version, for whole pages or for regions."""
    partial: bool
    environ: Environ
    """A request for it as nobody in particular would send it."""
    nowhere: bool = False
    """Whether it is known that nothing is there."""

    def asked(self, build: Build) -> Environ:
        """The request that builds it."""
        return self.environ | {"wsgi.input": BytesIO(), BUILD: build}

    @property
    def nothing(self) -> "Wanted":
        """The page that says there is nothing at addresses of this kind."""
        return replace(self, key=_key("nothing", self.shop, self.endpoint), nowhere=True)


class Addresses:
    """Reads requests; knows which views are public pages."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._house: tuple[Settings | None, str] = (None, "")

    def read(self, environ: Environ) -> Wanted | None:
        """The page a request asks for, unless that is none that may be kept."""
        if not _is_for_everybody(environ):
            return None
        try:
            routes = self._app.url_map.bind_to_environ(environ)
            endpoint, values = routes.match(method="GET")
            policy = policy_of(self._app.view_functions[endpoint])
            if policy is None:
                return None
            return self._wanted(environ, policy, endpoint, values)
        except (HTTPException, SQLAlchemyError):
            return None

    def _wanted(self, environ: Environ, policy: Policy, endpoint: str, values: Mapping[str, Any]) -> Wanted:
        given = parse_qsl(environ["QUERY_STRING"], keep_blank_values=True, errors="replace")
        query = ""
        if given:
            with self._app.app_context():
                query = urlencode(policy.allow(MultiDict(given)))
        settings: Settings = self._app.config["SETTINGS"]
        partial = http.asks_for_region(environ)
        where = (environ["wsgi.url_scheme"], settings.base_url or get_host(environ), environ["SCRIPT_NAME"])
        shop = repr((self._house_of(settings), where, partial))
        key = _key(policy.kind, shop, endpoint, sorted(values.items()), query)
        asked = _of_anybody(environ, query, partial=partial)
        return Wanted(key, endpoint, values, policy, shop, partial, asked)

    def _house_of(self, settings: Settings) -> str:
        """What pages are made of beside the database: another version of the shop makes other pages."""
        known, house = self._house
        if known is not settings:
            house = _digest(settings)
            self._house = settings, house
        return house


def as_it_came(environ: Environ, settings: Settings) -> tuple[Hashable, ...] | None:
    """What a copy is found by: each spelling of an address has its own. None for what none may answer."""
    if not _is_for_everybody(environ):
        return None
    return (id(settings), *(environ.get(name) for name in READ))


def _is_for_everybody(environ: Environ) -> bool:
    """Whether it may be answered by what is kept, whoever asks."""
    reading = environ["REQUEST_METHOD"] in ("GET", "HEAD") and len(environ["QUERY_STRING"]) <= MOST_LETTERS
    return reading and not stands_apart(environ)


def _key(kind: str, *said: object) -> str:
    return f"page:{kind}:{hashlib.sha256(repr(said).encode()).hexdigest()[:32]}"


def _of_anybody(environ: Environ, query: str, *, partial: bool) -> Environ:
    kept = {name: value for name, value in environ.items() if name in PASSED or name.startswith("wsgi.")}
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": environ["PATH_INFO"], "QUERY_STRING": query}
    return kept | asked | http.asking_for_region(partial=partial)


def _digest(settings: Settings) -> str:
    files = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.*")) if file.is_file()]
    made_of = [(file.name, status.st_size, status.st_mtime_ns) for file in files for status in [file.stat()]]
    told = {
        name: value
        for name, value in settings.model_dump(mode="json").items()
        if not name.startswith(MACHINERY)
    }
    return hashlib.sha256(repr((told, made_of)).encode()).hexdigest()[:16]
