"""The checkout form in Chromium: other countries, mistakes, and what changed in the meantime."""

import pytest
from playwright.sync_api import Page, expect

from storefront.catalog.models import Variant
from storefront.platform import db
from tests.browsing import held_up
from tests.buying import ORDER, fill_in, press, the_order, to_the_till
from tests.characters import ada, ben, reprice
from tests.shopping import an_order

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("kettle")]


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


def test_what_is_typed_while_an_answer_is_on_its_way_stays(page: Page) -> None:
    to_the_till(page)
    fill_in(page)
    with held_up(page, "**/checkout"):
        with page.expect_request("**/checkout"):
            page.get_by_label("Home delivery").check()
        page.get_by_label("Name", exact=True).fill(ben.name)
        page.get_by_label("Note").fill("Ring twice")
        page.get_by_label("Home delivery").focus()
    expect(page.locator("#buy")).to_have_text("Order and pay €52.90 on delivery")
    expect(page.get_by_label("Name", exact=True)).to_have_value(ben.name)
    expect(page.get_by_label("E-mail")).to_have_value(ada.email)
    expect(page.get_by_label("Note")).to_have_value("Ring twice")


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
