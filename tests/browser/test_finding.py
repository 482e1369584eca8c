"""Finding things in Chromium: suggestions by keyboard, facets in place, back and forward, phone and axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from storefront.platform import db
from tests.browsing import opened
from tests.characters import a_category, a_product, a_variant, stocked
from tests.serving import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]


@pytest.fixture(autouse=True)
def _goods(database: None) -> None:
    """Kettles of two makers in three colours, and a jug, on two shelves."""
    kitchen, table = a_category("Kitchen"), a_category("Table")
    for title, brand, colours in (
        ("Copper kettle", "Kiln", ("Blue", "Red")),
        ("Steel kettle", "Møller", ("Blue",)),
        ("Iron kettle", "Kiln", ("Black",)),
    ):
        kettle = a_product(title, brand=brand, option_names=["Colour"], category=kitchen)
        for colour in colours:
            stocked(a_variant(kettle, options=[colour], price=4000), 3)
    stocked(a_variant(a_product("Jug", slug="jug", brand="Møller", category=table), price=900), 3)
    db.release()


def titles(page: Page, *wanted: str) -> None:
    expect(page.locator("#results .card h2")).to_have_text(list(wanted))


def test_suggestions_are_reached_by_arrows_and_put_away_by_escape(page: Page) -> None:
    page.goto("/")
    page.locator("#find").press_sequentially("ket", delay=20)
    links = page.locator("#find-suggestions a")
    expect(links).to_have_count(4)
    expect(page.locator("#find-suggestions [role=status]")).to_contain_text("4 suggestions")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(links).to_have_count(0)
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/search?q=ket")


def test_a_suggestion_leads_on(page: Page) -> None:
    page.goto("/")
    page.locator("#find").press_sequentially("juk")
    page.get_by_role("list", name="Products").get_by_role("link", name="Jug").click()
    expect(page).to_have_url("/products/jug")


def test_boxes_narrow_the_list_in_place_and_keep_the_focus(page: Page) -> None:
    page.goto("/products?sort=name")
    page.get_by_label("Kiln").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url("/products?brand=kiln&sort=name")
    titles(page, "Copper kettle", "Iron kettle")
    expect(page.get_by_label("Kiln")).to_be_focused()
    page.get_by_label("Blue").check()
    expect(page).to_have_url("/products?brand=kiln&colour=blue&sort=name")
    titles(page, "Copper kettle")
    expect(page.locator("#results [role=status]")).to_have_text("1 product")
    page.go_back()
    titles(page, "Copper kettle", "Iron kettle")
    expect(page.get_by_label("Blue")).not_to_be_checked()
    page.go_forward()
    titles(page, "Copper kettle")
    expect(page.get_by_label("Blue")).to_be_checked()
    page.reload()
    expect(page.get_by_label("Blue")).to_be_checked()


def test_a_chip_takes_its_choice_back(either_page: Page) -> None:
    page = either_page
    page.goto("/products?brand=kiln&colour=blue&sort=name")
    page.locator(".chosen").get_by_text("Brand: Kiln").click()
    expect(page).to_have_url("/products?colour=blue&sort=name")
    titles(page, "Copper kettle", "Steel kettle")
    expect(page.get_by_label("Kiln")).not_to_be_checked()


def test_without_scripts_a_button_applies_what_is_ticked(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/products?sort=name")
    page.get_by_label("Møller").check()
    page.get_by_label("Blue").check()
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url("/products?brand=moller&colour=blue&sort=name")
    titles(page, "Steel kettle")
    page.go_back()
    expect(page).to_have_url("/products?sort=name")
    expect(page.get_by_label("Blue")).not_to_be_checked()


def test_on_a_phone_the_filters_are_a_drawer(browser: Browser, live_server: LiveServer) -> None:
    with opened(browser, live_server, javascript=True, width=390) as page:
        page.goto("/products")
        expect(page.get_by_label("Kiln")).to_be_hidden()
        page.locator(".drawer > summary").click()
        page.get_by_label("Kiln").check()
        titles(page, "Iron kettle", "Copper kettle")
        expect(page.locator(".drawer > summary")).to_have_text("Filter (1)")
        expect(page.get_by_label("Kiln")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_finding_is_accessible_and_fits_320_pixels(
    page: Page, axe: Callable[[Page], None], scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for address in (
        "/products?brand=kiln&colour=blue",
        "/search?q=ketle",
        "/search?q=sofa",
        "/search?q=blue+kettle",
    ):
        page.set_viewport_size({"width": 1200, "height": 900})
        page.goto(address)
        axe(page)
        page.set_viewport_size({"width": 320, "height": 640})
        if address.startswith("/products"):
            page.locator(".drawer > summary").scroll_into_view_if_needed()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    page.set_viewport_size({"width": 1200, "height": 900})
    page.locator("#find").fill("")
    page.locator("#find").press_sequentially("ket")
    expect(page.locator("#find-suggestions a")).to_have_count(4)
    axe(page)
