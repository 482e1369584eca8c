"""A crowd of buyers over plain sockets, in one thread that costs the machine next to nothing."""

import json
import selectors
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.races.wire import Answer, Door, Line, Request

PATIENCE = 100.0  # seconds after which a buyer says that the shop hangs, also on a busy machine
SMALL = 60  # buyers: more than this come to every process by themselves


def rush(address: str, requests: Iterable[Request], patience: float = PATIENCE) -> list[Answer]:
    """Send all requests in the same moment, each on a connection of its own; answers in their order."""
    waiting = list(requests)
    place = {id(request): number for number, request in enumerate(waiting)}
    with selectors.DefaultSelector() as selector, _lines(address, selector, patience, len(waiting)) as lines:
        if 1 < len(waiting) <= SMALL:
            _spread(selector, lines)
        for line, request in zip(lines, waiting, strict=True):
            line.begin(request)
        answers: list[Answer] = []
        while len(answers) < len(waiting):
            for line, answer in _next_answers(selector, lines):
                line.hang_up()
                answers.append(answer)
    return sorted(answers, key=lambda answer: place[id(answer.request)])


def crowd(
    address: str,
    requests: Iterable[Request],
    *,
    at_once: int,
    patience: float = PATIENCE,
    spread: bool = False,
) -> Iterator[Answer]:
    """Send requests from so many buyers at once; whoever has an answer sends the next one.

    With `spread` no process has more of them than the others, if its answers say which it is.
    """
    todo = iter(requests)
    with selectors.DefaultSelector() as selector, _lines(address, selector, patience, at_once) as lines:
        if spread:
            _spread(selector, lines)
        busy = {line for line in lines if line.begin(next(todo, None))}
        while busy:
            for line, answer in _next_answers(selector, busy):
                if not line.begin(next(todo, None)):
                    busy.discard(line)
                yield answer


def post(path: str, form: dict[str, str], *, buyer: int = 0, cookie: str = "", without: str = "") -> Request:
    """A form as a browser sends it, from an address of the buyer's own.

    `without` names locks that the lawless shop takes off.
    """
    body = urlencode(form).encode()
    said = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    if without:
        said["X-Without"] = without
    return _request("POST", path, said, body, buyer, cookie)


def call(path: str, body: Any, *, key: str, once: str, buyer: int = 0) -> Request:
    """What a program sends to the API."""
    sent = json.dumps(body).encode()
    said = {"Content-Type": "application/json", "Content-Length": str(len(sent))}
    said |= {"Authorization": f"Bearer {key}", "Idempotency-Key": once}
    return _request("POST", path, said, sent, buyer, "")


def get(path: str, *, buyer: int = 0, cookie: str = "") -> Request:
    """A page as a browser asks for it."""
    return _request("GET", path, {}, b"", buyer, cookie)


@contextmanager
def _lines(
    address: str, selector: selectors.BaseSelector, patience: float, number: int
) -> Iterator[list[Line]]:
    """So many lines to a shop; none stays open, whatever becomes of the caller."""
    shop = urlsplit(address)
    door = Door((shop.hostname or "", shop.port or 80), selector, patience)
    lines = [Line(door) for _ in range(number)]
    try:
        yield lines
    finally:
        for line in lines:
            line.hang_up()


def _spread(selector: selectors.BaseSelector, lines: list[Line]) -> None:
    """See to it that a small crowd is answered by several processes: none has more than half of the lines."""
    answered: Counter[str] = Counter()
    for line in lines:
        process = _answering(selector, line)
        while answered[process] >= len(lines) / 2:
            line.hang_up()
            process = _answering(selector, line)
        answered[process] += 1


def _answering(selector: selectors.BaseSelector, line: Line) -> str:
    line.begin(get("/livez"))
    while True:
        for _, answer in _next_answers(selector, [line]):
            return answer.headers.get("x-process", "")


def _next_answers(selector: selectors.BaseSelector, lines: Iterable[Line]) -> Iterator[tuple[Line, Answer]]:
    ready = selector.select(timeout=0.25)
    for key, _ in ready:
        if (answer := key.data.go_on()) is not None:
            yield key.data, answer
    if not ready:
        for line in [line for line in lines if line.late()]:
            yield line, line.give_up("no answer in time")


def _request(method: str, path: str, said: dict[str, str], body: bytes, buyer: int, cookie: str) -> Request:
    address = f"10.{buyer >> 16 & 255}.{buyer >> 8 & 255}.{buyer & 255}"
    told = {"Host": "shop.example", "Sec-Fetch-Site": "same-origin", "X-Forwarded-For": address} | said
    if cookie:
        told["Cookie"] = cookie
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return Request(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body, buyer)
