"""The doorman turns away who is one too many, and leaves everybody else to the threads of the web server."""

import socket
from collections.abc import Iterator

import pytest
from flask import Flask

from storefront.platform import doorman
from storefront.platform.turnstile import Turnstile
from tests.races.crowd import post, rush
from tests.serving import LiveServer

SIGN_IN = "/account/sign-in"
FORM = {"email": "ada@example.com", "password": "three blue kettles"}
Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """Ada's end of a line, and the shop's."""
    hers, ours = socket.socketpair()
    with hers, ours:
        hers.settimeout(5)
        yield hers, ours


@pytest.fixture
def full(app: Flask) -> Turnstile:
    turnstile = Turnstile(app, 1)
    assert turnstile.places.acquire(blocking=False)
    return turnstile


def test_one_too_many_is_told_so_and_all_that_they_sent_is_read(full: Turnstile, ends: Ends) -> None:
    hers, ours = ends
    hers.sendall(post(f"{SIGN_IN}?next=/account", FORM).wire)
    assert doorman.turned_away(ours, full)
    ours.close()
    answer = b"".join(iter(lambda: hers.recv(65536), b"")).decode()
    head, _, page = answer.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 503 ")
    assert "Retry-After: " in head
    assert "Connection: close" in head
    assert head.count("X-Request-ID: ") == 1
    assert f"Content-Length: {len(page.encode())}" in head
    assert "Many people are signing in" in page


@pytest.mark.parametrize(
    "sent",
    [
        post("/account/sign-ins/others/end", FORM).wire,
        post("/cart/lines", FORM).wire,
        post(SIGN_IN, FORM).wire[:-1],
        post(SIGN_IN, FORM).wire + b"x",
        post(SIGN_IN, FORM).wire.replace(b"POST", b"GET"),
        post(SIGN_IN, FORM).wire.replace(b"Content-Length", b"Transfer-Encoding"),
        b"POST /account/sign-in",
        b"POST /\xff\xfe\r\nContent-Length: 0\r\n\r\n",
        b"\x16\x03\x01",
    ],
)
def test_everything_else_is_left_as_it_is(full: Turnstile, ends: Ends, sent: bytes) -> None:
    hers, ours = ends
    hers.sendall(sent)
    assert not doorman.turned_away(ours, full)
    assert ours.recv(65536) == sent


def test_where_there_is_room_everybody_goes_on(app: Flask, ends: Ends) -> None:
    hers, ours = ends
    turnstile = Turnstile(app, 1)
    hers.sendall(post(SIGN_IN, FORM).wire)
    assert not doorman.turned_away(ours, turnstile)
    assert turnstile.places.acquire(blocking=False), "whoever only looked took no place"


def test_a_line_on_which_nothing_came_yet_is_left_to_a_thread(full: Turnstile, ends: Ends) -> None:
    assert not doorman.turned_away(ends[1], full)


def test_a_crowd_at_the_door_is_answered_each_one(live_server: LiveServer) -> None:
    answers = rush(live_server.url, [post(SIGN_IN, FORM, buyer=n) for n in range(100, 180)])
    assert {answer.status for answer in answers} == {422, 503}
    refused = [answer for answer in answers if answer.status == 503]
    assert all(answer.headers["retry-after"] for answer in refused)
    assert all("Many people are signing in" in answer.text for answer in refused)
