"""Whether this process lives, for whoever watches it."""

from flask import Blueprint, Response

bp = Blueprint("health", __name__)


@bp.get("/livez")
def live() -> Response:
    """The process answers; nothing else is asked."""
    return Response("ok\n", mimetype="text/plain")
