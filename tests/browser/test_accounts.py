"""Accounts in a real browser: with scripts and without, for all eyes and fingers, and for no villain."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Dialog, Page, expect

from storefront.accounts import address_book, signing
from storefront.accounts.models import Account
from storefront.platform import clock, db, guard, http
from storefront.platform.addresses import Address
from tests.characters import Person, a_kettle, ada, charlie
from tests.people import PASSWORD, an_account
from tests.post import Post
from tests.shopping import an_order

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]

EVIL = '"><img src=x onerror=alert(1)><b hx-get="/cart" hx-trigger="load" data-hx-on="x">{{7*7}}</b>'
PRIVATE = (
    "/account",
    "/account/orders",
    "/account/addresses",
    "/account/addresses/new",
    "/account/details",
    "/account/password",
    "/account/email",
    "/account/sign-ins",
    "/account/second-factor",
)
DOORS = (
    "/account/sign-in",
    "/account/sign-up",
    "/account/sign-up/sent",
    "/account/forgotten",
    "/orders/find",
)


@pytest.fixture
def post(outbox: Path) -> Post:
    return Post(outbox)


def come_in(page: Page, account: Account) -> None:
    """Somebody is signed in in this browser."""
    with db.transaction():
        key = signing.begin(account.id, "Firefox – Linux")
    db.release()
    where = urljoin(page.url, "/")
    page.context.add_cookies([{"name": http.cookie_name("account"), "value": key, "url": where}])


def with_everything(who: Person) -> Account:
    """An account with an address, an order and a cart."""
    account = an_account(who)
    address_book.add_address(
        account.id, Address(**who.address | {"company": who.name}), for_delivery=True, for_billing=True
    )
    an_order((a_kettle(), 1), who=who, note=who.name)
    db.release()
    return account


def test_ada_makes_an_account_and_comes_and_goes(either_page: Page, post: Post) -> None:
    page = either_page
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name="Account").click()
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Name").fill(ada.name)
    page.get_by_label("E-mail").fill(ada.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make an account").click()
    expect(page.locator("h1")).to_have_text("Look into your mailbox")
    page.goto(post.link(ada.email, "/account/confirmation/"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Open my account").click()
    expect(page.locator("h1")).to_have_text(f"Hello {ada.name}")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/orders")
    page.get_by_label("E-mail").fill(ada.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Orders")


def test_a_password_can_be_looked_at(page: Page) -> None:
    page.goto("/account/sign-in")
    field = page.get_by_label("Password", exact=True)
    field.fill(PASSWORD)
    page.get_by_role("button", name="Show").click()
    expect(field).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide").click()
    expect(field).to_have_attribute("type", "password")
    expect(field).to_have_value(PASSWORD)


def test_without_scripts_there_is_no_button_that_does_nothing(page_without_javascript: Page) -> None:
    page_without_javascript.goto("/account/sign-in")
    expect(page_without_javascript.get_by_text("Show", exact=True)).to_be_hidden()


def test_another_country_asks_for_other_things(either_page: Page) -> None:
    page = either_page
    page.goto("/account/sign-in")
    come_in(page, with_everything(ada))
    page.goto("/account/addresses/new")
    page.get_by_label("Street and number").fill("1 Main Street")
    page.get_by_label("Country").select_option("US")
    if (button := page.get_by_role("button", name="Show this country")).count():
        button.click()
    expect(page.get_by_label("State")).to_be_visible()
    expect(page.get_by_label("Street and number")).to_have_value("1 Main Street")
    page.get_by_label("State").select_option("NY")
    page.get_by_label("ZIP code").fill("10001")
    page.get_by_label("Town or city").fill("New York")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("h1")).to_have_text("Addresses")
    expect(page.locator("main")).to_contain_text("1 Main Street")


def test_charlie_photographs_the_second_factor(page: Page, axe: Callable[[Page], None]) -> None:
    boss = an_account(charlie, "owner")
    db.release()
    page.goto("/account/sign-in")
    come_in(page, boss)
    page.goto("/admin")
    expect(page.locator("h1")).to_have_text("Set up your second factor")
    assert page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 100")
    axe(page)
    secret = page.locator("input[name='secret']").get_attribute("value") or ""
    code = guard.one_time_codes()._totp.from_source(secret).generate(int(clock.now().timestamp())).token
    page.get_by_label("Code").fill(str(code))
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    axe(page)
    page.get_by_role("link", name="I have them").click()
    expect(page).to_have_url("/admin")


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_is_accessible_and_fits(page: Page, axe: Callable[[Page], None], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})

    def look(address: str) -> None:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address

    for address in DOORS:
        look(address)
    for address in ("/account/sign-up", "/account/sign-in", "/account/forgotten", "/orders/find"):
        page.goto(address)
        page.locator("main form").last.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
        expect(page.locator("#problems")).to_be_focused()
        axe(page)
    come_in(page, with_everything(ada))
    for address in PRIVATE:
        look(address)
    page.goto("/account/orders")
    page.locator(".entry a").first.click()
    axe(page)
    page.goto("/account/addresses/new")
    page.locator("form#address").evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    expect(page.locator("#problems")).to_be_focused()
    axe(page)


def test_what_a_villain_types_is_only_text(page: Page) -> None:
    """Dialogs and complaints of the content policy fail the test; so does an element that a field became."""
    villain = Person(EVIL[:90], "villain@example.com", EVIL[:30], EVIL, "10119", EVIL)
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto("/account/sign-in")
    come_in(page, with_everything(villain))
    for address in (
        *PRIVATE,
        "/cart",
        "/checkout",
        f"/account/orders?q={EVIL}",
        f"/account/sign-in?next={EVIL}",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.locator("main b[hx-get], main img[src='x']").count() == 0, address
    page.goto("/account/orders")
    page.locator(".entry a").first.click()
    assert page.locator("main b[hx-get], main img[src='x']").count() == 0
    assert dialogs == []
