"""A purchase in a browser, step by step: what Ada does, as a person would."""

import re

from playwright.sync_api import Page, expect
from sqlalchemy import select

from storefront.orders.models import Order
from storefront.platform import db
from tests.characters import ada

ORDER = re.compile(r"/orders/[\w-]{22}$")
"""The address of an order's page."""


def to_the_till(page: Page) -> None:
    """From the product to the checkout, whose scripts are at work when this is done."""
    page.goto("/products/kettle")
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_text("is in your cart").or_(page.get_by_role("heading", name="Cart")).first.wait_for()
    page.goto("/cart")
    page.get_by_role("link", name="Go to the checkout").click()
    expect(page.get_by_role("heading", name="Checkout")).to_be_visible()
    page.wait_for_load_state()


def fill_in(page: Page) -> None:
    page.get_by_label("Name", exact=True).fill(ada.name)
    page.get_by_label("E-mail").fill(ada.email)


def fill_in_address(page: Page) -> None:
    page.get_by_label("Street and number").first.fill(ada.street)
    page.get_by_label("Postal code").first.fill(ada.postal_code)
    page.get_by_label("Town or city").first.fill(ada.city)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()


def the_order() -> Order:
    db.release()
    return db.session.scalars(select(Order)).one()


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
