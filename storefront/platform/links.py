"""Whole addresses of our pages, for whoever reads them elsewhere: search engines, feeds, messengers."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from flask import request, url_for

from storefront.config import settings

PLACE = "THE-PLACE"  # Stands where a value will; routing leaves these letters as they are.
PLAIN = "!$&'()*+,/:;=@"  # What routing leaves as it is in a path, beside letters, digits and "-._~".


def origin() -> str:
    """Scheme and host that people know the shop by: BASE_URL's, else those of this request."""
    parts = urlsplit(settings().base_url or request.host_url)
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
