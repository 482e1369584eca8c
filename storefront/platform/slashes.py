"""Addresses that end with a slash too many: other shops write theirs so, and people type them."""

from urllib.parse import quote

from flask import Response, current_app, request

from storefront.platform import http


def led_past() -> Response | None:
    """The same address without the slash at its end, if that is one of ours."""
    typed: str = request.environ["PATH_INFO"]  # werkzeug's path hides that there were two at its start
    path = typed.rstrip("/")
    if request.method not in ("GET", "HEAD") or path in ("", typed) or path.startswith("//"):
        return None
    adapter = current_app.create_url_adapter(request)
    if adapter is None or not adapter.test(path, "GET"):
        return None
    there = quote(path.encode("latin-1"))  # What WSGI calls a path are bytes.
    query = request.query_string.decode("latin-1")
    return http.lead_to(f"{there}?{query}" if query else there)
