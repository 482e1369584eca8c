"""Fetch a file from an address that somebody else wrote down, without being led into our own network."""

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Event, Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from flask_babel import gettext as _

SECONDS = 10  # for all of it, redirects included
REDIRECTS = 3
ELSEWHERE = {301, 302, 303, 307, 308}
LATER = {408, 425, 429}  # of the 4xx, those that a second try may help
PLAIN = "/%:@!$&'()*+,;=~"  # stands in addresses as it is
NAT64 = IPv6Network("64:ff9b::/96")
HEADERS = {
    "User-Agent": "Storefront",
    "Accept": "image/avif,image/webp,image/jpeg,image/png,image/gif",
    "Connection": "close",
}

IP = IPv4Address | IPv6Address


class NotFetched(Exception):
    """The file did not come; `hopeless` when it will not come another time either."""

    def __init__(self, reason: str, *, hopeless: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hopeless = hopeless


def is_public(ip: IP) -> bool:
    """Whether an address is out in the world, not of this machine or the networks around it."""
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return is_public(ip.ipv4_mapped)
        if ip in NAT64:
            return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.sixtofour or ip.teredo or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def fetch(address: str, most: int, *, allowed: Callable[[IP], bool] = is_public) -> bytes:
    """The content of at most so many bytes. Raises NotFetched.

    Every address of the host is looked at, and the connection goes to one that was: the name is not
    asked again, so that it cannot lead elsewhere meanwhile. `allowed` is another rule for tests only.
    """
    deadline = time.monotonic() + SECONDS
    for _hop in range(REDIRECTS + 1):
        found = _ask(address, most, deadline, allowed)
        if isinstance(found, bytes):
            return found
        address = urljoin(address, found)
    raise NotFetched(_("It is moved on and on."), hopeless=True)


def _ask(address: str, most: int, deadline: float, allowed: Callable[[IP], bool]) -> bytes | str:
    """The content, or where it is instead. Raises NotFetched."""
    parts = _parts(address)
    host, port = _host(parts)
    ip = _looked_up(host, port, allowed)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    late = Event()
    try:
        connection = kind(host, port, timeout=_left(deadline))
        # With a socket of its own it never looks the name up again.
        connection.sock = _socket(ip, port, host if parts.scheme == "https" else None, deadline)
        with _hung_up(connection.sock, deadline, late):
            connection.request("GET", _path(parts), headers=HEADERS)
            with connection.getresponse() as response:
                answer = _read(response, most)
    except (OSError, HTTPException, ValueError):
        raise NotFetched(
            _too_slow() if late.is_set() else _("%(host)s does not answer.", host=host)
        ) from None
    if late.is_set():  # What is cut off looks like an end.
        raise NotFetched(_too_slow())
    return answer


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise NotFetched(_("That is no address."), hopeless=True) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise NotFetched(_("That is no address of the web."), hopeless=True)
    if parts.username is not None:
        raise NotFetched(_("There is a name or password in the address."), hopeless=True)
    return parts


def _host(parts: SplitResult) -> tuple[str, int]:
    try:
        name = (parts.hostname or "").encode("idna").decode()
    except UnicodeError:
        raise NotFetched(_("That is no address of the web."), hopeless=True) from None
    return name, parts.port or (443 if parts.scheme == "https" else 80)


def _path(parts: SplitResult) -> str:
    """What is asked for, with anything that is no plain character spelled out."""
    path, query = quote(parts.path or "/", safe=PLAIN), quote(parts.query, safe=f"{PLAIN}?[]")
    return f"{path}?{query}" if query else path


def _looked_up(host: str, port: int, allowed: Callable[[IP], bool]) -> str:
    """An address of the host, all of which were looked at. Raises NotFetched."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(_("Nobody knows where %(host)s is.", host=host)) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not all(allowed(ip_address(one.partition("%")[0])) for one in addresses):
        raise NotFetched(_("%(host)s is no public address.", host=host), hopeless=True)
    return addresses[0]


def _socket(ip: str, port: int, name: str | None, deadline: float) -> socket.socket:
    plain = socket.create_connection((ip, port), _left(deadline))
    if name is None:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=name)
    except BaseException:
        plain.close()
        raise


@contextmanager
def _hung_up(line: socket.socket, deadline: float, late: Event) -> Iterator[None]:
    """Cut the line at the deadline: whoever sends a byte now and then keeps no worker for ever."""

    def hang_up() -> None:
        late.set()
        # Not TLS's own farewell, which would wait for the other side.
        socket.socket.shutdown(line, socket.SHUT_RDWR)

    timer = Timer(_left(deadline), hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        line.close()


def _read(response: HTTPResponse, most: int) -> bytes | str:
    """Raises NotFetched."""
    elsewhere = response.headers["Location"]
    if response.status in ELSEWHERE and elsewhere:
        return str(elsewhere)
    if response.status != 200:
        hopeless = 400 <= response.status < 500 and response.status not in LATER
        raise NotFetched(_("The answer was %(status)s.", status=response.status), hopeless=hopeless)
    length = response.length
    content = b"" if length and length > most else response.read(most + 1)
    if max(length or 0, len(content)) > most:
        raise NotFetched(_("It is larger than %(limit)s MB.", limit=most // 1024**2), hopeless=True)
    if length and len(content) < length:
        raise NotFetched(_("Only a part of it came."))
    return content


def _left(deadline: float) -> float:
    """Seconds until then. Raises NotFetched when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise NotFetched(_too_slow())
    return left


def _too_slow() -> str:
    return _("It took longer than %(limit)s seconds.", limit=SECONDS)
