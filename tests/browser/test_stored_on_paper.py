"""What a customer typed is text on papers, in letters, and in forms that come back with what is wrong."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from storefront.accounts import keys
from storefront.accounts.mails import with_link
from storefront.accounts.models import MailedKey
from storefront.checkout import mails, staff_mails
from storefront.checkout.changing import cancel_lines
from storefront.orders.credit.queries import reductions_of
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.platform import db
from storefront.reviews.mails import review_published
from tests.browser.test_stored_scripts import (
    ATTRIBUTE,
    MARKS,
    PICTURE,
    SCRIPT,
    TRIES,
    Planted,
    alarmed,
    key_of,
    mallory,
    planted,
    see,
)
from tests.buying import to_the_till
from tests.serving import LiveServer
from tests.shopping import an_order

__all__ = ["planted"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
FIELDS = "input[type=text], input[type=email], input[type=tel], input:not([type]), textarea"


def papers(planted: Planted) -> Order:
    """An order with an invoice and a credit note, whose every name and reason is a try."""
    wish = {"delivery": "home", "payment": "bank_transfer", "note": SCRIPT}
    order = an_order((planted.kettle, 2), who=mallory, **wish)
    settle_order(order.id)
    cancel_lines(order.id, {order.lines[0].id: 1}, PICTURE + ATTRIBUTE)
    db.release()
    return order


def letters(planted: Planted, order: Order) -> Iterator[EmailMessage]:
    with db.transaction():
        keys.send(planted.account.id, "confirm", mallory.email)
    key = db.session.query(MailedKey.id).scalar()
    yield with_link(key)
    yield mails.order_placed(order.id)
    yield mails.order_paid(order.id)
    yield mails.order_reduced(order.id, reductions_of(order.id)[0].id)
    yield staff_mails.new_order(order.id)
    yield review_published(planted.review.id)


def test_papers_are_text(planted: Planted, browser: Browser, live_server: LiveServer) -> None:
    order = papers(planted)
    with alarmed(browser, live_server) as page:
        see(page, f"/orders/{order.token}")
        notes = page.locator("main a[href*='/credit-notes/']:not([href$='.pdf'])")
        note = notes.first.get_attribute("href") or ""
        for address in (f"/orders/{order.token}/invoice", note):
            see(page, address)
            expect(page.locator("main")).to_contain_text(mallory.name)


def test_letters_are_text_even_where_nothing_forbids_scripts(
    planted: Planted, browser: Browser, live_server: LiveServer
) -> None:
    order = papers(planted)
    with alarmed(browser, live_server) as page:
        for letter in letters(planted, order):
            body = letter.get_body(("html",))
            assert body is not None
            page.goto("about:blank")
            page.set_content(body.get_content())
            assert page.locator(MARKS.replace("main ", "")).count() == 0, letter["Subject"]
            assert page.locator("script, svg").count() == 0, letter["Subject"]


def type_tries(page: Page, form: str) -> None:
    """A try in every field of a form, which is sent as it is, whatever the browser thinks of it."""
    for number, field in enumerate(page.locator(form).last.locator(FIELDS).all()):
        if field.is_visible():
            field.evaluate("(field, words) => { field.value = words }", TRIES[number % len(TRIES)])
    page.locator(form).last.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    expect(page.locator("#problems")).to_be_focused()
    assert page.locator(MARKS).count() == 0, page.url


def test_forms_that_come_back_hold_text(planted: Planted, browser: Browser, live_server: LiveServer) -> None:
    with alarmed(browser, live_server) as page:
        for address in ("/account/sign-up", "/account/sign-in", "/account/forgotten", "/orders/find"):
            page.goto(address)
            type_tries(page, "main form")
        to_the_till(page)
        type_tries(page, "form#checkout")


def test_forms_of_an_account_that_come_back_hold_text(
    planted: Planted, browser: Browser, live_server: LiveServer
) -> None:
    with alarmed(browser, live_server, key_of(planted.account)) as page:
        for address in ("/account/details", "/account/email"):
            page.goto(address)
            type_tries(page, "main .account-page form")
        page.goto("/account/addresses/new")
        type_tries(page, "form#address")
        for address in (f"/account/orders/{planted.order.number}", "/account/orders?q=" + PICTURE):
            see(page, address)
