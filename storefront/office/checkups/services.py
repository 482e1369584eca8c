"""How the services are: PostgreSQL, Valkey, the worker and the mail server."""

import redis
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storefront.config import settings
from storefront.office.checkups.symptom import Symptom
from storefront.platform import cache, db
from storefront.platform import mail as letters

OLDEST_POSTGRES = 15  # The first one whose unique keys may count nulls as equal.
OLDEST_VALKEY = 7
SMTP_TIMEOUT = 5  # seconds
WORKER_CONNECTIONS = 8  # its queue's own and its jobs'

_POSTGRES = text("""
    SELECT current_setting('server_version_num')::int, current_setting('server_version'),
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
        (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')
""")
_IDLE = text("""
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND state LIKE 'idle in transaction%'
      AND state_change < now() - interval '30 seconds'
""")
_JOBS = text("""
    SELECT (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'),
        count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
        count(*) FILTER (WHERE status = 'failed')
    FROM procrastinate_jobs
""")
_LATE = text("""
    SELECT count(*) FROM messages WHERE state = 'waiting' AND created_at < now() - interval '10 minutes'
""")


def postgres() -> Symptom:
    """Whether it is new enough and has connections to spare."""
    try:
        with db.engine().connect() as connection:
            number, name, limit, used = connection.execute(_POSTGRES).one()
    except OperationalError as error:
        words = str(error.orig).strip().splitlines()[0]
        return Symptom(f"does not answer ({words})", "Start it, or correct DATABASE_URL.")
    given = settings()
    wanted = given.web_workers * (given.db_pool_size + given.db_max_overflow) + WORKER_CONNECTIONS
    says = f"{name}, {used} of {limit} connections in use, {wanted} wanted at most"
    if number < OLDEST_POSTGRES * 10_000:
        return Symptom(says, f"Upgrade it to {OLDEST_POSTGRES} or later.")
    if wanted > limit:
        return Symptom(says, "Raise its max_connections, or lower WEB_WORKERS or DB_POOL_SIZE.")
    return Symptom(says)


def idle_transactions() -> Symptom:
    """Whether somebody holds locks and does nothing."""
    with db.engine().connect() as connection:
        pids = connection.scalars(_IDLE).all()
    says = f"{len(pids)} idle for more than 30 s" + (f": {', '.join(map(str, pids))}" if pids else "")
    return Symptom(says, "End them: SELECT pg_terminate_backend(pid)." if pids else None)


def valkey() -> Symptom:
    """Whether it answers; the shop works without it, only slower."""
    server = cache.valkey()
    if server is None:
        chosen = not settings().redis_enabled
        return Symptom("none", None if chosen else "Set REDIS_URL, or REDIS_ENABLED=0 to do without.")
    try:
        told = server.info("server")
    except redis.RedisError as error:
        return Symptom(f"does not answer ({error})", "Start it, or correct REDIS_URL.")
    number = str(told.get("valkey_version") or told["redis_version"])
    old = int(number.partition(".")[0]) < OLDEST_VALKEY
    return Symptom(number, f"Upgrade it to {OLDEST_VALKEY} or later." if old else None)


def worker() -> Symptom:
    """Whether jobs are being done."""
    with db.engine().connect() as connection:
        alive, waiting, failed = connection.execute(_JOBS).one()
    says = f"{alive} alive, {waiting} jobs due, {failed} failed"
    if not alive:
        return Symptom(says, "Start one: storefront worker.")
    if failed:
        return Symptom(says, "Read its log for why; the jobs are kept in procrastinate_jobs.")
    return Symptom(says)


def mail() -> Symptom:
    """Whether messages leave the house."""
    with db.engine().connect() as connection:
        late = connection.scalar(_LATE) or 0
    waits = "See the worker." if late else None
    if not letters.has_server():
        folder = settings().storefront_var / "mail"
        lost = "Set SMTP_URL: customers get no mail." if settings().production else None
        return Symptom(f"written to {folder}, {late} messages late", lost or waits)
    try:
        with letters.server(SMTP_TIMEOUT) as line:
            line.noop()
    except OSError as error:  # smtplib's own errors are OSErrors too.
        says = f"the server does not take us ({error}), {late} messages late"
        return Symptom(says, "Correct SMTP_URL, or start the mail server.")
    return Symptom(f"the server takes us, {late} messages late", waits)
