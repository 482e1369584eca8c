"""An operation of the API: what it takes and answers, said once, and kept by what stands around its view."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request, url_for
from pydantic import BaseModel

from storefront.config import Settings
from storefront.platform import db
from storefront.platform.caching.policies import all_of_them, cached_page
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.json_api import allowances, answers, callers, once, reading
from storefront.platform.json_api.accepting import JSON, takes
from storefront.platform.json_api.addresses import KeyConverter
from storefront.platform.json_api.answers import Made
from storefront.platform.json_api.kinds import Shape
from storefront.platform.json_api.refusals import CannotAnswerSo, MadeAndGone
from storefront.platform.limits import limiter

ROOT = "/api/v1"
View = Callable[..., Any]


class Nothing(Shape):
    """No parameters at all."""


@dataclass(frozen=True, slots=True)
class Operation:
    """All that the document says of it."""

    view: View
    summary: str
    tag: str
    out: type[BaseModel] | None = None
    """What is answered; None when there is nothing to say, or when `produces` is no JSON."""
    scope: str | None = None
    """What a key must be meant for; None when it is open."""
    more: str | None = None
    """What a key must be meant for that sees more than everybody."""
    customers: bool = False
    """Whether a customer's token will do as well."""
    query: type[BaseModel] = Nothing
    body: type[BaseModel] | None = None
    form: type[BaseModel] | None = None
    files: tuple[str, ...] = ()
    """Files that a form holds."""
    refuses: tuple[type[Refusal], ...] = ()
    """Of what it refuses, that which does not follow from the rest."""
    makes: bool = False
    """Whether it makes something, once for each Idempotency-Key."""
    claims: bool = False
    """Whether its own action takes that key, so that nothing is locked longer than it must be."""
    conditional: bool = False
    """Whether If-Match is needed."""
    before: View | None = None
    """What is done first, because it is slow, with no transaction open; its answer is handed to the view."""
    status: int = 200
    produces: str = JSON
    links: Mapping[str, Mapping[str, str]] | None = None
    """Operations that what was answered leads to, and where their parameters stand in it."""

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def description(self) -> str:
        return (self.view.__doc__ or "").strip()


def blueprint(name: str, module: str) -> Blueprint:
    """A home for operations of one domain."""
    return Blueprint(name, module, url_prefix=ROOT)


def operation(
    summary: str,
    tag: str,
    *,
    limit: Callable[[], str] | None = None,
    unless: Callable[[], bool] | None = None,
    kept: str | None = None,
    tags: Iterable[str] = (),
    **said: Any,
) -> Callable[[View], View]:
    """Make a view an operation; stands under its route.

    `limit` holds for each address beside what all calls have in common, but not when `unless` says so.
    What is `kept` is answered like a public page: built once for everybody, until something of it changes.
    """

    def decorate(view: View) -> View:
        made = Operation(view, summary, tag, **said)

        @wraps(view)
        def run(**values: Any) -> Response:
            return _run(made, values)

        setattr(run, "operation", made)  # noqa: B010 - mypy sees a function, Flask's own way to mark one
        limited = limiter.shared_limit(callers.allowance, scope="api", key_func=callers.counted)(run)
        if limit is not None:
            limited = limiter.limit(limit, exempt_when=unless)(limited)
        return cached_page(kept, tags=tags, allow=all_of_them)(limited) if kept else limited

    return decorate


def operation_of(view: View) -> Operation | None:
    """What a view does for programs, if anything."""
    return getattr(view, "operation", None)


def scopes(app: Flask) -> list[str]:
    """Everything that a key can be meant for."""
    found = [one for view in app.view_functions.values() if (one := operation_of(view))]
    return sorted({scope for one in found for scope in (one.scope, one.more) if scope})


def init_app(app: Flask, settings: Settings) -> None:
    """Know who calls, and tell them how often they may."""
    app.url_map.converters["key"] = KeyConverter
    callers.init_app(app, settings)
    allowances.init_app(app, settings)


def _run(made: Operation, values: dict[str, Any]) -> Response:
    callers.demand(made.scope, customers=made.customers)
    if not takes(request.headers.get("Accept", ""), made.produces):
        raise CannotAnswerSo
    key = reading.one_time_key() if made.makes else None
    given = values | _given(made)
    if made.before is not None:
        given["prepared"] = made.before(**given)
        db.release()
    if made.conditional or request.method == "DELETE":
        return _answer(made, once.whole(lambda: made.view(**given)))
    if key is None:
        return _answer(made, made.view(**given))
    if made.claims:
        shown, again = made.view(**given, key=key)
        return _show(shown, again=again)
    print_ = once.fingerprint_of(made.name, values, reading.content())
    found, again = once.once(key, print_, lambda: made.view(**given))
    return _show(found, again=again)


def _given(made: Operation) -> dict[str, Any]:
    """What the view is handed beside the parts of its address."""
    query = reading.query(made.query)
    given: dict[str, Any] = {} if made.query is Nothing else {"query": query}
    if made.form is not None:
        given["form"] = reading.form(made.form, made.files)
    if made.body is not None:
        given["body"] = reading.body(made.body)
    return given


def _answer(made: Operation, told: Any) -> Response:
    if told is None:
        return answers.nothing()
    return told if isinstance(told, Response) else answers.json_of(told, made.status)


def _show(found: Made, *, again: bool) -> Response:
    """What was made, as it is read at its own address. Raises MadeAndGone."""
    shown = operation_of(current_app.view_functions[found.endpoint])
    assert shown is not None, f"{found.endpoint} is no operation"  # noqa: S101 - a promise of ours
    try:
        response = answers.json_of(found.told or shown.view(**found.values), found.status)
    except NotFound:
        raise MadeAndGone from None
    response.headers["Location"] = url_for(found.endpoint, **found.values)
    response.autocorrect_location_header = False
    if again:
        response.headers[answers.ONCE_MORE] = "true"
    return response
