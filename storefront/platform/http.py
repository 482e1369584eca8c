"""What arrives and what leaves: addresses behind proxies, request ids, htmx's headers, cookies."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Request, Response, g, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from storefront.config import Settings, settings
from storefront.platform import acting, timing
from storefront.platform.errors import NotFound

REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
TRACE = re.compile(r"^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$")  # W3C Trace Context
MAX_FORM = 1024 * 1024  # bytes of a form without files
MAX_FIELDS = 200
COOKIE_DAYS = 30
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
VISITOR = acting.Actor()
NAME = "storefront.request_id"  # where a request carries its name
PURPOSE = "HTTP_SEC_PURPOSE"


class TolerantRequest(Request):
    """Requests as shoppers really send them."""

    max_content_length = 8 * 1024 * 1024
    max_form_memory_size = MAX_FORM
    max_form_parts = MAX_FIELDS


def init_app(app: Flask, settings: Settings) -> None:
    """Believe the configured number of proxies, and give every request its name."""
    app.request_class = TolerantRequest
    app.url_map.merge_slashes = False  # It would answer with a redirect that names the host it was asked by.
    if hops := settings.trusted_proxies:
        wrapped = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)
        setattr(app, "wsgi_app", wrapped)  # noqa: B010 - Flask's documented way, which mypy sees as a method
    app.before_request(_bound_body)
    app.before_request(_name_request)
    app.after_request(_sign_answer)


def is_partial() -> bool:
    """Whether htmx wants one region of the page and not the page."""
    return request.headers.get("HX-Request-Type") == "partial"


def is_prefetch() -> bool:
    """Whether a browser fetches the page ahead, in case somebody goes there."""
    return request.method in ("GET", "HEAD") and request.environ.get(PURPOSE, "").startswith("prefetch")


def asks_for_region(environ: Mapping[str, Any]) -> bool:
    """As `is_partial`, before there is a request."""
    return environ.get("HTTP_HX_REQUEST_TYPE") == "partial"


def asking_for_region(*, partial: bool) -> dict[str, str]:
    """What a request for a region of a page, or for the whole page, says."""
    return {"HTTP_HX_REQUEST": "true", "HTTP_HX_REQUEST_TYPE": "partial"} if partial else {}


def vary_by_htmx(response: Response) -> None:
    """Tell caches that a page and its fragment share an address."""
    response.vary.update(("HX-Request", "HX-Request-Type"))


def see(endpoint: str, **values: Any) -> Response:
    """Answer a change with the page to look at next (303, relative)."""
    response = Response(status=303)
    response.headers["Location"] = url_for(endpoint, **values)
    response.autocorrect_location_header = False
    return response


def moved(endpoint: str, **values: Any) -> Response:
    """The page at this address has another one for good (301, relative)."""
    response = see(endpoint, **values)
    response.status_code = 301
    return response


def lead_to(path: str) -> Response:
    """A page of an earlier shop has another address here for good (301, relative, below where we stand)."""
    response = Response(status=301)
    response.headers["Location"] = f"{request.script_root}{path}"
    response.autocorrect_location_header = False
    return response


def leave_for(endpoint: str, **values: Any) -> Response:
    """As `see`, for another page altogether: htmx is told to go there, else it would put it into this one."""
    if not is_partial():
        return see(endpoint, **values)
    response = Response(status=204)
    response.headers["HX-Redirect"] = url_for(endpoint, **values)
    vary_by_htmx(response)
    return response


def address_of(endpoint: str, **values: Any) -> str:
    """Where a page is."""
    return url_for(endpoint, **values)


def local(path: str | None) -> str:
    """A path of ours that a request named, or nothing: nobody is sent to another site by our links."""
    given = path or ""
    ours = given.startswith("/") and not given.startswith(("//", "/\\"))
    return given if ours and given.isascii() and given.isprintable() and len(given) < 2000 else ""


def go(path: str) -> Response:
    """As `leave_for`, to a path that `local` has looked at."""
    if is_partial():
        response = Response(status=204)
        response.headers["HX-Redirect"] = path
        vary_by_htmx(response)
        return response
    response = Response(status=303)
    response.headers["Location"] = path
    response.autocorrect_location_header = False
    return response


def browser() -> str:
    """What somebody browses with, in words they know it by, such as Firefox on Windows."""
    said = request.user_agent.string
    names = (
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    )
    name = next((words for mark, words in names if mark in said), "")
    system = next((words for mark, words in systems if mark in said), "")
    return " – ".join(part for part in (name, system) if part)


def request_id() -> str | None:
    """The name of the current request."""
    found: str | None = g.get("request_id")
    return found


def cookie_name(name: str) -> str:
    """A cookie's full name; browsers only take the `__Host-` kind when it comes by https."""
    return f"__Host-sf_{name}" if settings().secure_cookies else f"sf_{name}"


def remember(response: Response, name: str, value: str) -> None:
    """Set a cookie of ours, which no script can read."""
    _decided(name)
    response.set_cookie(
        cookie_name(name),
        value,
        max_age=COOKIE_DAYS * 86400,
        secure=settings().secure_cookies,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def forget(response: Response, name: str) -> None:
    """Take a cookie of ours back."""
    _decided(name)
    response.delete_cookie(
        cookie_name(name), secure=settings().secure_cookies, httponly=True, samesite="Lax", path="/"
    )


def remembered(name: str) -> str | None:
    """What a cookie of ours holds, or will hold when this request is answered."""
    found: str | None = _instead().get(name) or request.cookies.get(cookie_name(name))
    return found


def remember_instead(name: str, value: str) -> None:
    """Already now a cookie holds something else; the answer will set it."""
    g.remembered = _instead() | {name: value}


def _decided(name: str) -> None:
    """Whatever was to be set at the end of the request, the answer says otherwise."""
    g.remembered = {other: value for other, value in _instead().items() if other != name}


def _instead() -> dict[str, str]:
    found: dict[str, str] = g.get("remembered", {})
    return found


def _bound_body() -> None:
    """Only uploads may be large: werkzeug counts the parts of multipart forms, and of no others."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = MAX_FORM


def name_request(environ: dict[str, Any], trusted_proxies: int) -> str:
    """Give a request its name, or believe the one that a trusted proxy gave it."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    believed = trusted_proxies > 0 and REQUEST_ID.match(given)
    name: str = environ.setdefault(NAME, given if believed else acting.new_id())
    return name


def method_of(environ: Mapping[str, Any]) -> str:
    """The method of a request; strangers' inventions are all one."""
    method: str = environ["REQUEST_METHOD"]
    return method if method in METHODS else "other"


def begin(environ: Mapping[str, Any], name: str) -> None:
    """Whatever happens next in this thread belongs to this request, and to the trace it is part of."""
    given = environ.get("HTTP_TRACEPARENT", "")
    acting.begin(VISITOR, name, given if given and TRACE.match(given) else None)


def _name_request() -> None:
    g.request_id = name_request(request.environ, settings().trusted_proxies)
    if acting.now().request_id != g.request_id:  # A page is built for nobody, but in this request.
        begin(request.environ, g.request_id)
    timing.lead_to(request.endpoint)
    if "\0" in request.path:  # No name of ours holds one, and PostgreSQL cannot even be asked.
        raise NotFound


def _sign_answer(response: Response) -> Response:
    if found := request_id():
        response.headers["X-Request-ID"] = found
    for name, value in _instead().items():
        remember(response, name, value)
    return response
