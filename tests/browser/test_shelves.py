"""Looking around in Chromium: choices, filters and the first view on a phone, with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from storefront.platform import db
from tests.browsing import opened
from tests.characters import a_category, a_product, a_variant, stocked
from tests.serving import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
PAGES = (
    "/",
    "/products",
    "/categories/tea",
    "/products/vase?variant=T-L",
    "/search?q=vase",
    "/pages/delivery",
    "/none",
)


@pytest.fixture(autouse=True)
def _vase(database: None) -> None:
    """Teal in two sizes, the large one sold out; rose only small; and a plain cup."""
    shelf = a_category("Tea")
    vase = a_product("Vase", slug="vase", option_names=["Glaze", "Size"], category=shelf)
    stocked(a_variant(vase, sku="T-S", price=2000, options=["Teal", "Small"]), 9)
    stocked(a_variant(vase, sku="T-L", price=3000, options=["Teal", "Large"]), 0)
    stocked(a_variant(vase, sku="R-S", price=2100, options=["Rose", "Small"]), 2)
    stocked(a_variant(a_product("Cup", slug="cup", category=shelf), price=900), 4)
    db.release()


def test_a_choice_changes_the_page_in_place(page: Page) -> None:
    page.goto("/products/vase")
    page.get_by_role("button", name="One more of Vase").click()
    page.get_by_label("Rose", exact=True).check()
    expect(page).to_have_url("/products/vase?variant=R-S")
    expect(page.locator(".title-block")).to_contain_text("€21.00")
    expect(page.get_by_label("Rose", exact=True)).to_be_focused()
    expect(page.get_by_label("How many of Vase")).to_have_value("2")


def test_a_change_that_moves_another_option_shows_what_is_chosen(page: Page) -> None:
    page.goto("/products/vase?variant=R-S")
    page.get_by_label("Large – not in Rose").check()
    expect(page).to_have_url("/products/vase?variant=T-L")
    expect(page.get_by_label("Teal")).to_be_checked()
    page.go_back()
    expect(page.get_by_label("Rose", exact=True)).to_be_checked()
    expect(page.locator(".title-block")).to_contain_text("€21.00")


def test_without_scripts_a_button_shows_the_choice(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/products/vase")
    page.get_by_label("Rose", exact=True).check()
    page.get_by_role("button", name="Show this choice").click()
    expect(page).to_have_url("/products/vase?variant=R-S")
    expect(page.locator(".title-block")).to_contain_text("Only 2 left")
    page.go_back()
    expect(page).to_have_url("/products/vase")
    expect(page.get_by_label("Teal")).to_be_checked()


def test_scripts_need_no_button_to_show_a_choice(page: Page) -> None:
    page.goto("/products/vase")
    expect(page.get_by_role("button", name="Show this choice")).to_be_hidden()


def test_what_is_bought_is_said_where_it_was_bought(page: Page) -> None:
    page.goto("/products/vase?variant=R-S")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.locator("#added")).to_contain_text("“Vase” is in your cart.")
    expect(page.locator("#cart-badge")).to_contain_text("1")
    page.get_by_label("Teal", exact=True).check()
    expect(page).to_have_url("/products/vase?variant=T-S")
    expect(page.locator("#added")).to_be_empty()
    page.reload()
    expect(page.locator("#cart-badge")).to_contain_text("1")


def test_without_scripts_the_chosen_thing_is_bought(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/products/vase")
    page.get_by_label("Rose", exact=True).check()
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("heading", name="Put into your cart")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Rose / Small")


def test_filters_narrow_the_list(either_page: Page) -> None:
    page = either_page
    page.goto("/products")
    page.get_by_label("Price from").fill("10")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url("/products?price=10-")
    expect(page.locator("#results h2")).to_have_text(["Vase"])
    page.get_by_label("Price from").fill("")
    page.get_by_label("Sort by").select_option("price")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url("/products?sort=price")
    expect(page.locator("#results h2")).to_have_text(["Cup", "Vase"])


def test_a_phone_shows_name_price_and_buy_at_once(browser: Browser, live_server: LiveServer) -> None:
    with opened(browser, live_server, javascript=True, width=390) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto("/products/vase")
        assert bottom(page, ".top") <= 112
        for part in ("h1", ".title-block .price", "button:has-text('Add to cart')"):
            assert bottom(page, part) <= 844


def test_the_search_of_a_phone_opens_where_it_is_touched(browser: Browser, live_server: LiveServer) -> None:
    with opened(browser, live_server, javascript=False, width=390) as page:
        page.goto("/")
        page.locator("#find").click()
        page.keyboard.type("cups")
        page.keyboard.press("Enter")
        expect(page.locator("#results h2")).to_have_text(["Cup"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_320_pixels(
    page: Page, axe: Callable[[Page], None], scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    for address in PAGES:
        page.set_viewport_size({"width": 1200, "height": 900})
        page.goto(address)
        axe(page)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def bottom(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["y"] + box["height"]
