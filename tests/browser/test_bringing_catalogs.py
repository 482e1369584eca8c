"""Charlie brings a catalog as a file, follows it, and takes it away: with scripts and without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from storefront.catalog.uploaded.models import Upload
from storefront.platform import db, jobs
from tests.browser.test_back_office import at_the_desk, fits
from tests.catalog.catalog_files import written
from tests.catalog.test_import_shopify import KETTLE
from tests.serving import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
BAD = KETTLE | {"Handle": "bad", "Title": "Bad", "Variant SKU": "B-1", "Variant Price": "free"}


@pytest.fixture
def desk(either_page: Page, live_server: LiveServer) -> Page:
    """A phone's width: what fits there fits everywhere."""
    either_page.set_viewport_size({"width": 390, "height": 900})
    return at_the_desk(either_page, live_server)


def work() -> None:
    """The worker does what waits."""
    (key,) = db.session.scalars(select(Upload.id).where(Upload.running)).all()
    db.release()
    jobs.run_now("catalog.run_upload", upload_id=key)
    db.release()


def refreshed(page: Page) -> None:
    """With scripts the page asks by itself; without, Charlie follows a link."""
    if not page.evaluate("'htmx' in window"):
        page.get_by_role("link", name="Refresh").click()


def test_from_a_file_to_a_catalog_and_back(desk: Page, tmp_path: Path, axe: Callable[[Page], None]) -> None:
    desk.goto("/admin/imports")
    desk.get_by_role("button", name="Look at it").click()
    expect(desk.get_by_role("alert")).to_be_focused()
    axe(desk)
    desk.get_by_label("CSV file").set_input_files(written(tmp_path, [KETTLE, BAD]))
    desk.get_by_role("button", name="Look at it").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    axe(desk)
    work()
    refreshed(desk)
    expect(desk.get_by_role("heading", name="Nothing is changed yet")).to_be_visible()
    expect(desk.locator("#import")).to_contain_text('"free" is not a plain number')
    axe(desk)
    fits(desk)
    desk.get_by_role("button", name="Import it").click()
    expect(desk.get_by_role("progressbar")).to_be_visible()
    work()
    refreshed(desk)
    expect(desk.locator("#import")).to_contain_text("It is imported.")
    axe(desk)
    with desk.expect_download() as refused:
        desk.get_by_role("link", name="Download the refused rows").click()
    assert "free" in refused.value.path().read_text()
    desk.goto("/admin/export")
    axe(desk)
    fits(desk)
    with desk.expect_download() as catalog:
        desk.get_by_role("link", name="Download the file").click()
    assert "Kettle" in catalog.value.path().read_text()
