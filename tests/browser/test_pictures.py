"""What a phone loads of the shop's pictures: small ones, in the newest format, and little of them."""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from storefront.catalog.models import Image, Product
from storefront.config import Settings
from storefront.demo import mark, seed, window
from storefront.platform import db, jobs
from tests.browsing import opened
from tests.serving import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
LIMIT = 200 * 1024  # bytes of a first view with photographs


@pytest.fixture(autouse=True)
def _demo(database: None, settings: Settings) -> None:
    (settings.storefront_var / mark.NAME).unlink(missing_ok=True)
    seed.load()


def render(*slugs: str) -> None:
    """What the worker does for the first picture of each."""
    first = select(Image.id).join(Product).where(Product.slug.in_(slugs), Image.position == 1)
    for image_id in db.session.scalars(first).all():
        jobs.run_now("catalog.render_image", image_id=image_id)
    db.release()


def test_a_first_view_on_a_phone_is_light(browser: Browser, live_server: LiveServer) -> None:
    render(*window.WINDOW)
    with opened(browser, live_server, javascript=True, width=390) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto("/", wait_until="networkidle")
        loaded = chosen(page)
    assert len(loaded) == len(window.WINDOW)
    assert all(address.endswith(".avif") for address in loaded)
    assert sum(sizes) <= LIMIT
    print(f"\nhome at 390 px: {sum(sizes) / 1024:.0f} KiB in {len(sizes)} requests")


def test_the_cart_loads_thumbs(browser: Browser, live_server: LiveServer) -> None:
    render("harbour-vase")
    with opened(browser, live_server, javascript=False, width=390) as page:
        # Without the product's page, whose larger picture the browser would take again.
        page.request.post("/cart/lines", form={"variant": "HV-TID-S", "quantity": "1"})
        page.goto("/cart", wait_until="networkidle")
        expect(page.locator(".cart-line img")).to_be_visible()
        assert [address.rpartition("-")[2] for address in chosen(page)] == ["240.avif"]


def chosen(page: Page) -> list[str]:
    """What the browser took of the offered sizes."""
    found: list[str] = page.locator("main .picture img").evaluate_all(
        "images => images.map(image => image.currentSrc).filter(Boolean)"
    )
    return found
