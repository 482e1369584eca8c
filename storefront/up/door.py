"""The listening socket, opened here and lent to gunicorn.

So a port in use is told before anything starts, and while gunicorn is started again shoppers wait in
line instead of being turned away.
"""

import errno
import re
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

from storefront.embedded.child import Child
from storefront.embedded.patience import pause
from storefront.embedded.trouble import Trouble

BACKLOG = 512


@contextmanager
def opened(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there. Raises Trouble."""
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
        both = host == "::" and socket.has_dualstack_ipv6()
        listening = socket.create_server(where[:2], family=family, backlog=BACKLOG, dualstack_ipv6=both)
    except OSError as error:
        raise Trouble(_why(error, host, port)) from None
    with listening:
        yield listening


def address(listening: socket.socket) -> str:
    """What to type into a browser on this machine."""
    host, port = _near(listening)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def wait_for_answer(listening: socket.socket, web: Child, seconds: float = 60) -> None:
    """Wait until the shop answers behind the door. Raises Trouble."""
    deadline = time.monotonic() + seconds
    with socket.create_connection(_near(listening)) as line:
        # The line is open before gunicorn is there; it waits in the queue like a shopper's.
        line.sendall(b"GET /livez HTTP/1.0\r\nHost: localhost\r\n\r\n")
        while web.ended() is None and time.monotonic() < deadline:
            if select.select([line], [], [], 0)[0]:
                if _is_well(line.recv(64)):
                    return
                break
            pause()
    words = (web.said() or ["it gave no reason"])[-1].strip()
    raise Trouble(f"The web server does not answer: {words}. Its log is {web.log}.")


def _is_well(answer: bytes) -> bool:
    return re.match(rb"HTTP/1\.[01] [234]", answer) is not None


def _near(listening: socket.socket) -> tuple[str, int]:
    host, port, *_ = listening.getsockname()
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port  # noqa: S104 - compared, not bound


def _why(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return (
            f"HOST={host} is no address of this machine: try HOST=127.0.0.1, or HOST=0.0.0.0 for all of them."
        )
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} of {host} is in use by another program:"
            f" stop that one, or choose another port, such as PORT={port + 1} make run."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is only for root: choose one above 1023, such as PORT=8000 make run."
    return f"The shop cannot listen on port {port} of {host}: {error.strerror}."
