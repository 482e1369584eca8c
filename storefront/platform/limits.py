"""How often one address may do what costs something; counted in Valkey, or here when it is gone."""

import logging
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from flask import Flask, request
from flask_limiter import Limiter

from storefront.config import Settings
from storefront.platform import clock

log = logging.getLogger(__name__)
PLACE_ORDER = "10/minute"
SEARCH = "30/minute"
SUGGESTIONS = "120/minute"
CHANGE_CART = "60/minute"


def address() -> str:
    """Who is counted: an IPv4 address, or the /64 network an IPv6 household has."""
    given = request.remote_addr or "127.0.0.1"
    try:
        parsed = ip_address(given)
    except ValueError:
        return given
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, 64), strict=False))
    return given


limiter = Limiter(
    address,
    strategy="sliding-window-counter",
    in_memory_fallback_enabled=True,
    headers_enabled=False,
    key_prefix="limit",
)


def seconds_to_wait() -> int:
    """How long whoever met a limit just now should stay away."""
    met = limiter.current_limit
    return max(1, ceil(met.reset_at - clock.now().timestamp())) if met else 1


def init_app(app: Flask, settings: Settings) -> None:
    """Count in Valkey where there is one."""
    app.config["RATELIMIT_ENABLED"] = settings.rate_limit_enabled
    app.config["RATELIMIT_STORAGE_URI"] = _storage(settings.valkey_url)
    app.config["RATELIMIT_STORAGE_OPTIONS"] = (
        {"socket_timeout": 0.25, "socket_connect_timeout": 0.25} if settings.valkey_url else {}
    )
    limiter.init_app(app)
    if not settings.rate_limit_enabled:
        log.warning("RATE_LIMIT_ENABLED=false: nobody is limited")


def _storage(url: str) -> str:
    """The address in the words of `limits`, which spells a unix socket redis+unix."""
    if not url:
        return "memory://"
    return url.replace("unix://", "redis+unix://", 1)
