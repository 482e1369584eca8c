"""What the head of a page tells machines, in a real browser: nothing is refused, and it fetches ahead."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from storefront.platform import db
from storefront.shop.content import PAGES
from tests.characters import a_category, a_product, a_variant, stocked

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]


@pytest.fixture(autouse=True)
def _cups(database: None) -> None:
    """A shelf of cups."""
    shelf = a_category("Cups")
    for number in range(6):
        stocked(a_variant(a_product(f"Cup {number}", slug=f"cup-{number}", category=shelf)), 5)
    db.release()


def test_a_link_under_the_hand_is_fetched_ahead_but_never_the_cart(page: Page) -> None:
    ahead: list[str] = []

    def note(request: Request) -> None:
        if "prefetch" in request.headers.get("sec-purpose", ""):
            ahead.append(request.url.rpartition("/")[2])

    page.on("request", note)
    page.goto("/products")
    page.get_by_role("link", name="Cart").hover()
    page.wait_for_timeout(500)
    assert ahead == []
    with page.expect_event("request", lambda request: request.url.endswith("/products/cup-3")):
        page.get_by_role("link", name="Cup 3").hover()
    assert ahead == ["cup-3"]
    page.get_by_role("link", name="Cup 3").click()
    expect(page.locator("h1")).to_have_text("Cup 3")


def test_what_machines_read_is_no_matter_of_the_content_policy(page: Page) -> None:
    """Chromium would complain in its console, which fails the test."""
    for address in ("/", "/products", "/categories/cups", "/products/cup-1", "/pages/about"):
        page.goto(address)
        assert page.locator("script[type='application/ld+json']").count() == 1
        manifest = page.locator("link[rel='manifest']").get_attribute("href") or ""
        assert page.request.get(manifest).ok


@pytest.mark.parametrize("width", [1200, 320])
def test_pages_of_the_shop_are_accessible_and_fit(
    page: Page, axe: Callable[[Page], None], width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in (*(f"/pages/{name}" for name in PAGES), "/products/cup-1"):
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_one_leads_to_the_next(either_page: Page) -> None:
    page = either_page
    page.goto("/products/cup-1")
    page.locator(".related").get_by_role("link", name="Cup 2").click()
    expect(page).to_have_url("/products/cup-2")
    expect(page.locator(".related h3")).to_have_text(["Cup 3", "Cup 4", "Cup 5", "Cup 0"])
