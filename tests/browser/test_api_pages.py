"""The API's document in a browser that reaches no other host: Swagger UI under our policy, and ReDoc."""

import pytest
from playwright.sync_api import Page, expect

from tests.serving import LiveServer

SLOW = 40_000  # milliseconds: two megabytes of script on a machine that does much else
pytestmark = pytest.mark.browser


@pytest.mark.timeout(400)
def test_swagger_ui_shows_and_tries_operations(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/api/v1/docs")
    expect(page.get_by_role("heading", name="The API", exact=True)).to_be_visible()
    operation = page.locator("#operations-Categories-show_tree")
    expect(operation).to_be_visible(timeout=SLOW)
    operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table tbody .response-col_status").first).to_contain_text(
        "200", timeout=SLOW
    )


@pytest.mark.timeout(400)
def test_redoc_shows_the_document(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/api/v1/redoc")
    expect(page.get_by_role("heading", name="Products that fit a wish")).to_be_visible(timeout=SLOW)
