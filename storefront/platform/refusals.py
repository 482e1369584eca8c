"""One place turns every refusal and every error into a page that a person can read."""

import errno
import logging
import re
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from storefront.config import Settings
from storefront.platform import db, http, limits, metrics, noticed, pages, problems, slashes
from storefront.platform.errors import Busy, Refusal

log = logging.getLogger(__name__)
READABLE = {400, 403, 404, 405, 409, 413, 422, 429, 500, 503}
BUSY_STATES = {"55P03", "57014", "53300", "57P03"}  # lock wait, time-out, too many or no connections
FULL_STATES = {"53100", "53200"}  # no room on its disk, or in its memory
FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
RETRY_AFTER = 2  # seconds
SPOKEN = re.compile(r"[^\W\d_]{2,20}(?:[-_+][^\W_]{1,20}){0,6}")  # harbour-vase; no number, and no secret
UNADORNED = {429, 500, 503}  # They come in floods, or when nothing more may be asked of the database.


def init_app(app: Flask, _settings: Settings) -> None:
    """Answer refusals, HTTP errors and our own mistakes."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(PoolTimeout, busy)
    app.register_error_handler(DBAPIError, database_failed)
    app.register_error_handler(Exception, broken)


def refused(refusal: Refusal) -> Response:
    """A refusal, in its own words."""
    note(refusal)
    if problems.asked_by_program():
        db.release_quietly()
        response = problems.problem(refusal.status, refusal.code, refusal.message(), refusal.facts())
        response.headers.extend(refusal.headers())
    else:
        response = error_page(refusal.status, refusal.message(), refusal.code)
    if refusal.status == Busy.status:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def note(refusal: Refusal) -> None:
    """Somebody was told a polite no: count it, whoever says it."""
    log.info("refused: %s", refusal.code)
    metrics.refused.labels(refusal.code).inc()


def failed(error: HTTPException) -> Response:
    """What Flask itself refused: an unknown address, a wrong method, too many requests."""
    if isinstance(error, RateLimitExceeded):
        metrics.limited.labels(request.endpoint).inc()
        noticed.too_fast(limits.address())
    if error.response is not None:  # Whoever refused brought a page along.
        return make_response(error.response)
    code = error.code or 500
    if 300 <= code < 400:  # A redirect that routing raises is no error.
        return make_response(error.get_response())
    if code == 404 and not problems.asked_by_program() and (elsewhere := slashes.led_past()):
        return elsewhere
    response = error_page(code, None)
    if isinstance(error, RateLimitExceeded):
        response.headers["Retry-After"] = str(limits.seconds_to_wait())
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def busy(_error: Exception) -> Response:
    """No connection came free in time."""
    return refused(Busy())


def database_failed(error: DBAPIError) -> Response:
    """The database is slow or away: say so politely; anything else is our mistake."""
    away = isinstance(error, OperationalError) or error.connection_invalidated
    if db.sqlstate(error) in FULL_STATES:
        return full(error)
    if away or db.sqlstate(error) in BUSY_STATES:
        log.warning("database unavailable: %s", error.orig)
        return refused(Busy())
    return broken(error)


def full(error: Exception) -> Response:
    """There is no room to write anything: nothing was, and whoever runs the shop has to make some."""
    log.error("no room left: %s", getattr(error, "orig", error))
    return refused(Busy())


def broken(error: Exception) -> Response:
    """Our mistake: logged whole, shown without a word of it."""
    if isinstance(error, OSError) and error.errno in FULL_ERRORS:
        return full(error)
    log.error("unexpected error in %s", request.endpoint, exc_info=error)
    noticed.error(request.endpoint or "none")
    return error_page(500, None)


def error_page(status: int, message: str | None, code: str | None = None) -> Response:
    """A page that says what happened and the way on; it comes without database and Valkey too."""
    db.release_quietly()
    if problems.asked_by_program():
        return problems.problem(status, code, message)
    around = {} if status in UNADORNED or http.is_partial() else _frame()
    name = status if status in READABLE else (400 if status < 500 else 500)
    page = render_template(
        f"errors/{name}.html",
        message=message,
        request_id="" if pages.for_everybody() else http.request_id() or _("unknown"),
        sought=_sought(),
        fragment=http.is_partial(),
        **around,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    http.vary_by_htmx(response)
    return response


def _sought() -> str:
    """The words at the end of an address that is public, or none of ours: what was looked for there."""
    if pages.for_everybody() or not (request.endpoint is None or pages.is_public()):
        return ""
    last = request.path.rstrip("/").rpartition("/")[2].partition(".")[0]
    return " ".join(re.split("[-_+]", last)) if SPOKEN.fullmatch(last) else ""


def _frame() -> dict[str, Any]:
    """The shop's own frame, for whoever went astray; a plain page when it cannot be had."""
    try:
        return {"layout": "layouts/page.html"} | pages.frame()
    except Exception:
        log.warning("an error page goes without its frame", exc_info=True)
        return {}
    finally:
        db.release_quietly()
