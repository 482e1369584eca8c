"""Going back: the release before sells on the tables of this one, beside it, from one cache and one cart."""

import http.cookiejar
import io
import re
import subprocess
import tarfile
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from storefront.catalog.models import Product, Variant
from storefront.config import Settings
from storefront.orders.models import Order
from storefront.platform import ROOT, db
from tests.characters import a_kettle, ada, reprice
from tests.deploy.front import DEPLOY, Web
from tests.documents import Document

pytestmark = pytest.mark.processes
PARTS = ("storefront", "templates", "static", "migrations", "wsgi.py", "pyproject.toml")


def git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def release_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release that `deploy/release-before` names, as somebody would go back to it."""
    name = (DEPLOY / "release-before").read_text().strip()
    try:
        packed = git("archive", name, *PARTS)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(f"NOT SEEN: git does not know {name} here (a clone without history?)")
    place = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(place, filter="data")
    return place


@pytest.fixture
def before(release_before: Path, database: None, settings: Settings, tmp_path: Path) -> Iterator[Web]:
    """It runs on this release's database."""
    yield from running(Web(settings, tmp_path / "before.log", root=release_before))


@pytest.fixture
def now(database: None, settings: Settings, tmp_path: Path) -> Iterator[Web]:
    yield from running(Web(settings, tmp_path / "now.log"))


def running(web: Web) -> Iterator[Web]:
    web.start()
    yield web
    web.stop()


class Browser:
    """Somebody without scripts, whose cookies are good at both releases."""

    def __init__(self) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self._opener.addheaders.append(("Sec-Fetch-Site", "same-origin"))

    def get(self, web: Web, address: str) -> Document:
        return self._read(f"http://127.0.0.1:{web.port}{address}", None)

    def send(self, web: Web, address: str, **fields: str) -> Document:
        return self._read(f"http://127.0.0.1:{web.port}{address}", urllib.parse.urlencode(fields).encode())

    def _read(self, url: str, body: bytes | None) -> Document:
        with self._opener.open(url, body, timeout=60) as answer:
            return Document.read(answer.read().decode())


def address_of(kettle: Variant) -> str:
    slug = db.session.scalars(select(Product.slug).where(Product.id == kettle.product_id)).one()
    db.release()
    return f"/products/{slug}"


def hidden(page: Document, name: str) -> str:
    return str(page.one(f"input[name={name}]").get("value"))


def order(browser: Browser, web: Web) -> Document:
    """The checkout as it stands there, with Ada's name in it."""
    page = browser.get(web, "/checkout")
    seen = {name: hidden(page, name) for name in ("key", "cart", "total_seen")}
    chosen = {"delivery": "pickup", "payment": "pay_on_pickup"}
    return browser.send(web, "/orders", name=ada.name, email=ada.email, phone="", note="", **seen, **chosen)


def orders() -> int:
    db.release()
    return db.session.scalar(select(func.count()).select_from(Order)) or 0


@pytest.mark.timeout(240)
def test_the_release_before_sells_on_the_tables_of_this_one(before: Web) -> None:
    kettle, browser = a_kettle(3, title="Kettle"), Browser()
    assert "Kettle" in browser.get(before, "/products").text()
    assert "Kettle" in browser.get(before, "/search?q=kettle").text()
    assert "Kettle" in browser.get(before, address_of(kettle)).text("h1")
    browser.send(before, "/cart/lines", variant=kettle.sku, quantity="2")
    done = order(browser, before)
    assert orders() == 1
    assert re.search(r"[A-Z0-9]{6}", done.text("main"))


@pytest.mark.timeout(240)
def test_both_releases_share_carts_and_tell_each_other_of_changes(before: Web, now: Web) -> None:
    kettle, browser = a_kettle(3, title="Kettle"), Browser()
    address = address_of(kettle)
    browser.send(before, "/cart/lines", variant=kettle.sku, quantity="1")
    assert "Kettle" in browser.get(now, "/cart").text("main")
    for web in (before, now):
        assert "48.00" in browser.get(web, address).text("main")
    reprice(kettle, 5200)
    for web in (before, now):
        assert "52.00" in browser.get(web, address).text("main")
    order(browser, now)
    assert orders() == 1
    assert browser.get(before, "/cart").all("form[action*='/checkout']") == []
