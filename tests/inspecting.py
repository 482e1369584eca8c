"""A test client that reads every answer as a person, a screen reader and a cache would."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from functools import cached_property
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from storefront.platform import db
from tests import inspections
from tests.documents import Document, Form, ParseError, words

PUBLIC = {"arrivals", "catalog", "feeds", "machines", "reviews", "shop"}
"""The blueprints whose pages are the same for everyone."""
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


class Answer(TestResponse):
    """A response whose HTML was read once."""

    @cached_property
    def document(self) -> Document:
        return Document.read(self.get_data(as_text=True))

    @property
    def json(self) -> Any:
        """What a program reads."""
        return self.get_json()

    @property
    def is_html(self) -> bool:
        return self.mimetype == "text/html" and bool(self.data)


class InspectingClient(FlaskClient):
    """Fails the test when any answer is not what every answer must be."""

    _expecting_trouble = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"  # As every browser says of our own pages.

    def open(self, *args: Any, **kwargs: Any) -> Answer:
        """Send a request as a stranger to this test's own context, and look at the answer."""
        db.release()
        answer: Answer = copy_context().run(self._open, *args, **kwargs)
        with _unmeasured():
            problems = list(_inspect(self.application, answer, broken=self._expecting_trouble))
        asked = f"{answer.request.method} {answer.request.path}"
        assert not problems, f"{asked} answered {answer.status_code}, and " + "; ".join(problems)
        return answer

    def _open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():  # Flask would share the test's own, and its `g`.
            return super().open(*args, **kwargs | {"buffered": True})

    def get(self, *args: Any, **kwargs: Any) -> Answer:
        return self.open(*args, method="GET", **kwargs)

    def post(self, *args: Any, **kwargs: Any) -> Answer:
        return self.open(*args, method="POST", **kwargs)

    def fragment(self, *args: Any, **kwargs: Any) -> Answer:
        """Ask as htmx does when it refreshes a region."""
        return self.open(*args, headers=PARTIAL | kwargs.pop("headers", {}), **kwargs)

    def see(self, *args: Any, **kwargs: Any) -> Document:
        """The page at an address, which must be there."""
        answer = self.get(*args, **kwargs)
        assert answer.status_code == 200, f"{answer.request.path} answered {answer.status_code}"
        return answer.document

    def submit(self, page: Answer | Document, says: str, **fields: Any) -> Answer:
        """Press the button that says so, after filling in fields, as a browser without scripts does."""
        document = page.document if isinstance(page, Answer) else page
        form = form_that_says(document, says).fill(**fields)
        action = form.action or (page.request.path if isinstance(page, Answer) else "")
        if form.method == "get":
            return self.get(action, query_string=form.fields)
        return self.post(action, data=form.fields)

    def follow(self, answer: Answer) -> Answer:
        """Go where a change sends the browser."""
        assert answer.status_code == 303, f"{answer.request.path} answered {answer.status_code}"
        return self.get(answer.headers["Location"])

    @contextmanager
    def expecting_trouble(self) -> Iterator[None]:
        """Within, a 500 is what the test is about."""
        self._expecting_trouble = True
        try:
            yield
        finally:
            self._expecting_trouble = False


def silent(client: InspectingClient) -> InspectingClient:
    """A browser that does not say where a form comes from, unless the test does."""
    del client.environ_base["HTTP_SEC_FETCH_SITE"]
    return client


@contextmanager
def _unmeasured() -> Iterator[None]:
    """Coverage is about the shop; whoever reads its answers would be three times as slow by it."""
    tracer = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(tracer)


def form_that_says(document: Document, says: str) -> Form:
    """The one form whose button's words begin so."""
    found = [
        (form, button)
        for form in document.all("form")
        for button in document.all("button, input[type='submit']")
        if button in set(form.iter()) or (form.get("id") and button.get("form") == form.get("id"))
        if button.get("type", "submit") == "submit" and _words_of(button).startswith(says)
    ]
    buttons = [_words_of(button) for button in document.all("button, input[type='submit']")]
    assert len(found) == 1, f"{len(found)} buttons say {says!r}; there are {buttons}"
    return Form.of(document, *found[0])


def _words_of(button: Any) -> str:
    return button.get("aria-label") or words(button) or button.get("value", "")


def _inspect(app: Flask, answer: Answer, *, broken: bool) -> Iterator[str]:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield from inspections.of_headers(headers)
    if answer.is_html:
        yield from _inspect_html(answer)
    if 300 <= answer.status_code < 400 and answer.status_code != 304:
        yield from _inspect_redirect(answer)
    if answer.status_code >= 400 and not answer.request.path.startswith("/api/"):
        if not answer.is_html:
            yield "it is no readable page"
        problems = inspections.of_error(answer.status_code, answer.get_data(as_text=True))
        yield from (problem for problem in problems if not (broken and problem == "we broke"))
    varies = "cookie" in headers.get("vary", "").lower() or "set-cookie" in headers
    if varies and answer.status_code < 400 and blueprint_of(app, answer) in PUBLIC:
        yield "it varies by visitor"


def _inspect_html(answer: Answer) -> Iterator[str]:
    try:
        document = answer.document
    except ParseError as error:
        yield f"its HTML is not valid: {error}"
        return
    if document.whole:
        yield from inspections.of_page(document)
    elif "HX-Request-Type" not in answer.request.headers:
        yield "it is only a fragment"
    yield from inspections.of_anything(document)


def _inspect_redirect(answer: Answer) -> Iterator[str]:
    if not answer.headers.get("Location", "").startswith("/"):
        yield f"it redirects to {answer.headers.get('Location')!r}, which is not relative"
    if answer.request.method != "GET" and answer.status_code != 303:
        yield "a change must answer with 303"


def blueprint_of(app: Flask, answer: Answer) -> str | None:
    """Whose page an answer is."""
    adapter = app.url_map.bind("localhost")
    try:
        endpoint, _values = adapter.match(answer.request.path, method=answer.request.method)
    except HTTPException:
        return None
    return str(endpoint).partition(".")[0]
