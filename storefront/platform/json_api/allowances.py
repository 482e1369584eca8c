"""How often a caller may still call, in the words of draft-ietf-httpapi-ratelimit-headers."""

import logging

from flask import Flask, Response, request

from storefront.config import Settings
from storefront.platform import clock
from storefront.platform.json_api.accepting import PROGRAMS
from storefront.platform.limits import limiter

log = logging.getLogger(__name__)


def init_app(app: Flask, _settings: Settings) -> None:
    """Tell every program with every answer."""
    app.after_request(_tell)


def _tell(response: Response) -> Response:
    if not request.path.startswith(PROGRAMS) or not (counted := limiter.current_limits):
        return response
    now = clock.now().timestamp()
    try:
        policies, left = [], []
        for one in counted:
            name = str(one.request_args[-1]).partition(".")[2] or one.request_args[-1]
            policies.append(f'"{name}";q={one.limit.amount};w={one.limit.get_expiry()}')
            left.append(f'"{name}";r={one.remaining};t={max(0, int(one.reset_at - now))}')
    except Exception:
        log.warning("nobody can tell how often a program may still call", exc_info=True)
        return response
    response.headers["RateLimit-Policy"] = ", ".join(policies)
    response.headers["RateLimit"] = ", ".join(left)
    return response
