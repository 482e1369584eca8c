"""Whatever staff type about products is text wherever it is shown: nothing of it runs, nothing is fetched."""

import pytest
from playwright.sync_api import Browser, Page

from storefront.accounts import signing
from storefront.catalog.gallery.actions import NewPicture, add_pictures
from storefront.catalog.models import Product
from storefront.catalog.redirects.actions import set_redirect
from storefront.catalog.searching.actions import count_missed, say_the_same
from storefront.inventory.actions import Adjust, adjust_stock
from storefront.platform import db, guard
from storefront.platform.acting import Actor, acting_as
from storefront.platform.uploads import Stored
from storefront.shop.writing import write_page
from tests.browser.test_stored_scripts import MARKS, TRIES, alarmed
from tests.catalog.editing import a_choice, a_jug, a_shelf, variants
from tests.characters import charlie
from tests.people import an_account
from tests.serving import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
ALL = " ".join(TRIES)
LINKS = (
    "[a](javascript:alert(1)) ![b](javascript:alert(1)) <javascript:alert(1)> [c](data:text/html,<script>)"
)


def planted() -> Product:
    """A product, a shelf, a page, a redirect and a search, each with tries in every text of it."""
    with acting_as(Actor("cli")):
        shelf = a_shelf(ALL[:200])
        jug = a_jug(
            a_choice(TRIES[0], sku=TRIES[1], barcode=TRIES[2], on_hand=3),
            a_choice(TRIES[3], sku=TRIES[4]),
            options=(TRIES[5],),
            title=ALL[:200],
            slug="jug",
            brand=TRIES[0],
            tags=TRIES,
            shelves=(shelf.id,),
            description=f"{ALL}\n\n{LINKS}",
            seo_title=TRIES[1],
            seo_description=TRIES[2],
        )
        add_pictures(jug.id, [NewPicture(Stored("a1.webp", 40, 50), TRIES[1])])
        adjust_stock(variants(jug.id)[0].id, Adjust(1, note=ALL))
        write_page("our-story", TRIES[0], TRIES[1], f"{ALL}\n\n{LINKS}")
        set_redirect('/a"><svg/onload=alert(1)>', "/products")
        count_missed(TRIES[1])
        say_the_same(TRIES[1], "jug")
    return jug


def key_of_charlie() -> str:
    account = an_account(charlie, "owner")
    with db.transaction() as session:
        row = session.get_one(type(account), account.id)
        row.totp_secret = row.totp_secret or guard.one_time_codes().generate_totp_secret()
    with db.transaction():
        return signing.begin(account.id, "Firefox on Linux", "given")


def look(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.locator(MARKS).count() == 0, address
    assert page.locator("main a[href^='javascript'], main a[href^='data']").count() == 0, address


def test_nothing_that_staff_type_does_anything(browser: Browser, live_server: LiveServer) -> None:
    jug = planted()
    variant = variants(jug.id)[0]
    db.release()
    with alarmed(browser, live_server, key_of_charlie()) as page:
        for address in (
            "/admin/products",
            f"/admin/products/{jug.id}",
            f"/admin/products/{jug.id}/preview",
            f"/admin/products/{jug.id}/variants",
            f"/admin/products/{jug.id}/pictures",
            f"/admin/products/{jug.id}/sale",
            "/admin/stock",
            f"/admin/stock/{variant.id}",
            "/admin/shelves",
            "/admin/redirects",
            "/admin/searches",
            "/admin/pages/our-story",
            "/products/jug",
            "/products",
            "/search?q=jug",
            "/pages/our-story",
        ):
            look(page, address)


def test_a_file_is_told_by_its_name_and_by_nothing_in_it(browser: Browser, live_server: LiveServer) -> None:
    jug = a_jug()
    with alarmed(browser, live_server, key_of_charlie()) as page:
        page.goto(f"/admin/products/{jug.id}/pictures")
        tries: list[dict[str, object]] = [
            {
                "name": '"><img src=x onerror=alert(1)>.png',
                "mimeType": "image/png",
                "buffer": b"<script>alert(1)</script>",
            },
            {
                "name": "../../x.svg",
                "mimeType": "image/svg+xml",
                "buffer": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            },
        ]
        page.locator("#files").set_input_files(tries)  # type: ignore[arg-type]  # FilePayload is no public name.
        page.get_by_label("What is seen on them").fill("A jug")
        page.get_by_role("button", name="Bring them").click()
        page.get_by_role("alert").get_by_text("This is no JPEG").first.wait_for()
        assert page.locator(MARKS).count() == 0
