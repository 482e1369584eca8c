"""Addresses of our pages: asked of routing once; and whole ones, for search engines, feeds, messengers."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, has_request_context, request, url_for

from storefront.config import Settings, settings

PLACE = "THE-PLACE"  # Stands where a value will; routing leaves these letters as they are.
MOST = 5000  # addresses that a process remembers
PLAIN = "!$&'()*+,/:;=@"  # What routing leaves as it is in a path, beside letters, digits and "-._~".


def init_app(app: Flask, _settings: Settings) -> None:
    """Remember addresses: a page names dozens that the last one named, and routing takes its time."""
    build = app.url_for

    @lru_cache(maxsize=MOST)
    def known(endpoint: str, _root: str, values: tuple[tuple[str, Any], ...]) -> str:
        return build(endpoint, **dict(values))

    def url_for(endpoint: str, **values: Any) -> str:
        if not has_request_context() or endpoint.startswith(".") or not all(map(_is_plain, values.values())):
            return build(endpoint, **values)
        if endpoint == "static":
            app.inject_url_defaults(endpoint, values)  # Its address is another one when the file changes.
        return known(endpoint, request.script_root, tuple(values.items()))

    setattr(app, "url_for", url_for)  # noqa: B010 - mypy sees a method
    app.jinja_env.globals["url_for"] = url_for


def _is_plain(value: Any) -> bool:
    """Whether it is a text, several or none: to routing 1 and True are two things, to a memory one."""
    return value is None or type(value) is str or (type(value) is tuple and all(map(_is_plain, value)))


def origin() -> str:
    """Scheme and host that people know the shop by: BASE_URL's, else those of this request."""
    return _origin(settings().base_url or request.host_url)


@lru_cache
def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def whole(endpoint: str, **values: Any) -> str:
    """The address of a page with its scheme and host."""
    return origin() + url_for(endpoint, **values)


def each(endpoint: str, name: str) -> Callable[[str], str]:
    """Whole addresses that differ in one part of their path; asking routing for each would cost far more."""
    return _filled(whole(endpoint, **{name: PLACE}))


def here(endpoint: str, name: str) -> Callable[[str], str]:
    """The same as links on our own pages have them."""
    place: dict[str, Any] = {name: PLACE}
    return _filled(url_for(endpoint, **place))


def _filled(address: str) -> Callable[[str], str]:
    before, _place, after = address.partition(PLACE)
    return lambda value: f"{before}{quote(value, safe=PLAIN)}{after}"
