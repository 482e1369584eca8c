"""Who stands before the threads of the web server: one too many at the turnstile is told so here.

A thread costs a refusal ten times what its answer does, and readers would stand in line behind four hundred.
"""

import socket
from typing import Protocol

WHOLE = 16 * 1024
"""Bytes of a request that can be told from here; a longer one goes on to a thread."""


class Turnstile(Protocol):
    """What is to be known of the turnstile."""

    def turns_away(self, path: str) -> bytes | None:
        """The whole answer to who is one too many for this path; None if they may go on."""


def turned_away(line: socket.socket, turnstile: Turnstile) -> bool:
    """Answer who is one too many, if all that they send is here already; whether that was so."""
    try:
        said = line.recv(WHOLE, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        if not said.startswith(b"POST /") or not _is_whole(said):
            return False
        path = said[5 : said.index(b" ", 5)].partition(b"?")[0]
        answer = turnstile.turns_away(path.decode("latin-1"))
        if answer is None:
            return False
        line.recv(
            WHOLE, socket.MSG_DONTWAIT
        )  # What is left unread would break the line off before the answer.
        line.send(answer, socket.MSG_DONTWAIT)
    except (OSError, ValueError):
        return False  # A thread finds out what is wrong.
    return True


def _is_whole(said: bytes) -> bool:
    """Whether this is one form, from its first byte to its last."""
    head, found, form = said.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            return bool(found) and value.strip() == str(len(form)).encode()
    return False
