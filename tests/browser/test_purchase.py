"""The whole purchase in Chromium: with scripts and without, by keyboard, on a small phone."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from storefront.catalog.models import Variant
from storefront.platform import db
from tests.browsing import opened
from tests.buying import ORDER, fill_in, fill_in_address, fits, press, the_order, to_the_till
from tests.characters import ada
from tests.serving import LiveServer
from tests.shopping import an_order

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kettle")]
FOCUSED = """() => {
  const it = document.activeElement;
  return (it.labels?.[0] ?? it).innerText?.trim() || it.getAttribute("aria-label") || "";
}"""


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The narrowest phone there is."""
    with opened(browser, live_server, javascript=True, width=320) as page:
        yield page


def test_ada_buys_a_kettle_and_calls_it_off(either_page: Page) -> None:
    page = either_page
    to_the_till(page)
    fill_in(page)
    press(page, "Order and pay €48.00 at pickup")
    expect(page).to_have_url(ORDER)
    expect(page.get_by_role("heading", name=f"Order {the_order().number}")).to_be_visible()
    page.get_by_text("Cancel this order").click()
    press(page, "Yes, cancel the order")
    expect(page.get_by_text("This order was cancelled.")).to_be_visible()


def test_no_page_of_it_shuts_anybody_out(page: Page, kettle: Variant, axe: Callable[[Page], None]) -> None:
    to_the_till(page)
    axe(page)
    page.get_by_label("Home delivery").check()
    page.get_by_label("The bill goes to another address").check()
    page.get_by_label("E-mail").fill("ada@gmial.com")
    press(page, "Order and")
    expect(page.locator("#problems")).to_be_focused()
    axe(page)
    page.get_by_label("The bill goes to another address").uncheck()
    fill_in(page)
    fill_in_address(page)
    bought_up = an_order((kettle, 10))
    db.release()
    press(page, "Order and")
    expect(page.get_by_text("sold out")).to_be_visible()
    axe(page)
    for address in ("", "/nothing"):
        page.goto(f"/orders/{bought_up.token}{address}")
        axe(page)


def test_choosing_delivery_changes_the_total_at_once_and_keeps_the_focus(page: Page) -> None:
    to_the_till(page)
    fill_in(page)
    expect(page.get_by_label("Street and number").first).to_be_hidden()
    page.get_by_label("Drive-through").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#buy")).to_have_text("Order and pay €52.90 on delivery")
    expect(page.get_by_label("Home delivery")).to_be_focused()
    expect(page.get_by_label("Name", exact=True)).to_have_value(ada.name)
    fill_in_address(page)
    page.get_by_label("Bank transfer").check()
    expect(page.locator("#buy")).to_have_text("Order and transfer €52.90")
    page.locator("#buy").click()
    expect(page.get_by_role("heading", name="Please transfer €52.90")).to_be_visible()
    assert the_order().delivery_address == {
        "country": "DE",
        "name": ada.name,
        "street": ada.street,
        "postal_code": ada.postal_code,
        "city": ada.city,
        "area": "",
        "company": "",
        "vat_id": "",
    }


def test_without_scripts_a_button_updates_the_total(page_without_javascript: Page) -> None:
    page = page_without_javascript
    to_the_till(page)
    fill_in(page)
    page.get_by_label("Home delivery").check()
    fill_in_address(page)
    press(page, "Update the total")
    expect(page.get_by_label("Name", exact=True)).to_have_value(ada.name)
    expect(page.get_by_label("Street and number").first).to_have_value(ada.street)
    press(page, "Order and pay €52.90 on delivery")
    expect(page).to_have_url(ORDER)


def test_without_scripts_a_forgotten_update_is_asked_about(page_without_javascript: Page) -> None:
    page = page_without_javascript
    to_the_till(page)
    fill_in(page)
    page.get_by_label("Home delivery").check()
    fill_in_address(page)
    press(page, "Order and pay €48.00 at pickup")
    expect(
        page.get_by_text("This way of payment does not go with this way of delivery.").first
    ).to_be_visible()
    press(page, "Order and pay €52.90 on delivery")
    expect(page).to_have_url(ORDER)


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/products/kettle")
    tab_to(page, "Add to cart")
    page.keyboard.press("Enter")
    tab_to(page, "See the cart")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/cart$"))
    tab_to(page, "Go to the checkout")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/checkout$"))
    tab_to(page, "Name")
    page.keyboard.type(ada.name)
    tab_to(page, "E-mail")
    page.keyboard.type(ada.email)
    tab_to(page, "Drive-through")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Pickup at the counter")).to_be_checked()
    tab_to(page, "Pay on pickup")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#buy")).to_have_text("Order and pay €48.00 by card at pickup")
    tab_to(page, "Order and pay")
    page.keyboard.press("Enter")
    expect(page).to_have_url(ORDER)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what says so has the focus; it may only be on its way."""
    expect(page.get_by_text(words).or_(page.get_by_label(words)).first).to_be_attached()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(words):
            return
    pytest.fail(f"nothing that says {words!r} can be reached")


def test_on_the_narrowest_phone(phone: Page, axe: Callable[[Page], None]) -> None:
    to_the_till(phone)
    phone.get_by_label("Home delivery").check()
    expect(phone.locator("#buy")).to_contain_text("€52.90")
    fits(phone)
    phone.locator("#buy").click()
    expect(phone.locator("#problems")).to_be_visible()
    fits(phone)
    axe(phone)
    fill_in(phone)
    fill_in_address(phone)
    phone.locator("#buy").click()
    expect(phone).to_have_url(ORDER)
    fits(phone)
