"""A mail server that keeps what it is sent, for tests of the real conversation."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread


@dataclass
class Mailbox:
    """Where it listens, and what came."""

    port: int = 0
    refuses: bool = False
    silent: bool = False
    """Takes the call and never says a word."""
    closing: Event = field(default_factory=Event)
    letters: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


class _Conversation(socketserver.StreamRequestHandler):
    mailbox: Mailbox

    def handle(self) -> None:
        if self.mailbox.silent:
            self.mailbox.closing.wait()
            return
        self._say("220 kiln.example")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self._say("354 go on")
                self._keep()
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            elif self.mailbox.refuses and verb == b"RCPT":
                self._say("550 nobody here")
            else:
                self._say("250 kiln.example")

    def _keep(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.mailbox.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        self._say("250 kept")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def a_mailbox(*, refuses: bool = False, silent: bool = False) -> Iterator[Mailbox]:
    """A mail server on this machine, for as long as the block runs."""
    mailbox = Mailbox(refuses=refuses, silent=silent)
    handler = type("Conversation", (_Conversation,), {"mailbox": mailbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        mailbox.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield mailbox
        mailbox.closing.set()
        server.shutdown()
        thread.join()
