"""The shop window in Chromium: views of a product and what went into the cart, with and without scripts."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image as Pillow
from playwright.sync_api import Browser, Page, expect

from storefront.catalog import filing
from storefront.catalog.colours import mix_colours
from storefront.catalog.models import Image
from storefront.config import settings
from storefront.platform import db, storage, uploads
from tests.browsing import opened
from tests.characters import a_product, a_variant, stocked
from tests.serving import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]


def a_picture(colour: str) -> bytes:
    content = BytesIO()
    Pillow.new("RGB", (80, 100), colour).save(content, "PNG")
    return content.getvalue()


@pytest.fixture(autouse=True)
def _vase(database: None) -> None:
    """A vase in teal and rose, seen from three sides."""
    vase = a_product("Vase", slug="vase", option_names=["Glaze"])
    for glaze in ("Teal", "Rose"):
        stocked(a_variant(vase, sku=glaze.upper(), price=2000, options=[glaze]), 9)
    mix_colours({"teal": "#2b7a78", "rose": "#d49a92"})
    (settings().storefront_var / "media").mkdir(exist_ok=True)
    for place, (side, colour) in enumerate([("front", "teal"), ("back", "pink"), ("foot", "tan")]):
        with db.transaction() as session:
            image = Image(product_id=vase.id, source=side, alt=f"The vase, its {side}", position=place)
            session.add(image)
        filing.file_picture(image.id, uploads.keep(a_picture(colour), storage.media()))
    db.release()


def test_a_view_fills_the_screen_and_goes_back_to_where_it_was(either_page: Page) -> None:
    page = either_page
    page.goto("/products/vase")
    page.get_by_role("link", name="Look closer: The vase, its front").click()
    view = page.get_by_role("dialog", name="Vase, view 1 of 3")
    expect(view).to_be_visible()
    expect(page.get_by_role("button", name="Add to cart")).to_be_hidden()
    view.get_by_role("link", name="Next").click()
    expect(page.get_by_role("dialog", name="Vase, view 2 of 3")).to_be_visible()
    page.reload()
    expect(page.get_by_role("dialog", name="Vase, view 2 of 3")).to_be_visible()
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#look-2")).to_be_focused()


def test_nothing_behind_a_view_is_reached_by_the_keyboard(either_page: Page) -> None:
    page = either_page
    page.goto("/products/vase#zoom-2")
    for _stop in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.zoom, body') !== null")
        assert not page.evaluate("!!document.activeElement.closest('.top, .foot, .choose')")


def test_keys_move_and_close_a_view_and_going_back_leaves_it_at_once(page: Page) -> None:
    page.goto("/products/vase")
    page.locator("#look-1").click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="Vase, view 3 of 3")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(page.locator("#look-2")).to_be_focused()
    page.go_back()
    expect(page).to_have_url("/products/vase")


def test_a_thumb_chooses_the_view(either_page: Page) -> None:
    page = either_page
    page.goto("/products/vase")
    expect(page.locator("#view-1")).to_be_in_viewport(ratio=0.6)
    page.get_by_role("link", name="View 3 of 3").click()
    expect(page.locator("#view-3")).to_be_in_viewport(ratio=0.6)
    expect(page.locator("#view-1")).not_to_be_in_viewport()
    expect(page.locator("h1")).to_be_in_viewport()


def test_the_thumb_of_the_view_is_marked_until_another_choice_is_made(page: Page) -> None:
    page.goto("/products/vase")
    page.get_by_role("link", name="View 2 of 3").click()
    expect(page.locator(".thumbs [aria-current]")).to_have_accessible_name("View 2 of 3")
    page.get_by_label("Rose").check()
    expect(page).to_have_url("/products/vase?variant=ROSE")
    expect(page.locator(".thumbs [aria-current]")).to_have_accessible_name("View 1 of 3")
    expect(page.locator("#view-1")).to_be_in_viewport(ratio=0.6)


def test_what_was_put_in_is_told_beside_the_page_and_put_away(page: Page) -> None:
    page.goto("/products/vase")
    add = page.get_by_role("button", name="Add to cart")
    add.click()
    panel = page.get_by_role("region", name="Put into your cart")
    expect(panel).to_contain_text("“Vase” is in your cart.")
    expect(panel).to_contain_text("One item in the cart")
    expect(page.locator("#added")).to_have_attribute("aria-live", "polite")
    expect(add).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("link", name="See the cart")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(add).to_be_focused()
    add.click()
    expect(panel).to_contain_text("2 items in the cart")
    panel.get_by_role("link", name="Keep looking").click()
    expect(panel).to_have_count(0)
    expect(page).to_have_url("/products/vase")


def test_without_scripts_it_is_a_page_that_can_be_loaded_again(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/products/vase")
    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("heading", name="Put into your cart")).to_be_visible()
    page.reload()
    expect(page.locator("main")).to_contain_text("One item in the cart")
    page.get_by_role("link", name="Keep looking").click()
    expect(page).to_have_url("/products/vase?variant=TEAL")
    page.go_back()
    page.get_by_role("link", name="See the cart").click()
    expect(page).to_have_url("/cart")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_window(
    browser: Browser, live_server: LiveServer, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    with opened(browser, live_server, javascript=True, width=width) as page:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        page.goto("/products/vase")
        axe(page)
        page.get_by_role("button", name="Add to cart").click()
        expect(page.locator(".mini")).to_be_visible()
        axe(page)
        page.goto("/products/vase#zoom-2")
        expect(page.get_by_role("dialog")).to_be_visible()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
