"""Whatever a customer types is text wherever it is shown: nothing of it runs, nothing is fetched."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, expect

from storefront.accounts import signing
from storefront.accounts.address_book import add_address
from storefront.accounts.models import Account
from storefront.catalog.models import Variant
from storefront.orders.models import Order
from storefront.platform import db, guard, http
from storefront.platform.acting import Actor, acting_as
from storefront.platform.addresses import Address
from storefront.reviews.actions import Opinion, write_review
from storefront.reviews.models import Review
from storefront.reviews.moderation import publish_review
from tests.browsing import opened
from tests.characters import Person, a_product, a_variant, charlie, stocked
from tests.people import an_account
from tests.serving import LiveServer
from tests.shopping import an_order

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]

SCRIPT = "</title></textarea></script><script>alert(1)</script>"
PICTURE = "\"'><img src=x onerror=alert(1)>"
FETCH = '<a data-hx-get="/xss" data-hx-trigger="load">x</a>'
ATTRIBUTE = '" data-hx-get="/xss" data-hx-trigger="load" x="'
PART = '<hx-partial hx-target="body"><svg onload=alert(1)></hx-partial>'
TRIES = (SCRIPT, PICTURE, FETCH, ATTRIBUTE, PART, "javascript:alert(1)", '<b hx-on:load="alert(1)">')
MARKS = "main img[src=x], main [data-hx-get='/xss'], main hx-partial svg, main b[hx-on\\:load]"
mallory = Person(
    PICTURE, "mallory@example.com", "+49 30 5550199", FETCH, "10119", f'{ATTRIBUTE}"><svg onload=alert(1)>'
)
"""Somebody whose every name is a try."""


@dataclass
class Planted:
    """What stands in the shop with tries in it."""

    account: Account
    order: Order
    review: Review
    kettle: Variant


@dataclass
class Alarm:
    """Rings when something that was typed does anything."""

    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("request", self._request)

    def _dialog(self, dialog: Dialog) -> None:
        self.heard.append(f"a dialog said {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if request.url.endswith(("/xss", "/csp-reports", "/x")):
            self.heard.append(f"it asked for {request.url}")


@contextmanager
def alarmed(browser: Browser, server: LiveServer, cookie: str = "") -> Iterator[Page]:
    """A window in which nothing may happen by itself; what Chromium complains about fails, too."""
    alarm = Alarm()
    with opened(browser, server, javascript=True) as page:
        alarm.listen(page)
        if cookie:
            name = http.cookie_name(signing.COOKIE)
            page.context.add_cookies([{"name": name, "value": cookie, "url": server.url}])
        yield page
    assert alarm.heard == []


@pytest.fixture
def planted(database: None) -> Planted:
    """Mallory has an account, an address, an order and a review."""
    kettle = stocked(a_variant(a_product("Kettle", slug="kettle")), 9)
    account = an_account(mallory)
    with acting_as(Actor("customer", str(account.id))):
        add_address(account.id, Address(**mallory.address), for_delivery=True, for_billing=True)
    order = an_order((kettle, 1), who=mallory, delivery="home", payment="cash_on_delivery", note=SCRIPT)
    with db.transaction() as session:
        session.get_one(Order, order.id).account_id = account.id
    opinion = Opinion(1, SCRIPT + PICTURE, "\n".join(TRIES), ATTRIBUTE)
    review = write_review(kettle.product_id, account.id, opinion)
    with acting_as(Actor("staff", "1")):
        publish_review(review.id, review.version)
    db.release()
    return Planted(account, order, review, kettle)


def key_of(account: Account, second_factor: str = "none") -> str:
    with db.transaction():
        return signing.begin(account.id, "Chromium", second_factor)


def key_of_staff() -> str:
    account = an_account(charlie, "owner")
    with db.transaction() as session:
        session.get_one(Account, account.id).totp_secret = guard.one_time_codes().generate_totp_secret()
    return key_of(account, "given")


def see(page: Page, address: str) -> None:
    """It is there, and nothing of what was typed became a part of the page."""
    answer = page.goto(address)
    assert answer
    assert answer.ok, f"{address}: {answer.status}"
    page.wait_for_load_state("networkidle")
    assert page.locator(MARKS).count() == 0, address


def test_everybody_reads_text(planted: Planted, browser: Browser, live_server: LiveServer) -> None:
    with alarmed(browser, live_server) as page:
        for address in ("/products/kettle/reviews", "/products/kettle", "/products"):
            see(page, address)
        page.goto("/products/kettle")
        page.locator(".title-block .rated a").click()
        expect(page.locator("#reviews .review h3")).to_have_text([SCRIPT + PICTURE])
        expect(page.locator("#reviews .as-typed")).to_contain_text(FETCH)
        see(page, f"/orders/{planted.order.token}")


def test_the_writer_reads_text(planted: Planted, browser: Browser, live_server: LiveServer) -> None:
    review = f"/account/reviews/{planted.review.id}"
    with alarmed(browser, live_server, key_of(planted.account)) as page:
        for address in (
            *("/account", "/account/details", "/account/addresses", "/account/orders", "/account/reviews"),
            *(review, "/account/sign-ins"),
        ):
            see(page, address)
        page.goto(review)
        expect(page.locator("#text")).to_have_value("\n".join(TRIES))
        page.locator("#title").fill("")
        page.get_by_role("button", name="Save your review").click()
        expect(page.locator("#problems")).to_be_focused()
        expect(page.locator("#author")).to_have_value(ATTRIBUTE.strip())


def test_staff_read_text(planted: Planted, browser: Browser, live_server: LiveServer) -> None:
    with alarmed(browser, live_server, key_of_staff()) as page:
        for address in (
            *("/admin/reviews", "/admin/reviews?state=published", f"/admin/reviews/{planted.review.id}"),
            *("/admin/orders?state=all", f"/admin/orders/{planted.order.number}", "/admin/customers"),
            *(f"/admin/customers/{planted.account.id}", "/admin/audit", "/admin"),
        ):
            see(page, address)


def test_what_is_looked_for_is_text(planted: Planted, browser: Browser, live_server: LiveServer) -> None:
    with alarmed(browser, live_server) as page:
        page.goto("/")
        page.locator("#find").press_sequentially(PICTURE)
        for words in TRIES:
            page.locator("#find").fill(words)
            page.locator("#find").press("Enter")
            expect(page.locator("h1")).to_contain_text(words[:20])
            assert page.locator(MARKS).count() == 0


def test_what_an_address_asks_for_is_text(
    planted: Planted, browser: Browser, live_server: LiveServer
) -> None:
    names = ("sort", "after", "price", "rating", "brand", "stars", "variant", "done")
    with alarmed(browser, live_server) as page:
        for address in ("/products", "/products/kettle", "/products/kettle/reviews", "/account/sign-in"):
            for words in (PICTURE, ATTRIBUTE, SCRIPT):
                see(page, f"{address}?{urlencode(dict.fromkeys(names, words))}")
