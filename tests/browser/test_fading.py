"""Pages fade into each other, calmly: not for whoever wants no motion, and never with an error."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.characters import a_category

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
FADING = Path("static/fading.js").read_text()
NOTE = """addEventListener("pagereveal", ({ viewTransition }) => {
  document.documentElement.dataset.faded = !!viewTransition;
})"""
BREAK_OFF = "addEventListener('pagereveal', ({ viewTransition }) => viewTransition?.skipTransition())"


@pytest.fixture(autouse=True)
def _shelf(database: None) -> None:
    a_category("Kettles")


def onwards(page: Page, script: str) -> None:
    """From the first page to a shelf, with the shop's own script in time, which it need not be."""
    page.add_init_script(script)
    page.add_init_script(FADING)
    page.goto("/")
    page.get_by_role("link", name="Kettles").click()
    expect(page.get_by_role("heading", name="Kettles", level=1)).to_be_visible()


def test_one_page_fades_into_the_next(page: Page) -> None:
    onwards(page, NOTE)
    expect(page.locator("html")).to_have_attribute("data-faded", "true")
    page.go_back()
    expect(page).to_have_url("/")


def test_whoever_wants_no_motion_gets_none(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    onwards(page, NOTE)
    expect(page.locator("html")).to_have_attribute("data-faded", "false")


def test_a_fading_that_is_broken_off_is_no_error(page: Page) -> None:
    """The page's own complaints fail the test: without our listeners there is one."""
    onwards(page, f"{NOTE}; {BREAK_OFF}")
    expect(page.locator("html")).to_have_attribute("data-faded", "true")
