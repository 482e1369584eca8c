"""`/metrics`, for the monitor and nobody else."""

import hmac
import re
from collections.abc import Iterator
from ipaddress import ip_address

import redis
from flask import Blueprint, Response, request
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from storefront.config import settings
from storefront.platform import cache, db, journal, metrics
from storefront.platform.errors import NotFound
from storefront.platform.limits import limiter

bp = Blueprint("metrics", __name__)
limiter.exempt(bp)  # A monitor comes often, and strangers learn nothing.
FORWARDED = re.compile(r"forwarded|via|x-(forwarded|real)-", re.IGNORECASE)  # what proxies add
_JOBS = text("""
    SELECT queue_name, count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
        count(*) FILTER (WHERE status = 'todo' AND scheduled_at > now()),
        count(*) FILTER (WHERE status = 'failed'),
        coalesce(extract(epoch FROM now() - min(coalesce(scheduled_at, queued.at))
            FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())), 0)
    FROM procrastinate_jobs
    LEFT JOIN LATERAL (
        SELECT min(at) AS at FROM procrastinate_events WHERE job_id = procrastinate_jobs.id
    ) AS queued ON status = 'todo'
    WHERE status IN ('todo', 'failed') GROUP BY queue_name
""")
_CONNECTIONS = text("""
    SELECT coalesce(state, 'none'), count(*), count(*) FILTER (WHERE wait_event_type = 'Lock')
    FROM pg_stat_activity WHERE datname = current_database() GROUP BY 1
""")


@bp.get("/metrics")
def show() -> Response:
    """Counters and gauges. Raises NotFound for whoever is no monitor."""
    if not _is_monitor():
        raise NotFound
    journal.flush()
    response = Response(metrics.told(), mimetype="text/plain; version=0.0.4")
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_monitor() -> bool:
    """Whoever knows the token; without one, whoever asks from this machine and through no proxy."""
    token = settings().metrics_token.get_secret_value()
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}")
    forwarded = any(FORWARDED.match(name) for name, _value in request.headers)
    return not forwarded and _is_here(request.remote_addr)


def _is_here(address: str | None) -> bool:
    try:
        return ip_address(address or "127.0.0.1").is_loopback  # A unix socket has no address.
    except ValueError:
        return False


@metrics.asked
def postgres() -> metrics.Gauges:
    """Connections and what they wait for; the queue of jobs."""
    try:
        return list(_postgres())
    except SQLAlchemyError:
        return [("storefront_up", "Whether a server answers.", {"server": "postgresql"}, 0)]
    finally:
        db.release_quietly()


def _postgres() -> Iterator[tuple[str, str, dict[str, str], float]]:
    waiting = 0
    for state, number, locked in db.session.execute(_CONNECTIONS):
        yield "storefront_connections", "Connections to the database.", {"state": state}, number
        waiting += locked
    yield "storefront_lock_waits", "Connections that wait for a lock right now.", {}, waiting
    for queue, due, later, failed, age in db.session.execute(_JOBS):
        for state, number in (("due", due), ("later", later), ("failed", failed)):
            yield "storefront_jobs", "Jobs.", {"queue": queue, "state": state}, number
        yield "storefront_oldest_job_seconds", "How long the oldest one is due.", {"queue": queue}, age
    given = settings()
    size = given.web_workers * (given.db_pool_size + given.db_max_overflow)
    yield "storefront_pool_size", "Connections the web may open.", {}, size
    yield "storefront_up", "Whether a server answers.", {"server": "postgresql"}, 1


@metrics.asked
def valkey() -> metrics.Gauges:
    """Its memory and how often it knew the answer."""
    server = cache.valkey()
    if server is None:
        return []
    try:
        told = server.info()
    except redis.RedisError:
        return [("storefront_up", "Whether a server answers.", {"server": "valkey"}, 0)]
    numbers = {
        "memory_bytes": "used_memory",
        "hits": "keyspace_hits",
        "misses": "keyspace_misses",
        "commands": "total_commands_processed",
        "clients": "connected_clients",
        "evicted": "evicted_keys",
    }
    return [
        ("storefront_up", "Whether a server answers.", {"server": "valkey"}, 1),
        *(
            (f"storefront_valkey_{name}", f"Valkey's {key}.", {}, float(told[key]))
            for name, key in numbers.items()
        ),
    ]
