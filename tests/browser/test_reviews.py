"""Reviews in Chromium: written, read and judged, with and without scripts; whatever is typed stays text."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from storefront.accounts import signing
from storefront.accounts.models import Account
from storefront.catalog.models import Variant
from storefront.platform import db, guard
from tests.browsing import opened
from tests.characters import a_category, a_product, a_variant, ada, charlie, stocked
from tests.people import an_account
from tests.reviewing import WORDS, a_review, delivered, reviews, somebody
from tests.serving import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]


@pytest.fixture
def kettle(database: None) -> Variant:
    """A kettle on a shelf, which Ada has bought."""
    kettle = stocked(
        a_variant(a_product("Kettle", slug="kettle", category=a_category("Kettles"))),
        9,
    )
    delivered(kettle, ada)
    db.release()
    return kettle


def enter(page: Page, account: Account, second_factor: str = "none") -> None:
    """Somebody is signed in in this window."""
    with db.transaction():
        key = signing.begin(account.id, "Chromium", second_factor)
    page.goto("/robots.txt")
    page.context.add_cookies([{"name": f"sf_{signing.COOKIE}", "value": key, "url": page.url}])


def enter_as_staff(page: Page) -> None:
    account = an_account(charlie, "catalogue")
    with db.transaction() as session:
        session.get_one(Account, account.id).totp_secret = guard.one_time_codes().generate_totp_secret()
    enter(page, account, "given")


def test_ada_writes_and_others_read(either_page: Page, kettle: Variant) -> None:
    page = either_page
    enter(page, an_account(ada))
    page.goto("/products/kettle")
    page.get_by_role("link", name="Write the first review").click()
    page.get_by_label("Title").fill("Pours well")
    page.get_by_label("Your review", exact=True).fill("Short")
    page.get_by_role("button", name="Send your review").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.locator("#rating-wrong")).to_contain_text("one to five stars")
    expect(page.get_by_label("Title")).to_have_value("Pours well")
    page.get_by_label("Very good").check()
    page.get_by_label("Your review", exact=True).fill(WORDS)
    page.get_by_role("button", name="Send your review").click()
    expect(page.get_by_text("Thank you!")).to_be_visible()
    expect(page.get_by_text("Waits to be read")).to_be_visible()


def test_charlie_publishes_and_everybody_reads(
    either_page: Page, kettle: Variant, browser: Browser, live_server: LiveServer
) -> None:
    a_review(kettle, 4, state="pending")
    enter_as_staff(either_page)
    either_page.goto("/admin/reviews")
    either_page.get_by_role("button", name="Publish the review of Kettle").click()
    expect(either_page.get_by_text("The review is published.")).to_be_visible()
    with opened(browser, live_server, javascript=True) as visitor:
        visitor.goto("/products/kettle")
        visitor.locator(".title-block .rated a").click()
        expect(visitor.locator("#reviews .review h3")).to_have_text(["Pours well"])
        expect(visitor.locator("#reviews").get_by_text("Verified buyer")).to_be_visible()
    with opened(browser, live_server, javascript=False) as visitor:
        visitor.goto("/products/kettle")
        visitor.get_by_role("link", name="Read the review").click()
        expect(visitor.locator("#said .review h3")).to_have_text(["Pours well"])


def test_what_comes_later_moves_nothing(page: Page, kettle: Variant) -> None:
    """The region below arrives before anybody gets there."""
    reviews(kettle, 5, 4, 3, 5)
    page.goto("/products/kettle")
    page.evaluate(
        "window.shifts = 0; new PerformanceObserver(list => {"
        " for (const one of list.getEntries()) shifts += one.value; })"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.mouse.wheel(0, 300)
    page.locator("#said").wait_for()
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(300)
    assert page.evaluate("shifts") < 0.01


def test_stars_are_chosen_by_the_keyboard_alone(page: Page, kettle: Variant) -> None:
    enter(page, an_account(ada))
    page.goto("/products/kettle/reviews/new")
    page.locator("input[name='rating']").first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Pours well")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 stars of 5")).to_have_count(1)


def test_a_list_is_narrowed_by_stars(page: Page, kettle: Variant) -> None:
    reviews(kettle, 5)
    stocked(a_variant(a_product("Jug")), 1)
    page.goto("/products")
    page.get_by_label("4 stars and up").check()
    expect(page.locator("#results h2")).to_have_text(["Kettle"])
    expect(page).to_have_url("/products?rating=4")
    page.get_by_label("Any").check()
    expect(page.locator("#results h2")).to_have_count(2)
    expect(page).to_have_url("/products")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    page: Page, axe: Callable[[Page], None], kettle: Variant, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    cup = stocked(a_variant(a_product("Cup", slug="cup")), 1)
    reviews(kettle, 5, 4, 1)
    own = a_review(kettle, 4, who=ada, state="pending")
    a_review(cup, 1, who=ada, state="rejected")
    enter(page, an_account(ada))
    for address in (
        *("/products/kettle", "/products/kettle/reviews", "/products/kettle/reviews?stars=2&sort=best"),
        *("/products/cup/reviews", "/account/reviews", f"/account/reviews/{own.id}", "/products?rating=4"),
    ):
        look_at(page, address, axe)
    look_at(page, f"/account/reviews/{own.id}", axe, "Save your review")
    for _ in range(3):
        page.goto(f"/account/reviews/{own.id}")
        page.get_by_label("Title").fill("")
        page.get_by_role("button", name="Save your review").click()
    expect(page.get_by_role("button", name="Send it again")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_queue_is_accessible_and_fits(
    page: Page, axe: Callable[[Page], None], kettle: Variant, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    a_review(kettle, 4, who=ada, state="pending")
    waiting = a_review(kettle, 4, who=somebody(), state="pending")
    enter_as_staff(page)
    look_at(page, "/admin/reviews", axe)
    look_at(page, "/admin/reviews?state=rejected", axe)
    look_at(page, f"/admin/reviews/{waiting.id}", axe, "Do not publish")


def look_at(page: Page, address: str, axe: Callable[[Page], None], press: str = "") -> None:
    """Wide and narrow; `press` is a button that is pressed with a field left empty."""
    page.set_viewport_size({"width": 1200, "height": 900})
    page.goto(address)
    if press:
        page.locator("form .input").first.fill("")
        page.get_by_role("button", name=press).last.click()
        expect(page.locator("#problems")).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
