"""The cart in Chromium: by mouse, by keyboard alone, on a narrow phone, with scripts and without."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from storefront.catalog.models import Variant
from tests.browsing import held_up, opened
from tests.characters import a_kettle, a_product, a_variant, reprice, stocked
from tests.serving import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]


@pytest.fixture(autouse=True)
def _goods(database: None) -> None:
    """A kettle of which there are five, and a cup."""
    stocked(a_variant(a_product("Kettle", slug="kettle"), sku="K", price=4800), 5)
    stocked(a_variant(a_product("Cup", slug="cup"), sku="C", price=900), 9)


def put_in(page: Page, slug: str, *, quantity: int = 1) -> None:
    page.goto(f"/products/{slug}")
    page.get_by_label(re.compile("^How many of")).fill(str(quantity))
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("link", name="See the cart").or_(page.locator("#cart")).first).to_be_visible()


def in_a_moment(page: Page, thing: Variant, quantity: int) -> None:
    """As if it had been put in before."""
    here = {"Sec-Fetch-Site": "same-origin"}
    page.request.post("/cart/lines", form={"variant": thing.sku, "quantity": quantity}, headers=here)


def quantity_of(page: Page, thing: str) -> Locator:
    return page.get_by_label(f"How many of {thing}")


def test_a_kettle_goes_in_and_the_page_stays(page: Page) -> None:
    put_in(page, "kettle", quantity=2)
    expect(page).to_have_url("/products/kettle")
    expect(page.locator("#added")).to_contain_text("2 of “Kettle” are in your cart.")
    expect(page.locator("#cart-badge")).to_have_text("2 items")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator("#cart-badge")).to_have_text("4 items")
    page.get_by_role("link", name="See the cart").click()
    expect(quantity_of(page, "Kettle")).to_have_value("4")


def test_more_than_is_left_is_told_and_one_click_adds_the_rest(page: Page) -> None:
    put_in(page, "kettle", quantity=4)
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("alert")).to_contain_text("Only 5 of “Kettle” are left")
    page.get_by_role("button", name="Add the last one").click()
    expect(page.locator("#cart-badge")).to_have_text("5 items")


def test_the_count_is_shown_on_every_page_of_who_has_something(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#cart-badge")).to_be_empty()
    put_in(page, "cup")
    page.goto("/")
    expect(page.locator("#cart-badge")).to_have_text("1 item")
    expect(page.get_by_role("link", name="Cart 1 item")).to_be_visible()
    page.goto("/cart")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("#cart-badge")).to_be_empty()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if url.endswith("/cart/badge")][1:] == []


def test_ada_changes_and_empties_her_cart(either_page: Page) -> None:
    page = either_page
    put_in(page, "kettle")
    put_in(page, "cup")
    page.goto("/cart")
    quantity_of(page, "Kettle").fill("3")
    quantity_of(page, "Kettle").press("Enter")
    expect(page.locator(".cart-sum").first).to_have_text("€144.00")
    expect(page.locator(".cart-ways")).to_contain_text("€157.90")
    page.get_by_role("button", name="Remove Kettle").click()
    expect(quantity_of(page, "Kettle")).to_have_count(0)
    page.get_by_role("button", name="Remove Cup").click()
    expect(page.get_by_text("Your cart is empty.")).to_be_visible()


def test_totals_follow_the_buttons_and_the_focus_stays(page: Page) -> None:
    put_in(page, "kettle")
    page.goto("/cart")
    more = page.get_by_role("button", name="One more of Kettle")
    more.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".cart-sum")).to_have_text("€144.00")
    expect(page.locator("#cart-badge")).to_have_text("3 items")
    expect(more).to_be_focused()


def test_what_is_pressed_while_an_answer_is_on_its_way_counts(page: Page) -> None:
    put_in(page, "kettle")
    page.goto("/cart")
    more = page.get_by_role("button", name="One more of Kettle")
    with held_up(page, "**/cart/lines/*"):
        with page.expect_request("**/cart/lines/*"):
            more.click()
        more.click()
    expect(page.locator(".cart-sum")).to_have_text("€144.00")
    expect(quantity_of(page, "Kettle")).to_have_value("3")


def test_what_was_removed_can_be_put_back_and_the_focus_is_not_lost(page: Page) -> None:
    put_in(page, "kettle", quantity=2)
    page.goto("/cart")
    page.get_by_role("button", name="Remove Kettle").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").get_by_text("“Kettle” was taken out.")).to_be_visible()
    expect(page.locator("#cart")).to_be_focused()
    page.get_by_role("button", name="Put it back").click()
    expect(quantity_of(page, "Kettle")).to_have_value("2")


def test_too_many_are_refused_at_the_line(either_page: Page) -> None:
    page = either_page
    put_in(page, "kettle")
    page.goto("/cart")
    quantity_of(page, "Kettle").fill("7")
    quantity_of(page, "Kettle").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Only 5 of “Kettle” are left.")
    expect(quantity_of(page, "Kettle")).to_have_value("7")
    page.get_by_role("button", name="Take 5").click()
    expect(quantity_of(page, "Kettle")).to_have_value("5")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_everything_wrong_is_settled_by_clicks(either_page: Page) -> None:
    page = either_page
    dear, scarce = a_kettle(title="Vase", price=1000), a_kettle(title="Bowl", units=5)
    for thing in (dear, scarce):
        in_a_moment(page, thing, 3)
    reprice(dear, 1200)
    stocked(scarce, 2)
    page.goto("/cart")
    page.get_by_role("button", name="Take it at €12.00").click()
    expect(page.get_by_text("The price has changed")).to_have_count(0)
    page.get_by_role("button", name="Continue with what is left").click()
    expect(quantity_of(page, "Bowl")).to_have_value("2")
    expect(page.get_by_role("link", name="Go to the checkout")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, live_server: LiveServer, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    with opened(browser, live_server, javascript=True, width=width) as page:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto("/cart")
        axe(page)
        short, gone = a_kettle(title="A rather long name for a kettle"), a_kettle(title="Teapot")
        for thing in (short, gone):
            in_a_moment(page, thing, 5)
        stocked(short, 2)
        stocked(gone, 0)
        put_in(page, "cup")
        axe(page)
        page.goto("/cart")
        quantity_of(page, "Cup").fill("50")
        quantity_of(page, "Cup").press("Enter")
        expect(page.get_by_role("alert")).to_be_visible()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
