"""Small documents for programs: the same for everyone, kept for a while, then asked for by their ETag."""

from flask import Response, request

HOUR = 3600
DAY = 24 * HOUR


def document(body: str, mimetype: str, *, keep: int = HOUR) -> Response:
    """A whole document that anybody may keep for so many seconds; 304 for whoever has it already."""
    response = Response(body, mimetype=mimetype)
    response.cache_control.public = True
    response.cache_control.max_age = keep
    response.add_etag()
    response.make_conditional(request)
    return response
