"""The whole purchase in Chromium: scripts or none, by keyboard, on a small phone, without a network."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from storefront.catalog.models import Variant
from storefront.orders.models import Order
from storefront.platform import db
from tests.browsing import opened
from tests.characters import a_product, a_variant, ada, reprice, stocked
from tests.serving import LiveServer
from tests.shopping import an_order

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
ORDER = re.compile(r"/orders/[\w-]{22}$")
FOCUSED = """() => {
  const it = document.activeElement;
  return (it.labels?.[0] ?? it).innerText?.trim() || it.getAttribute("aria-label") || "";
}"""


@pytest.fixture(autouse=True)
def kettle(database: None) -> Variant:
    """What Ada wants; ten are left."""
    found = stocked(a_variant(a_product("Kettle", slug="kettle"), price=4800), 10)
    db.release()
    return found


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The narrowest phone there is."""
    with opened(browser, live_server, javascript=True, width=320) as page:
        yield page


def to_the_till(page: Page) -> None:
    """From the product to the checkout."""
    page.goto("/products/kettle")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_text("is in your cart").or_(page.get_by_role("heading", name="Cart")).first.wait_for()
    page.goto("/cart")
    page.get_by_role("link", name="Go to the checkout").click()
    expect(page.get_by_role("heading", name="Checkout")).to_be_visible()


def fill_in(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill(ada.name)
    page.get_by_label("E-mail").fill(ada.email)


def fill_in_address(page: Page) -> None:
    page.get_by_label("Street and number").first.fill(ada.street)
    page.get_by_label("Postal code").first.fill(ada.postal_code)
    page.get_by_label("Town or city").first.fill(ada.city)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def the_order() -> Order:
    db.release()
    return db.session.scalars(select(Order)).one()


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


def test_another_country_asks_for_other_things(either_page: Page) -> None:
    page = either_page
    to_the_till(page)
    page.get_by_label("The bill goes to another address").check()
    page.get_by_role("textbox", name="Company").fill("Okafor Inc")
    page.get_by_label("Country").last.select_option("US")
    show = page.get_by_role("button", name="Show this country's form").last
    if show.is_visible():
        show.click()
    page.get_by_label("State").select_option("CA")
    page.get_by_label("ZIP code").fill("94103")
    expect(page.get_by_role("textbox", name="Company")).to_have_value("Okafor Inc")


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(either_page: Page) -> None:
    page = either_page
    to_the_till(page)
    page.get_by_label("E-mail").fill("ada@gmial.com")
    press(page, "Order and pay €48.00 at pickup")
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#problems li")).to_have_text(
        ["Please tell us your name.", "Did you mean ada@gmail.com?"]
    )
    page.get_by_role("link", name="Please tell us your name.").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.get_by_label("Name", exact=True).fill(ada.name)
    page.get_by_label("Yes, ada@gmail.com").check()
    press(page, "Order and pay €48.00 at pickup")
    expect(page).to_have_url(ORDER)
    assert the_order().email == "ada@gmail.com"


def test_what_is_left_is_one_click_away(either_page: Page, kettle: Variant) -> None:
    page = either_page
    to_the_till(page)
    page.goto("/cart")
    page.get_by_label("How many of Kettle").fill("3")
    page.get_by_label("How many of Kettle").press("Enter")
    expect(page.locator(".cart-sum")).to_have_text("€144.00")
    page.goto("/checkout")
    fill_in(page)
    an_order((kettle, 9))
    db.release()
    press(page, "Order and pay €144.00 at pickup")
    expect(page.get_by_text("Kettle: one is left; you wanted 3")).to_be_visible()
    press(page, "Take what is left")
    expect(page.get_by_label("Name", exact=True)).to_have_value(ada.name)
    press(page, "Order and pay €48.00 at pickup")
    expect(page).to_have_url(ORDER)


def test_a_price_that_changes_at_the_last_moment_is_asked_about(either_page: Page, kettle: Variant) -> None:
    page = either_page
    to_the_till(page)
    fill_in(page)
    reprice(kettle, 5000)
    db.release()
    press(page, "Order and pay €48.00 at pickup")
    expect(page.get_by_text("The total is now €50.00; you saw €48.00.")).to_be_visible()
    press(page, "Order and pay €50.00 at pickup")
    expect(page).to_have_url(ORDER)


def test_without_a_network_the_page_says_what_is_known(page: Page) -> None:
    to_the_till(page)
    fill_in(page)
    page.context.set_offline(True)
    press(page, "Order and pay €48.00 at pickup")
    message = page.get_by_text("We do not know yet whether your order arrived.")
    expect(message).to_be_visible()
    expect(page.locator("[data-offline]")).to_be_focused()
    page.context.set_offline(False)
    press(page, "Order and pay €48.00 at pickup")
    expect(page).to_have_url(ORDER)
    the_order()


def test_an_answer_that_got_lost_was_an_order_and_stays_one(page: Page) -> None:
    to_the_till(page)
    fill_in(page)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route("**/orders", lose_the_answer)
    press(page, "Order and pay €48.00 at pickup")
    expect(page.get_by_text("We do not know yet whether your order arrived.")).to_be_visible()
    first = the_order().token
    page.unroute("**/orders")
    press(page, "Order and pay €48.00 at pickup")
    expect(page).to_have_url(re.compile(rf"/orders/{first}$"))
    the_order()


def test_back_and_again_is_the_same_order(either_page: Page) -> None:
    page = either_page
    to_the_till(page)
    fill_in(page)
    press(page, "Order and pay €48.00 at pickup")
    expect(page).to_have_url(ORDER)
    first = page.url
    page.go_back()
    if ORDER.search(page.url) is None:
        press(page, "Order and pay €48.00 at pickup")
    expect(page).to_have_url(first)
    the_order()


def test_a_double_click_is_one_order(either_page: Page) -> None:
    page = either_page
    to_the_till(page)
    fill_in(page)
    page.get_by_role("button", name="Order and pay").dblclick()
    expect(page).to_have_url(ORDER)
    the_order()


def test_two_tabs_are_one_order(page: Page) -> None:
    to_the_till(page)
    other = page.context.new_page()
    other.goto("/checkout")
    for tab in (page, other):
        fill_in(tab)
    press(page, "Order and pay")
    expect(page).to_have_url(ORDER)
    press(other, "Order and pay")
    expect(other).to_have_url(page.url)
    the_order()


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
    """Press Tab until what says so has the focus."""
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


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
