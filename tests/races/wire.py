"""One buyer's connection: it sends a request and collects the answer, without ever blocking the others."""

import selectors
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from selectors import EVENT_READ, EVENT_WRITE


@dataclass(frozen=True, slots=True)
class Request:
    """What a buyer's browser sends, ready to be written to the wire, and which buyer it is."""

    wire: bytes
    buyer: int = 0


@dataclass(slots=True)
class Answer:
    """What came back; status 0, and the trouble in words, when nothing whole did."""

    request: Request
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float
    trouble: str = ""

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(slots=True)
class Door:
    """Where the shop is, who watches the connections to it, and how long a buyer waits."""

    where: tuple[str, int]
    selector: selectors.BaseSelector
    patience: float


@dataclass(slots=True, eq=False)
class Line:
    """A connection that is kept for the next request."""

    door: Door
    _socket: socket.socket | None = None
    _request: Request | None = None
    _unsent: bytes = b""
    _got: bytearray = field(default_factory=bytearray)
    _began: float = 0.0

    def begin(self, request: Request | None) -> bool:
        """Send the next request, if there is one."""
        self._request = request
        if request is None:
            self.hang_up()
            return False
        self._unsent, self._began = request.wire, time.perf_counter()
        self._got.clear()
        if self._socket is None:
            self._socket = self._call()
        self._send(self._socket)
        return True

    def go_on(self) -> Answer | None:
        """Something can be written or read; the answer, once it is whole."""
        line = self._socket
        if line is None or self._request is None:
            self.hang_up()  # An idle connection that the shop closed.
            return None
        if self._unsent:
            self._send(line)
        try:
            part = line.recv(65536)
        except BlockingIOError:
            return None
        except OSError as error:
            return self.give_up(str(error))
        self._got += part
        return self._whole(ended=not part)

    def late(self) -> bool:
        return self._request is not None and time.perf_counter() - self._began > self.door.patience

    def give_up(self, trouble: str) -> Answer:
        """Hang up without a whole answer."""
        self.hang_up()
        return self._answer(0, {}, bytes(self._got), trouble)

    def hang_up(self) -> None:
        if self._socket is not None:
            self.door.selector.unregister(self._socket)
            self._socket.close()
            self._socket = None

    def _call(self) -> socket.socket:
        line = socket.socket()
        line.setblocking(False)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.connect_ex(self.door.where)
        self.door.selector.register(line, EVENT_READ | EVENT_WRITE, self)
        return line

    def _send(self, line: socket.socket) -> None:
        with suppress(OSError):  # What broke shows when we read.
            self._unsent = self._unsent[line.send(self._unsent) :]
        if not self._unsent:
            self.door.selector.modify(line, EVENT_READ, self)

    def _whole(self, *, ended: bool) -> Answer | None:
        head, found, body = bytes(self._got).partition(b"\r\n\r\n")
        if not found:
            return self.give_up("the connection was closed") if ended else None
        first, *rest = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
        status = int(first.split(" ")[1])
        length = headers.get("content-length", "0" if status in (204, 304) else None)
        if not (ended if length is None else len(body) >= int(length)):
            return self.give_up("half an answer came") if ended else None
        if ended or headers.get("connection") == "close":
            self.hang_up()
        return self._answer(status, headers, body)

    def _answer(self, status: int, headers: dict[str, str], body: bytes, trouble: str = "") -> Answer:
        assert self._request is not None
        seconds = time.perf_counter() - self._began
        return Answer(self._request, status, headers, body, seconds, trouble)
