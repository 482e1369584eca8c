"""A day at the desk in Chromium: with scripts and without, by keyboard, on a phone in the stock room."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from storefront.accounts import signing
from storefront.accounts.models import Account
from storefront.catalog.models import Variant
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.platform import db, guard, http
from tests.browsing import opened
from tests.characters import ada, charlie
from tests.people import an_account
from tests.serving import LiveServer
from tests.shopping import an_order

pytestmark = pytest.mark.browser
ORDER = re.compile(r"/admin/orders/[0-9A-Z]{6}(\?.*)?$")


def at_the_desk(page: Page, server: LiveServer) -> Page:
    """Charlie is signed in in this window."""
    account = an_account(charlie, "orders")
    with db.transaction() as session:
        session.get_one(Account, account.id).totp_secret = guard.one_time_codes().generate_totp_secret()
        key = signing.begin(account.id, "Chromium", "given")
    db.release()
    page.context.add_cookies([{"name": http.cookie_name(signing.COOKIE), "value": key, "url": server.url}])
    return page


@pytest.fixture
def desk(either_page: Page, live_server: LiveServer) -> Page:
    return at_the_desk(either_page, live_server)


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    with opened(browser, live_server, javascript=True, width=390) as page:
        yield at_the_desk(page, live_server)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def done(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def waiting(kettle: Variant) -> tuple[Order, Order]:
    """A parcel that is paid, and something that Ben fetches."""
    parcel = an_order((kettle, 2), delivery="home", payment="bank_transfer")
    settle_order(parcel.id)
    fetched = an_order((kettle, 1))
    db.release()
    return parcel, fetched


def test_a_day_at_the_desk(desk: Page, kettle: Variant) -> None:
    parcel, fetched = waiting(kettle)
    desk.goto("/admin/orders")
    desk.get_by_role("link", name="Tick all of this page").click()
    press(desk, "Pick list")
    expect(desk.get_by_role("row").filter(has_text=kettle.sku)).to_contain_text(f"{parcel.number} × 2")
    desk.go_back()
    press(desk, "Packing slips")
    expect(desk.locator(".slip")).to_have_count(2)
    desk.go_back()
    desk.get_by_role("link", name=parcel.number).click()
    press(desk, "Mark as packed")
    done(desk, "Packed.")
    desk.locator("#carrier").select_option("DHL")
    press(desk, "Mark as shipped")
    expect(desk.get_by_role("alert")).to_contain_text("Please enter the parcel's number")
    desk.get_by_label("Tracking number").fill("00340434")
    press(desk, "Mark as shipped")
    done(desk, "Shipped.")
    desk.get_by_role("link", name="Next to pack").click()
    expect(desk.get_by_role("heading", name=f"Order {fetched.number}")).to_be_visible()
    press(desk, "Mark as packed")
    press(desk, "Ready for pickup")
    press(desk, "Handed over and paid")
    done(desk, "Handed over.")
    desk.get_by_label("Note", exact=True).fill("Wants a blue one next time.")
    press(desk, "Keep the note")
    expect(desk.locator(".told")).to_contain_text("Wants a blue one next time.")


def test_a_caller_orders_and_calls_it_off(desk: Page, kettle: Variant) -> None:
    desk.goto("/admin/orders")
    desk.get_by_role("link", name="New order").click()
    desk.get_by_label("SKU or words").fill("kettle")
    press(desk, "Find")
    desk.get_by_role("button", name="Add Kettle").click()
    expect(desk.get_by_text("Place the order: €48.00")).to_be_visible()
    desk.get_by_label("Name", exact=True).fill(ada.name)
    desk.get_by_label("E-mail").fill(ada.email)
    desk.get_by_label("Units of Kettle").fill("2")
    desk.locator("#place").click()
    expect(desk.get_by_text("You changed how many")).to_be_visible()
    expect(desk.get_by_label("Name", exact=True)).to_have_value(ada.name)
    desk.locator("#place").click()
    expect(desk).to_have_url(ORDER)
    done(desk, "The order is placed.")
    desk.get_by_text("Cancel the order").first.click()
    desk.get_by_label("Reason").fill("Changed her mind")
    desk.locator(".confirm-form").get_by_role("button").click()
    done(desk, "Cancelled.")


def test_no_page_of_the_desk_shuts_anybody_out(
    page: Page, live_server: LiveServer, kettle: Variant, axe: Callable[[Page], None]
) -> None:
    parcel, fetched = waiting(kettle)
    at_the_desk(page, live_server)
    chosen = f"?order={parcel.number}&order={fetched.number}"
    ways = ["", "?q=nobody", "/new", "/papers", "/papers?first=x&last=y", f"/pick-list{chosen}"]
    ways += [f"/packing-slips{chosen}", f"/{parcel.number}", f"/{parcel.number}/correction"]
    ways += [f"/{parcel.number}/items", f"/{parcel.number}/refund", f"/{parcel.number}/return"]
    for way in ways:
        page.goto(f"/admin/orders{way}")
        axe(page)
    page.goto(f"/admin/orders/{parcel.number}/items")
    press(page, "Cancel these items")
    expect(page.locator("#problems")).to_be_focused()
    axe(page)


def test_on_a_phone_nothing_has_to_be_moved_sideways(phone: Page, kettle: Variant) -> None:
    parcel, fetched = waiting(kettle)
    chosen = f"?order={parcel.number}&order={fetched.number}"
    for way in ("", "/new", "/papers", f"/pick-list{chosen}", f"/packing-slips{chosen}", f"/{parcel.number}"):
        phone.goto(f"/admin/orders{way}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, way


def test_paper_shows_slips_and_nothing_else(page: Page, live_server: LiveServer, kettle: Variant) -> None:
    parcel, fetched = waiting(kettle)
    at_the_desk(page, live_server)
    page.goto(f"/admin/orders/packing-slips?order={parcel.number}&order={fetched.number}")
    page.emulate_media(media="print")
    expect(page.locator(".slip").first).to_be_visible()
    for hidden in (".desk", ".desk-head", ".crumbs"):
        expect(page.locator(hidden).first).to_be_hidden()
    breaks = page.locator(".slip").nth(1).evaluate("it => getComputedStyle(it).breakBefore")
    assert breaks == "page"


def test_by_keyboard_alone(page: Page, live_server: LiveServer, kettle: Variant) -> None:
    _parcel, fetched = waiting(kettle)
    at_the_desk(page, live_server)
    page.goto("/admin/orders")
    page.get_by_label("Number, e-mail, name or SKU").focus()
    page.keyboard.type(fetched.number.lower())
    page.keyboard.press("Enter")
    expect(page).to_have_url(ORDER)
    page.get_by_role("button", name="Mark as packed").focus()
    page.keyboard.press("Enter")
    done(page, "Packed.")
