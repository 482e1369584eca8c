"""How this process and its servers are, for whoever watches: load balancers, monitors, people.

`/livez` asks nothing. `/readyz` answers 503 while no visitor should be sent here: without PostgreSQL, or
before the migrations ran. Without Valkey the shop is slower, and ready. `/health_check` tells how long
each server took.
"""

import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, cast

import redis
from flask import Blueprint, Response, jsonify
from sqlalchemy import QueuePool, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storefront.config import settings
from storefront.platform import cache, clock, db, revisions
from storefront.platform.limits import limiter

bp = Blueprint("health", __name__)
limiter.exempt(bp)
HEALTHY, DEGRADED, CRITICAL = "healthy", "degraded", "critical"
ORDER = (HEALTHY, DEGRADED, CRITICAL)
_MIGRATED = text("SELECT version_num FROM alembic_version")

Check = dict[str, Any]


@bp.get("/livez")
def live() -> Response:
    """The process answers; nothing else is asked."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> Response:
    """Whether visitors may be sent here."""
    return _answer({"database": database(), "redis": valkey()})


@bp.get("/health_check")
def check() -> Response:
    """How everything is that a page needs."""
    told = {
        "timestamp": clock.now().isoformat(),
        "version": version("storefront"),
        "commit": settings().commit,
    }
    return _answer({"database": database(), "redis": valkey(), "db_pool": pool()}, **told)


def database() -> Check:
    """Whether PostgreSQL answers and has this version's tables."""

    def ask() -> Check:
        revision = db.session.scalar(_MIGRATED)
        pending = revision is None or revision in revisions.outdated()
        return {"status": CRITICAL, "reason": "migrations are pending"} if pending else {}

    return _timed(ask, SQLAlchemyError, CRITICAL)


def valkey() -> Check:
    """Whether Valkey answers, where there is one."""
    server = cache.valkey()
    if server is None:
        return {"status": DEGRADED if settings().redis_enabled else HEALTHY, "reason": "none is set"}

    def ask() -> Check:
        server.ping()
        return {}

    return _timed(ask, redis.RedisError, DEGRADED)


def pool() -> Check:
    """How many of this process's connections are at work."""
    found = cast(QueuePool, db.engine().pool)
    size = settings().db_pool_size + settings().db_max_overflow
    out = found.checkedout()
    return {
        "status": DEGRADED if out >= size else HEALTHY,
        "size": size,
        "checked_out": out,
        "utilization_percent": round(100 * out / size, 1),
    }


def _timed(ask: Callable[[], Check], failure: type[Exception], then: str) -> Check:
    began = time.perf_counter()
    try:
        found = {"status": HEALTHY} | ask()
    except PoolTimeout:
        found = {"status": DEGRADED, "reason": "no connection came free"}
    except failure:
        found = {"status": then, "reason": "it does not answer"}
    finally:
        db.release_quietly()
    return found | {"latency_ms": round((time.perf_counter() - began) * 1000, 1)}


def _answer(checks: dict[str, Check], **told: str) -> Response:
    worst = max((one["status"] for one in checks.values()), key=ORDER.index)
    response = jsonify(status=worst, **told, checks=checks)
    response.status_code = 503 if worst == CRITICAL else 200
    response.headers["Cache-Control"] = "no-store"
    return response
