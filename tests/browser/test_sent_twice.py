"""An order that is sent again, in Chromium: no network, lost answers, back, two clicks, two tabs."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.buying import ORDER, fill_in, press, the_order, to_the_till
from tests.characters import ada

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kettle")]


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
    # Playwright may say too early that we are back: the page we leave touches its own history entry when htmx
    # fills in the header's count. So we wait for what Ada waits for: the checkout, with what she typed.
    expect(page.get_by_role("heading", name="Checkout")).to_be_visible()
    page.wait_for_load_state()
    expect(page.get_by_label("Name", exact=True)).to_have_value(ada.name)
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
