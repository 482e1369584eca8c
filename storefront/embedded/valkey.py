"""Valkey: everything in it may be lost, so it writes nothing to disk."""

import socket
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from storefront.embedded import programs
from storefront.embedded.child import Child
from storefront.embedded.patience import pause
from storefront.embedded.place import Place
from storefront.embedded.trouble import Trouble

FORGETFUL = {"port": "0", "save": "", "appendonly": "no", "daemonize": "no"}
MODEST = {"maxmemory": "128mb", "maxmemory-policy": "allkeys-lru"}


def child(place: Place, name: str = "valkey") -> Child:
    """Valkey of this place, running or not."""
    return Child(name, place.var)


def address(place: Place, name: str = "valkey") -> str:
    """Where clients find it: a socket that only its own account and root may use."""
    return f"unix://{quote(str(_socket(place, name)))}"


def start(place: Place, name: str = "valkey", patience: float = 15) -> Child:
    """Start it and wait for its first answer. Raises Trouble."""
    server = child(place, name)
    settings = FORGETFUL | MODEST | {"dir": str(place.servers), "unixsocket": str(_socket(place, name))}
    command: list[str | Path] = [programs.valkey(place.account)]
    for key, value in (settings | {"unixsocketperm": "700"}).items():
        command += [f"--{key}", value]
    with server.or_stopped():
        server.start(command, env=place.environment, account=place.account, cwd=place.servers)
        deadline = time.monotonic() + patience
        while not _answers(_socket(place, name)):
            if server.ended() is not None or time.monotonic() >= deadline:
                words = (server.said() or ["it gave no reason"])[-1]
                raise Trouble(
                    f"Valkey does not start: {words}. Its log is {server.log}; REDIS_ENABLED=0 does without."
                )
            pause()
    return server


def _socket(place: Place, name: str) -> Path:
    return place.sockets / f"{name}.sock"


def _answers(path: Path) -> bool:
    with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        line.connect(str(path))
        line.sendall(b"PING\r\n")
        return line.recv(7) == b"+PONG\r\n"
    return False
