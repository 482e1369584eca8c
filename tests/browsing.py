"""Chromium, with and without JavaScript; what it complains about fails the test."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from weakref import WeakSet

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Route,
    expect,
    sync_playwright,
)

from tests.serving import LiveServer

# Chromium calls every 4xx and 5xx answer an error; whether an answer is right is the test's matter.
ANSWERED = re.compile(r"^Failed to load resource: the server responded with a status of [45]\d\d")
# So is what it and htmx say when a test takes the network away.
OFFLINE = re.compile(r"net::ERR_(INTERNET_DISCONNECTED|CONNECTION_RESET)|Failed to fetch")
_without_scripts: WeakSet[Page] = WeakSet()


@dataclass
class Complaints:
    """What went wrong in a browser while nobody looked."""

    home: str
    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script error: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        asset = "/static/" in message.location.get("url", "")
        known = OFFLINE.search(message.text) or (ANSWERED.match(message.text) and not asset)
        if message.type in {"error", "warning"} and not known:
            self.heard.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc != self.home:
            self.heard.append(f"it called {parts.netloc}")


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=10_000)  # As long as everything else may take on a busy machine.
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(_playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests of this process: the machine's own, else the one Playwright brought."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    browser = _playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"])
    yield browser
    browser.close()


@contextmanager
def opened(browser: Browser, server: LiveServer, *, javascript: bool, width: int = 1200) -> Iterator[Page]:
    """A window of a new visitor at the shop's address; complaints fail when it is closed."""
    context = browser.new_context(
        base_url=server.url, java_script_enabled=javascript, viewport={"width": width, "height": 900}
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    if not javascript:
        _without_scripts.add(page)
    complaints = Complaints(urlsplit(server.url).netloc)
    complaints.listen(page)
    yield page
    context.close()
    assert not complaints.heard, "; ".join(complaints.heard)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Ada's browser with JavaScript."""
    with opened(browser, live_server, javascript=True) as page:
        yield page


@pytest.fixture
def page_without_javascript(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Ada's browser without JavaScript."""
    with opened(browser, live_server, javascript=False) as page:
        yield page


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def either_page(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The test runs twice: with JavaScript and without."""
    with opened(browser, live_server, javascript=request.param == "with JavaScript") as page:
        yield page


@contextmanager
def held_up(page: Page, address: str) -> Iterator[None]:
    """The next question to this address is answered at the end; inside, Ada does not wait for it."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(address, hold, times=1)
    yield
    for route in waiting:
        route.continue_()


@contextmanager
def _with_scripts(page: Page) -> Iterator[Page]:
    """The same page where axe, which is a script, may run; the page's own scripts stay out."""
    if page not in _without_scripts:
        yield page
        return
    assert page.context.browser is not None
    context = page.context.browser.new_context(viewport=page.viewport_size)
    copy, address, html = context.new_page(), page.url, page.content()

    def answer(route: Route) -> None:
        if route.request.url == address:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    copy.route("**/*", answer)
    copy.goto(address)
    yield copy
    context.close()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails naming each rule that the page in front of us breaks."""

    def check(page: Page) -> None:
        with _with_scripts(page) as readable:
            response = Axe().run(readable).response
        told = [
            f"{rule['id']} ({rule['help']}): " + ", ".join(node["html"][:120] for node in rule["nodes"])
            for rule in response["violations"]
        ]
        assert not told, f"{page.url}:\n" + "\n".join(told)

    return check
