"""Charlie runs the shop in Chromium: each page is read by axe, on a phone and at a desk, and by keyboard."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from storefront.accounts import signing
from storefront.accounts.models import Account
from storefront.catalog.models import Variant
from storefront.platform import acting, audit, db, guard, http, jobs, mail
from storefront.shop.actions import describe_shop
from tests.browsing import opened
from tests.characters import ada, ben, charlie
from tests.people import an_account
from tests.serving import LiveServer
from tests.shopping import an_order

pytestmark = pytest.mark.browser
PAGES = (
    "/admin",
    "/admin?period=month",
    "/admin/sales",
    "/admin/search?q=ada",
    "/admin/search?q=zzzz",
    "/admin/customers",
    "/admin/customers/guests",
    "/admin/settings",
    "/admin/settings/selling",
    "/admin/settings/delivery",
    "/admin/settings/taxes",
    "/admin/settings/door",
    "/admin/staff",
    "/admin/staff/new",
    "/admin/mail?state=waiting",
    "/admin/jobs",
    "/admin/jobs?state=waiting",
    "/admin/cache",
    "/admin/audit",
)


def at_the_desk(page: Page, server: LiveServer) -> Page:
    """Charlie, an owner, is signed in in this window."""
    account = an_account(charlie, "owner")
    with db.transaction() as session:
        session.get_one(Account, account.id).totp_secret = guard.one_time_codes().generate_totp_secret()
        key = signing.begin(account.id, "Chromium", "given")
    db.release()
    page.context.add_cookies([{"name": http.cookie_name(signing.COOKIE), "value": key, "url": server.url}])
    return page


@pytest.fixture
def desk(either_page: Page, live_server: LiveServer) -> Page:
    return at_the_desk(either_page, live_server)


@pytest.fixture(params=[390, 1280])
def window(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """On a phone and at a desk."""
    with opened(browser, live_server, javascript=True, width=request.param) as page:
        yield at_the_desk(page, live_server)


def a_busy_day(kettle: Variant) -> None:
    """Orders of Ada and Ben, a letter that waits, a job, and a change in the log."""
    an_account(ada)
    for who in (ada, ben):
        an_order((kettle, 1), who=who)
    with acting.acting_as(acting.Actor("cli")), db.transaction():
        mail.owe("order-placed:1", ada.email)
        jobs.defer("checkout.confirm", order_id=1)
        audit.note("products", 7, {"price": 4800}, {"price": 5200})
    db.release()


def fits(page: Page) -> None:
    """Nothing sticks out of the window to the side."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_every_page_can_be_read_by_everybody(
    window: Page, kettle: Variant, axe: Callable[[Page], None]
) -> None:
    a_busy_day(kettle)
    for address in PAGES:
        window.goto(address)
        axe(window)
        fits(window)
    window.goto("/admin/audit")
    for row in ("tbody tr th a", ".crumbs a"):
        window.locator(row).first.click()
        axe(window)
    window.goto("/admin/customers")
    window.get_by_role("link", name=ada.name).first.click()
    axe(window)
    window.goto("/admin/staff")
    window.locator("tbody th a").first.click()
    axe(window)
    fits(window)


def test_a_mistake_is_said_where_it_is(desk: Page, database: None, axe: Callable[[Page], None]) -> None:
    desk.goto("/admin/settings/delivery")
    desk.get_by_label("Price of home delivery").fill("a lot")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("alert")).to_be_focused()
    axe(desk)
    desk.get_by_role("alert").get_by_role("link").first.click()
    expect(desk.get_by_label("Price of home delivery")).to_be_focused()
    desk.keyboard.press("ControlOrMeta+A")
    desk.keyboard.type("5.90")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Saved")
    expect(desk.get_by_label("Price of home delivery")).to_have_value("5.90")


def test_two_change_the_same(desk: Page, database: None, axe: Callable[[Page], None]) -> None:
    desk.goto("/admin/settings")
    desk.get_by_label("City").fill("Leipzig")
    describe_shop(city="Meißen")
    db.release()
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_role("alert")).to_contain_text("Somebody else changed the same")
    axe(desk)
    expect(desk.get_by_label("City")).to_have_value("Leipzig")
    desk.get_by_role("button", name=re.compile("Take theirs")).click()
    expect(desk.get_by_label("City")).to_have_value("Meißen")


def test_what_is_dangerous_is_asked_twice(desk: Page, database: None) -> None:
    desk.goto("/admin/cache")
    expect(desk.get_by_role("button", name="Forget them all")).to_be_hidden()
    desk.get_by_text("Forget all pages").click()
    desk.get_by_role("button", name="Forget them all").click()
    expect(desk.get_by_role("status")).to_contain_text("built anew")


def test_on_a_phone_the_ways_are_in_a_menu(browser: Browser, live_server: LiveServer, database: None) -> None:
    with opened(browser, live_server, javascript=False, width=390) as page:
        at_the_desk(page, live_server).goto("/admin")
        expect(page.get_by_role("link", name="Settings")).to_be_hidden()
        page.get_by_text("Menu", exact=True).click()
        page.get_by_role("link", name="Settings").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Settings")


def test_by_keyboard_one_skips_the_ways(browser: Browser, live_server: LiveServer, database: None) -> None:
    with opened(browser, live_server, javascript=True, width=1280) as page:
        at_the_desk(page, live_server).goto("/admin/settings")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator(".tabs a").first).to_be_focused()
