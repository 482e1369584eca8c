"""What owners type about the shop, its people, its files and its keys is text wherever it is shown."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from playwright.sync_api import Browser, FilePayload, Page, expect
from sqlalchemy import text

from storefront.accounts.staffing import Hire, hire
from storefront.catalog.uploaded import taking
from storefront.office.customers.actions import note_customer
from storefront.office.orders.noting import note_order
from storefront.platform import db, jobs, mail
from storefront.platform.acting import Actor, acting_as
from storefront.platform.keys.actions import create_key
from storefront.shop.actions import close_shop, describe_shop
from tests.browser.test_staff_scripts import key_of_charlie
from tests.browser.test_stored_scripts import FETCH, PICTURE, SCRIPT, TRIES, alarmed, mallory
from tests.characters import a_kettle
from tests.office.test_jobs_pages import a_job, fail
from tests.people import an_account
from tests.serving import LiveServer
from tests.shopping import an_order

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
ALL = " ".join(TRIES)
MARKS = "img[src=x], [data-hx-get='/xss'], hx-partial svg, b[hx-on\\:load]"
FILE = f"{PICTURE.replace('/', '')}.csv"
HEAD = "Handle,Title,Variant SKU,Variant Price"


def look(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer
    assert answer.status < 500, address
    page.wait_for_load_state("networkidle")
    assert page.locator(MARKS).count() == 0, address


def quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def a_catalog() -> bytes:
    rows = [f"jug-{n},{quoted(words)},{quoted(words)},{quoted(words)}" for n, words in enumerate(TRIES)]
    return "\n".join([HEAD, *rows]).encode()


@pytest.fixture
def addresses(app: Flask) -> list[str]:
    """Tries in everything that owners say, and the pages that show it."""
    kettle = a_kettle()
    with acting_as(Actor("cli")):
        names = ("welcome", "street", "city", "phone", "pickup_note", "bank_holder")
        facts: dict[str, Any] = dict.fromkeys(names, ALL[:400])
        describe_shop(name=PICTURE, legal_name=SCRIPT, opening_hours="\n".join(TRIES), **facts)
        colleague = hire(Hire(PICTURE, "dora@example.com", frozenset({"orders"})))
        create_key(PICTURE, ["products:read"], ["products:read"])
        upload = taking.take(BytesIO(a_catalog()), FILE, with_stock=True)
        customer = an_account(mallory)
        note_customer(customer.id, "\n".join(TRIES))
        order = an_order((kettle, 1), who=mallory)
        note_order(order.id, "\n".join(TRIES), to_customer=False)
    jobs.run_now("catalog.run_upload", upload_id=upload)
    parked = a_job("failed", attempts=8)
    fail(app, parked, ALL)
    a_letter_that_was_not_taken()
    db.release()
    settings = [
        f"/admin/settings{part}" for part in ("", "/delivery", "/selling", "/taxes", "/logo", "/door")
    ]
    staff = ["/admin/staff", f"/admin/staff/{colleague}", "/admin/keys", "/admin/mail", "/admin/audit"]
    work = ["/admin/jobs", f"/admin/jobs/{parked}", "/admin/imports", f"/admin/imports/{upload}"]
    desk = [f"/admin/orders/{order.number}", f"/admin/customers/{customer.id}", "/admin"]
    slips = [f"/admin/orders/packing-slips?order={order.number}"]
    return [*settings, *staff, *work, *desk, *slips, "/", "/pages/contact", "/pages/imprint", "/products"]


def a_letter_that_was_not_taken() -> None:
    with db.transaction() as session:
        mail.owe("order-placed:1", f"{PICTURE}@example.com")
        session.execute(
            text("UPDATE messages SET error = :said, failed_at = now(), attempts = 1"), {"said": ALL}
        )


def test_nothing_that_owners_type_does_anything(
    addresses: list[str], browser: Browser, live_server: LiveServer
) -> None:
    with alarmed(browser, live_server, key_of_charlie()) as page:
        for address in addresses:
            look(page, address)
        expect(page).to_have_title(f"Everything – {PICTURE}")
        with acting_as(Actor("cli")):
            close_shop()
        db.release()
        look(page, "/products")


def test_what_staff_look_for_is_text(browser: Browser, live_server: LiveServer) -> None:
    lists = ("search", "orders", "products", "stock", "customers", "customers/guests", "audit", "mail")
    asked = dict.fromkeys(("q", "who", "what", "which", "request", "state", "sort", "done", "since"), PICTURE)
    with alarmed(browser, live_server, key_of_charlie()) as page:
        for name in lists:
            look(page, f"/admin/{name}?{urlencode(asked)}")


def test_a_form_that_is_refused_shows_what_was_typed_as_text(
    browser: Browser, live_server: LiveServer
) -> None:
    with alarmed(browser, live_server, key_of_charlie()) as page:
        page.goto("/admin/settings")
        page.get_by_label("E-mail").fill(FETCH)
        page.get_by_label("Legal name").fill(ALL[:400])
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#problems")).to_be_focused()
        expect(page.get_by_label("Legal name")).to_have_value(ALL[:400])
        assert page.locator(MARKS).count() == 0
        page.goto("/admin/imports")
        wrong: FilePayload = {"name": FILE, "mimeType": "text/csv", "buffer": f"{ALL}\n{ALL}\n".encode()}
        page.locator("#file").set_input_files(wrong)
        page.get_by_role("button", name="Look at it").click()
        expect(page.get_by_role("alert").first).to_be_visible()
        assert page.locator(MARKS).count() == 0
