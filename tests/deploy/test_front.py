"""The shipped nginx: TLS and HTTP/2, our headers on every answer, a cache that does what they say."""

import http.client
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from storefront.catalog.models import Product
from storefront.platform import db
from tests.characters import a_kettle
from tests.deploy.front import DEPLOY, Front, Web

pytestmark = pytest.mark.processes
ALWAYS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Strict-Transport-Security",
    "X-Request-ID",
)


def page_of(kettle_product: int) -> str:
    found = db.session.get(Product, kettle_product)
    assert found is not None
    db.release()
    return f"/products/{found.slug}"


def soon(true: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_shop_behind_its_front(shop_front: Front, webs: list[Web]) -> None:
    address = page_of(a_kettle(3, title="Kettle").product_id)
    every_answer_bears_the_headers(shop_front, address)
    plain_http_leads_to_https(shop_front)
    whoever_signs_certificates_finds_our_word(shop_front)
    a_page_is_kept_for_a_moment_and_asked_for_anew(shop_front, address)
    what_is_private_is_not_kept(shop_front)
    strangers_cannot_say_who_they_are(shop_front)
    http2_is_spoken(shop_front)
    a_renewed_certificate_is_taken_up(shop_front)
    pages_stay_and_forms_get_an_apology_when_both_webs_are_away(shop_front, webs, address)


def every_answer_bears_the_headers(front: Front, address: str) -> None:
    files = [f"/static/{name}" for name in ("site.css", "site.js", "img/icon.svg")]
    for wanted, status in [
        (address, 200),
        ("/nowhere", 404),
        ("/static/nowhere.css", 404),
        ("/livez", 200),
        ("/metrics", 404),
        *((file, 200) for file in files),
    ]:
        answer = front.get(wanted)
        assert answer.status == status, wanted
        names = [name.lower() for name in answer.headers]
        for header in ALWAYS:
            assert names.count(header.lower()) == 1, f"{header} of {wanted}"
        assert answer.headers["Server"] == "nginx"
    too_much = front.get("/", {"Cookie": "x" * 40_000})
    assert too_much.status == 400
    assert all(header in too_much.headers for header in ALWAYS)


def plain_http_leads_to_https(front: Front) -> None:
    line = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=10)
    line.request("GET", "/products?q=1", headers={"Host": "shop.example"})
    answer = line.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, "https://shop.example/products?q=1")
    line.close()


def whoever_signs_certificates_finds_our_word(front: Front) -> None:
    asked = "/.well-known/acme-challenge/word"
    word = front.place / "acme" / asked.lstrip("/")
    word.parent.mkdir(parents=True)
    word.write_text("ours")
    line = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=10)
    line.request("GET", asked, headers={"Host": "shop.example"})
    assert line.getresponse().read() == b"ours"
    line.close()


def a_page_is_kept_for_a_moment_and_asked_for_anew(front: Front, address: str) -> None:
    wanted = f"{address}?v=1"
    assert front.get(wanted).headers["X-Front-Cache"] in ("MISS", "HIT")
    kept = front.get("/static/site.css?v=0")
    assert kept.headers["X-Front-Cache"] in ("MISS", "HIT")
    again = front.get("/static/site.css?v=0")
    assert again.headers["X-Front-Cache"] == "HIT"
    assert again.headers["X-Request-ID"] != kept.headers["X-Request-ID"]
    assert "immutable" in again.headers["Cache-Control"]
    small = front.get("/static/site.css?v=0", {"Accept-Encoding": "br"})
    assert small.headers["Content-Encoding"] == "br"
    fragment = front.get("/products", {"HX-Request": "true", "HX-Request-Type": "partial"})
    whole = front.get("/products")
    assert b"<html" not in fragment.body
    assert b"<html" in whole.body


def what_is_private_is_not_kept(front: Front) -> None:
    for address in ("/cart", "/checkout", "/orders/nobodys"):
        assert front.get(address).headers["X-Front-Cache"] in (None, "MISS")
        assert front.get(address).headers["X-Front-Cache"] in (None, "MISS")


def strangers_cannot_say_who_they_are(front: Front) -> None:
    claims = {"X-Forwarded-For": "203.0.113.9", "X-Request-ID": "chosen-by-a-stranger", "Forwarded": "for=1"}
    answer = front.get("/cart", claims)
    assert answer.headers["X-Request-ID"] != "chosen-by-a-stranger"
    line = front.line()
    foreign = {"Origin": "https://evil.example", "Content-Length": "0"}
    line.request("POST", "/cart/lines", headers=foreign)
    assert line.getresponse().status == 403
    line.close()


def http2_is_spoken(front: Front) -> None:
    if shutil.which("curl") is None:
        return
    told = subprocess.run(
        [
            "curl",
            "--insecure",
            "--silent",
            "--http2",
            "--output",
            "/dev/null",
            "--write-out",
            "%{http_version}",
            f"https://{front.host}/livez",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "2"


def a_renewed_certificate_is_taken_up(front: Front) -> None:
    def serial() -> bytes | None:
        line = front.line()
        line.connect()
        try:
            found: bytes | None = line.sock.getpeercert(binary_form=True)
            return found
        finally:
            line.close()

    before = serial()
    certs = front.place / "certs"
    other = front.place / "renewed"
    subprocess.run([sys.executable, DEPLOY / "prepare.py", other], check=True)
    for name in ("privkey.pem", "fullchain.pem"):
        shutil.copyfile(other / "certs" / name, certs / "new.pem")
        (certs / "new.pem").replace(certs / name)

    def is_new() -> bool:
        try:
            return serial() != before
        except OSError:  # For a moment it trusts neither.
            return False

    soon(is_new)


def pages_stay_and_forms_get_an_apology_when_both_webs_are_away(
    front: Front, webs: list[Web], address: str
) -> None:
    assert front.get(address).status == 200
    for web in webs:
        web.stop(signal.SIGTERM)
    kept = front.get(address)
    assert kept.status == 200
    assert kept.headers["X-Front-Cache"] in ("STALE", "UPDATING", "HIT")
    sorry = front.get("/cart")
    assert sorry.status == 503
    assert sorry.headers["Retry-After"] == "5"
    assert b"Back in a moment" in sorry.body
    assert all(header in sorry.headers for header in ALWAYS)
