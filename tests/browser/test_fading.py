"""Pages fade into each other, calmly: not for whoever wants no motion, and never with an error."""

import pytest
from playwright.sync_api import Page, expect

from tests.characters import a_category

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("database")]
NOTE = "addEventListener('pagereveal', ({ viewTransition }) => (window.faded = !!viewTransition))"
BREAK_OFF = "addEventListener('pagereveal', ({ viewTransition }) => viewTransition?.skipTransition())"


@pytest.fixture(autouse=True)
def _shelf(database: None) -> None:
    a_category("Kettles")


def onwards(page: Page) -> None:
    """From the first page to a shelf."""
    page.goto("/")
    page.get_by_role("link", name="Kettles").click()
    expect(page.get_by_role("heading", name="Kettles", level=1)).to_be_visible()
    page.wait_for_function("window.faded !== undefined")


def test_one_page_fades_into_the_next(page: Page) -> None:
    page.add_init_script(NOTE)
    onwards(page)
    assert page.evaluate("window.faded")
    page.go_back()
    expect(page).to_have_url("/")


def test_whoever_wants_no_motion_gets_none(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(NOTE)
    onwards(page)
    assert not page.evaluate("window.faded")


def test_a_fading_that_is_broken_off_is_no_error(page: Page) -> None:
    """The page's own complaints fail the test: without our listeners there is one."""
    page.add_init_script(f"{NOTE}; {BREAK_OFF}")
    onwards(page)
    assert page.evaluate("window.faded")
