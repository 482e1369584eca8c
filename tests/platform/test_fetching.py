"""Files from addresses of others: none of them leads home, none takes long, none is large."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from flask import Flask

from storefront.platform import fetching
from storefront.platform.fetching import NotFetched, fetch, is_public

MOST = 8 * 1024 * 1024
here = partial(fetch, allowed=lambda ip: ip == ip_address("127.0.0.1"))
"""As `fetch`, but led to this machine on purpose."""


@pytest.fixture(autouse=True)
def _inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@contextmanager
def a_host(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """A web server of somebody else, as it were."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def gives(content: bytes, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        with suppress(OSError):  # We hung up, as we should.
            request.wfile.write(content)

    return answer


def refused(fetching_it: Callable[[], object]) -> NotFetched:
    with pytest.raises(NotFetched) as refusal:
        fetching_it()
    return refusal.value


def test_what_is_there_is_fetched_whatever_letters_its_address_has() -> None:
    asked: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        gives(b"a picture", Content_Length="9")(request)

    with a_host(answer) as host:
        assert here(f"{host}/käßten 1%20.jpg?v=1&größe=2", MOST) == b"a picture"
    assert asked == ["/k%C3%A4%C3%9Ften%201%20.jpg?v=1&gr%C3%B6%C3%9Fe=2"]


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_our_own_networks_are_not_the_world(ip: str) -> None:
    assert not is_public(ip_address(ip))


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:2800:21f::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_the_world_is(ip: str) -> None:
    assert is_public(ip_address(ip))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/",
        "http://localhost/x.jpg",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_nothing_is_asked_of_this_machine(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("socket.create_connection")
    trouble = refused(lambda: fetch(address, MOST))
    assert trouble.hopeless
    assert "is no public address" in trouble.reason


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: entries)
    monkeypatch.delattr("socket.create_connection")
    assert refused(lambda: fetch("http://pictures.example/", MOST)).hopeless


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that says another address when it is asked again is not asked again."""
    answers, look_up = iter(["127.0.0.1", "10.0.0.1"]), socket.getaddrinfo
    seen: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.append(request.headers["Host"])
        gives(b"yes")(request)

    with a_host(answer) as host:
        port = int(host.rpartition(":")[2])
        monkeypatch.setattr(
            "socket.getaddrinfo",
            lambda name, *more, **how: look_up(
                next(answers) if name == "pictures.example" else name, *more, **how
            ),
        )
        assert here(f"http://pictures.example:{port}/", MOST) == b"yes"
    assert seen == [f"pictures.example:{port}"]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.com/a.jpg",
        "file:///etc/passwd",
        "gopher://x/",
        "http://",
        "http:///a",
        "http://a:b@example.com/",
        "http://example.com:99999/",
        "http://[::1/",
        "http://" + "a" * 70 + ".example/",
        "pictures/kettle.png",
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_not_tried_again(address: str) -> None:
    assert refused(lambda: fetch(address, MOST)).hopeless


def test_it_follows_three_redirects_and_looks_at_each() -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        left = int(request.path.strip("/"))
        if left:
            gives(b"", 302, Location=f"/{left - 1}")(request)
        else:
            gives(b"there")(request)

    with a_host(answer) as host:
        assert here(f"{host}/3", MOST) == b"there"
        assert "on and on" in refused(lambda: here(f"{host}/4", MOST)).reason


@pytest.mark.parametrize(
    "place", ["http://127.0.0.2:1/", "file:///etc/passwd", "//[::1]/", "http://localhost:1\x00/"]
)
def test_a_redirect_leads_nowhere_that_an_address_could_not(place: str) -> None:
    with a_host(gives(b"", 302, Location=place.replace("\x00", "%00@"))) as host:
        assert refused(lambda: here(host, MOST)).hopeless


@pytest.mark.parametrize(
    ("status", "hopeless"), [(404, True), (410, True), (403, True), (429, False), (500, False), (503, False)]
)
def test_some_answers_are_worth_another_try(status: int, hopeless: bool) -> None:
    with a_host(gives(b"", status)) as host:
        trouble = refused(lambda: here(host, MOST))
    assert (trouble.reason, trouble.hopeless) == (f"The answer was {status}.", hopeless)


def test_too_much_is_not_read() -> None:
    with a_host(gives(b"", Content_Length=str(MOST + 1))) as host:
        assert "larger than 8 MB" in refused(lambda: here(host, MOST)).reason
    with a_host(gives(b"x" * 3000)) as host:  # It does not say how much.
        assert refused(lambda: here(host, 2999)).hopeless
        assert len(here(host, 3000)) == 3000
    with a_host(gives(b"x" * 3000, Content_Length="3000")) as host:
        assert len(here(host, 3000)) == 3000


def test_half_of_it_is_not_it() -> None:
    with a_host(gives(b"x" * 1000, Content_Length="3000")) as host:
        trouble = refused(lambda: here(host, MOST))
    assert (trouble.reason, trouble.hopeless) == ("Only a part of it came.", False)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.0 200 OK\r\n", b"HTTP/1.0 200 OK\r\n\r\n"])
def test_a_host_that_sends_a_byte_now_and_then_is_hung_up_on(
    head: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 0.4)

    def drip(request: BaseHTTPRequestHandler) -> None:
        with suppress(OSError):
            request.wfile.write(head)
            while True:
                request.wfile.write(b"X-a: b\r\n" if not head.endswith(b"\n\r\n") else b"x")
                time.sleep(0.05)

    with a_host(drip) as host:
        begun = time.monotonic()
        trouble = refused(lambda: here(host, MOST))
        assert time.monotonic() - begun < 3
    assert not trouble.hopeless


def test_nobody_there_may_be_there_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    trouble = refused(lambda: here(f"http://127.0.0.1:{port}/", MOST))
    assert (trouble.reason, trouble.hopeless) == ("127.0.0.1 does not answer.", False)


def test_an_unknown_host_may_be_known_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr("socket.getaddrinfo", nobody)
    trouble = refused(lambda: fetch("https://cdn.example/a.jpg", MOST))
    assert (trouble.reason, trouble.hopeless) == ("Nobody knows where cdn.example is.", False)


def test_nonsense_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def babble() -> None:
            line, _ = server.accept()
            with line:
                line.recv(1000)
                line.sendall(b"\x16\x03\x01 SSH-2.0\r\n\r\n")

        thread = threading.Thread(target=babble)
        thread.start()
        trouble = refused(lambda: here(f"http://127.0.0.1:{server.getsockname()[1]}/", MOST))
        thread.join()
    assert not trouble.hopeless


def test_over_tls_a_host_must_prove_its_name() -> None:
    with a_host(gives(b"plain")) as host:
        assert "does not answer" in refused(lambda: here(host.replace("http", "https"), MOST)).reason
