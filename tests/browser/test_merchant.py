"""A merchant's first hour: shelves, three products with pictures and choices, stock that explains itself."""

from io import BytesIO

import pytest
from PIL import Image as Picture
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import select

from storefront.accounts import signing
from storefront.catalog.models import Product, Variant
from storefront.platform import db, http
from tests.browser.test_staff_scripts import key_of_charlie
from tests.shopping import an_order

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]


def signed_in(page: Page, address: str) -> None:
    cookie = {"name": http.cookie_name(signing.COOKIE), "value": key_of_charlie(), "url": address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # What Playwright takes has no public name.


def a_picture(colour: str) -> FilePayload:
    content = BytesIO()
    Picture.new("RGB", (400, 500), colour).save(content, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def make(page: Page, title: str, price: str, units: str) -> None:
    page.goto("/admin/products")
    page.get_by_role("link", name="New product").click()
    page.get_by_label("Name", exact=True).fill(title)
    page.get_by_label("Description").fill("Thrown by *hand*.")
    page.get_by_role("button", name="Show how the description looks").click()
    expect(page.locator("#written em")).to_have_text("hand")
    page.get_by_label("Price", exact=True).fill(price)
    page.get_by_label("Units on the shelf").fill(units)
    page.get_by_label("Main shelf").select_option(label="Jugs")
    page.get_by_label("State").select_option(label="On sale")
    page.get_by_role("button", name="Make the product").click()
    expect(page.get_by_role("status").first).to_contain_text("Now give it pictures")


def bring(page: Page, *colours: str) -> None:
    page.get_by_role("link", name="Pictures", exact=True).click()
    page.locator("#files").set_input_files([a_picture(colour) for colour in colours])
    page.get_by_label("What is seen on them").fill("A jug on a table")
    page.get_by_role("button", name="Bring them").click()
    expect(page.get_by_role("status").first).to_contain_text("came")


def test_the_first_hour(either_page: Page, live_server: object) -> None:
    page = either_page
    signed_in(page, live_server.url)  # type: ignore[attr-defined]  # The server that both pages stand on.
    page.goto("/admin/shelves")
    page.get_by_label("Name").fill("Jugs")
    page.get_by_role("button", name="Put it up").click()
    for title, price, units in (
        ("Water jug", "24,50", "7"),
        ("Milk jug", "18", "3"),
        ("Beer jug", "30", "12"),
    ):
        make(page, title, price, units)
        bring(page, "sienna", "navy")
    page.get_by_role("link", name="Choices and prices").click()
    page.get_by_label("Option 1").fill("Colour")
    page.get_by_label("Its values").first.fill("Brown, Blue")
    page.get_by_role("button", name="Make the choices").click()
    page.get_by_label("Price of Blue", exact=True).fill("32")
    page.get_by_label("Units of Blue on the shelf").fill("4")
    page.get_by_role("button", name="Save the choices").click()
    expect(page.get_by_role("status").first).to_contain_text("saved")
    page.goto("/products/beer-jug")
    expect(page.get_by_text("€30.00").first).to_be_visible()
    order_a_water_jug()
    page.goto("/admin/stock")
    page.get_by_role("link", name="Water jug").click()
    expect(page.get_by_text("Why is it 7?")).to_be_visible()
    expect(page.get_by_text("as it should").first).to_be_visible()
    page.get_by_text("For whom?").click()
    expect(page.locator(".number-card").nth(1)).to_contain_text("Ada Lindt")
    page.get_by_label("How many more, or fewer").fill("-1")
    page.get_by_label("Why", exact=True).select_option(label="Broken or lost")
    page.get_by_role("button", name="Change the number").click()
    expect(page.get_by_text("Why is it 6?")).to_be_visible()


def order_a_water_jug() -> None:
    jug = select(Variant).join(Product, Product.id == Variant.product_id).where(Product.title == "Water jug")
    an_order((db.session.scalars(jug).one(), 2))
    db.release()
