"""What a browser complains about while nobody looks fails the test."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import opened
from tests.serving import LiveServer

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        ("console.error('the kettle is cold')", "console error: the kettle is cold"),
        ("setTimeout(() => { throw new Error('cold') })", "script error: "),
        (
            "document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')",
            "Content Security Policy",
        ),
        ("document.body.insertAdjacentHTML('beforeend', '<img src=\"/static/gone.png\">')", "404"),
        ("fetch('http://127.0.0.1:9/').catch(() => 0)", "connect-src 'self'"),
    ],
)
def test_a_complaint_is_heard(browser: Browser, live_server: LiveServer, trouble: str, told: str) -> None:
    def look() -> None:
        with opened(browser, live_server, javascript=True) as page:
            page.goto("/pages/imprint")
            kind = "pageerror" if told.startswith("script") else "console"
            with page.expect_event(kind):
                page.evaluate(f"() => {{ {trouble} }}")

    with pytest.raises(AssertionError, match=told):
        look()


def test_a_page_that_is_not_there_is_the_tests_own_matter(either_page: Page) -> None:
    answer = either_page.goto("/no-such-page")
    assert answer is not None
    assert answer.status == 404


def test_axe_sees_what_is_wrong(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/pages/imprint")
    axe(page)
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/favicon.ico\">')"
    )
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_axe_works_without_javascript_too(page_without_javascript: Page, axe: Callable[[Page], None]) -> None:
    page_without_javascript.goto("/pages/imprint")
    axe(page_without_javascript)
