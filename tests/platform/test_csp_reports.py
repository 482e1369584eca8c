"""What a browser refuses is told in the log, whatever a stranger sends as a report."""

import json
import logging
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.inspecting import InspectingClient
from tests.serving import LiveServer

OLD = {"csp-report": {"effective-directive": "img-src", "blocked-uri": "https://x.example/a?secret=1"}}
FOREIGN = "document.body.append(Object.assign(document.createElement('script'), {text: 'broken = 1'}))"
NEW = [{"type": "csp-violation", "body": {"effectiveDirective": "script-src", "blockedURL": "inline"}}]


@pytest.mark.parametrize(
    ("report", "words"),
    [(OLD, "img-src of x.example"), (NEW, "script-src of inline"), (NEW * 3, "script-src of inline")],
)
def test_a_report_is_a_line(
    client: InspectingClient, caplog: pytest.LogCaptureFixture, report: Any, words: str
) -> None:
    with caplog.at_level(logging.WARNING):
        assert client.post("/csp-reports", data=json.dumps(report)).status_code == 204
    said = [record.getMessage() for record in caplog.records]
    assert len(said) == (len(report) if isinstance(report, list) else 1)
    assert all(line.endswith(words) for line in said)
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    "nonsense",
    [b"", b"\xff", b"[[]]", b"7", b'{"csp-report": 7}', b'{"csp-report": {"blocked-uri": "http://[x"}}'],
)
def test_nonsense_is_taken_and_harmless(
    client: InspectingClient, caplog: pytest.LogCaptureFixture, nonsense: bytes
) -> None:
    assert client.post("/csp-reports", data=nonsense).status_code == 204
    assert len(caplog.records) <= 1


def test_a_report_that_is_too_large_is_refused(client: InspectingClient) -> None:
    assert client.post("/csp-reports", data=b"[" * 20_000).status_code == 413


@pytest.mark.browser
def test_a_browser_reports_what_it_refused(live_server: LiveServer, browser: Browser) -> None:
    before = len(live_server.said())
    page = browser.new_page(base_url=live_server.url)  # One whose complaints are what the test is about.
    page.goto("/cart")
    with page.expect_response("**/csp-reports") as told:
        page.evaluate(FOREIGN)
    assert told.value.status == 204
    assert page.evaluate("window.broken === undefined")
    page.context.close()
    assert "script-src-elem of inline" in live_server.said()[before:]
