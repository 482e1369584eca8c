"""One call over HTTP from any address of the world, as a proxy in front tells it."""

from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from itertools import count
from urllib.parse import urlencode, urlsplit

from tests.inspecting import PARTIAL
from tests.serving import LiveServer

_visitors = count(1)


@dataclass(frozen=True, slots=True)
class Called:
    """What came back."""

    status: int
    headers: HTTPMessage
    text: str


class Caller:
    """Somebody with an address of their own."""

    def __init__(self, server: LiveServer, address: str = "") -> None:
        number = next(_visitors)
        self.address = address or f"198.18.{number >> 8}.{number & 255}"
        where = urlsplit(server.url)
        self._where = where.hostname or "", where.port

    def get(self, path: str, **headers: str) -> Called:
        return self._call("GET", path, b"", headers)

    def region(self, path: str) -> Called:
        """The region of a page that htmx asks for."""
        return self._call("GET", path, b"", PARTIAL)

    def ahead(self, path: str) -> Called:
        """A page that a browser fetches in case somebody goes there."""
        return self._call("GET", path, b"", {"Sec-Purpose": "prefetch"})

    def post(self, path: str, **form: str) -> Called:
        said = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        return self._call("POST", path, urlencode(form).encode(), said)

    def _call(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Called:
        with closing(HTTPConnection(*self._where, timeout=30)) as line:
            line.request(method, path, body, {"X-Forwarded-For": self.address} | headers)
            answer = line.getresponse()
            return Called(answer.status, answer.headers, answer.read().decode())
