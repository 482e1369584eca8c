"""The first words on a connection: how long a visitor waits at most, who asks, and who acts."""

from collections.abc import Callable
from typing import Any, cast

import psycopg
from flask import has_request_context
from psycopg.pq import ExecStatus
from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError

from storefront.platform import acting

# SET LOCAL, not start-up options: these outlive no transaction, so a pooler in front may share connections.
WEB_TIMEOUTS = (
    "SET LOCAL statement_timeout = '5s'; SET LOCAL lock_timeout = '2s';"
    " SET LOCAL idle_in_transaction_session_timeout = '10s'"
)


def greeting(pool: Engine) -> Callable[..., None]:
    """The first words on a connection, which may have died since it was last used.

    Then the pool opens another, and whoever asked notices nothing. A visitor is never kept waiting, so
    in a request they set the limits; migrations, imports and jobs may take their time.
    """
    limits = f"BEGIN; {WEB_TIMEOUTS}; SET LOCAL application_name"

    def greet(driver: psycopg.Connection, *_record: Any) -> None:
        try:
            if has_request_context():
                _say(driver, f"{limits} = '{_name()}'{_actor()}")
            elif acting.now().request_id or _actor():
                _say(driver, f"BEGIN; SET LOCAL application_name = '{_name()}'{_actor()}")
            else:
                pool.dialect.do_ping(cast(DBAPIConnection, driver))
        except psycopg.OperationalError as error:
            raise InvalidatePoolError from error

    return greet


def _say(driver: psycopg.Connection, words: str) -> None:
    """Several commands in one message: `execute` would send a BEGIN of its own before them."""
    answer = driver.pgconn.exec_(words.encode())
    if answer.status != ExecStatus.COMMAND_OK:
        raise psycopg.OperationalError(answer.get_error_message())


def _name() -> str:
    """What PostgreSQL calls this connection meanwhile; no request's id holds a quote."""
    return f"storefront {acting.now().request_id or ''}"


def _actor() -> str:
    """Whose versions of rows the database notes by itself, until the end of this transaction."""
    kind = acting.now().actor.kind
    return f"; SET LOCAL storefront.actor = '{kind}'" if kind in acting.AUDITED else ""
