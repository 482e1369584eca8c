"""How often one address may do what costs something; counted in Valkey, or here when it is gone."""

import logging
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from flask import Flask, current_app, request
from flask_limiter import Limit, Limiter
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from storefront.config import Settings, settings
from storefront.platform import clock, http
from storefront.platform.caching import policies

log = logging.getLogger(__name__)
PATIENCE = 0.25  # seconds Valkey may take; then each process counts for itself
UNASKED = 10  # What browsers fetch by themselves may be so many times what people ask for.


def _setting(name: str) -> Callable[[], str]:
    return lambda: str(getattr(settings(), f"rate_limit_{name}"))


SEARCH = _setting("search")
SUGGESTIONS = _setting("suggestions")
CHANGE_CART = _setting("change_cart")
PLACE_ORDER = _setting("place_order")
SIGN_UP = _setting("sign_up")
SIGN_IN = _setting("sign_in")
RESET = _setting("reset")
FIND_ORDER = _setting("find_order")
REVIEW = _setting("review")


def everything() -> str:
    """Of all that is built for somebody, except what has a limit of its own."""
    return f"{settings().rate_limit_calls} per {settings().rate_limit_period} second"


def unasked() -> str:
    """Of what a browser fetches by itself: no person meets it, and the header is no way past every limit."""
    return f"{UNASKED * settings().rate_limit_calls} per {settings().rate_limit_period} second"


def address() -> str:
    """Who is counted: an IPv4 address, or the /64 network an IPv6 household has."""
    given = request.remote_addr or "127.0.0.1"
    try:
        parsed = ip_address(given.partition("%")[0])
    except ValueError:
        return given
    if isinstance(parsed, IPv6Address):
        # A socket for both kinds calls 192.0.2.7 ::ffff:192.0.2.7, and all of them share one /64.
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)


class SteadyLimiter(Limiter):
    """Counts here from the moment on when Valkey is gone, for every thread that finds it so.

    The library does that for the first one alone: whoever was asking at the same time would be an error.
    And it looks for limits before each view, also before those that have their own, which count when they
    are called and know of no others.
    """

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:  # noqa: FBT001, FBT002 - as the library has it
        if in_middleware and self._asks_itself():
            return
        try:
            super()._check_request_limit(callable_name, in_middleware)
        except RedisError:
            self.context.seen_limits.clear()
            super()._check_request_limit(callable_name, in_middleware)

    @staticmethod
    def _asks_itself() -> bool:
        view = current_app.view_functions.get(request.endpoint or "")
        return hasattr(view, "__wrapper-limiter-instance")  # The library's mark on such a view.


limiter = SteadyLimiter(
    address,
    default_limits=[
        Limit(everything, scope="everything", shared=True, exempt_when=http.is_prefetch),
        Limit(unasked, scope="unasked", shared=True, exempt_when=lambda: not http.is_prefetch()),
    ],
    strategy="sliding-window-counter",
    in_memory_fallback_enabled=True,
    headers_enabled=False,
    key_prefix="limit",
    # An address that leads nowhere has no endpoint, and yet somebody must say so.
    request_identifier=lambda: request.endpoint or "nowhere",
)
limiter.request_filter(policies.behind_the_back)
fetched_by_itself = limiter.shared_limit(unasked, scope="unasked")
"""Marks a personal fragment, which every page fetches for its header."""


def seconds_to_wait() -> int:
    """How long whoever met a limit just now should stay away."""
    met = limiter.current_limit
    if met is None:
        return 1
    whole = met.limit.get_expiry()
    try:
        left = ceil(met.reset_at - clock.now().timestamp())  # Rounded up, it could be more than the whole.
    except Exception:
        log.warning("nobody can tell when a limit ends", exc_info=True)
        return whole
    return min(whole, max(1, left))


def init_app(app: Flask, settings: Settings) -> None:
    """Count in Valkey where there is one."""
    app.config["RATELIMIT_ENABLED"] = settings.rate_limit_enabled
    app.config["RATELIMIT_STORAGE_URI"] = _storage(settings.valkey_url)
    app.config["RATELIMIT_STORAGE_OPTIONS"] = (
        {
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 0),
        }
        if settings.valkey_url
        else {}
    )
    limiter.init_app(app)
    if not settings.rate_limit_enabled:
        log.warning("RATE_LIMIT_ENABLED=false: nobody is limited")


def _storage(url: str) -> str:
    """The address in the words of `limits`, which spells a unix socket redis+unix."""
    if not url:
        return "memory://"
    return url.replace("unix://", "redis+unix://", 1)
