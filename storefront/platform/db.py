"""The database: the tables' base, the session for reading, and the one way to change anything."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    CursorResult,
    DateTime,
    Engine,
    Executable,
    MetaData,
    Table,
    Text,
    event,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session

from storefront.config import BadSetting, Settings
from storefront.platform import acting, clock, metrics
from storefront.platform.acting import Acting, Actor
from storefront.platform.caching import changes
from storefront.platform.errors import Busy
from storefront.platform.greeting import greeting
from storefront.platform.pool import FairPool, watch
from storefront.platform.spoken import Spoken

AGAIN = {"40001", "40P01", "55P03"}  # serialisation failure, deadlock, lock timeout
PAUSES = (0.02, 0.06, 0.18)  # seconds before the second, third and fourth try, each jittered


class Model(DeclarativeBase):
    """The base of every table; keys are bigint, times aware, texts unbounded, documents jsonb."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads this name from the class
        int: BigInteger,
        str: Text,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
        list[dict[str, Any]]: JSONB,
        list[str]: ARRAY(Text),
    }


def table(model: type[Model]) -> Table:
    """A model's table, for a statement that is written once and run often.

    What is built anew each time, or goes through the ORM, costs several times what PostgreSQL takes.
    """
    return cast(Table, model.__table__)


_extension = SQLAlchemy(session_options={"expire_on_commit": False})
session = cast("scoped_session[Session]", _extension.session)


@dataclass(slots=True)
class Transaction:
    """An open change: whoever takes part finds the session, the actor and the moment here."""

    session: Session
    acting: Acting
    now: datetime
    tags: set[str] = field(default_factory=set)
    shared: bool = False
    """Whether an action may do its work in it, as if it had opened it itself."""
    _connection: Connection | None = None

    @property
    def actor(self) -> Actor:
        return self.acting.actor

    @property
    def request_id(self) -> str | None:
        return self.acting.request_id

    def execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run a statement about tables, past the ORM, which would look at it twice as long."""
        return self.connection.execute(statement, values)

    def say(self, statement: Spoken, values: Mapping[str, Any]) -> list[Any]:
        """Run a statement past SQLAlchemy altogether; returns its rows, each a named tuple."""
        return statement.say(self.connection, values)

    @property
    def connection(self) -> Connection:
        if self._connection is None:
            self._connection = self.session.connection()
        return self._connection

    def tag(self, *names: str) -> None:
        """Name cached things that this change makes stale; they are bumped after the commit."""
        self.tags.update(names)


_open: ContextVar[Transaction | None] = ContextVar("open_transaction", default=None)


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the application to its database with small, bounded pools. Raises BadSetting."""
    if not settings.sqlalchemy_url:
        raise BadSetting("DATABASE_URL: is not set; name a PostgreSQL, or start the shop with `make run`.")
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.sqlalchemy_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "poolclass": FairPool,
        "pool_size": settings.db_pool_size,
        "max_overflow": settings.db_max_overflow,
        "pool_timeout": settings.db_pool_timeout,
        "pool_recycle": settings.db_pool_recycle,
        "pool_use_lifo": True,
        "hide_parameters": True,  # An error in the log must not repeat what somebody typed.
        "connect_args": {"connect_timeout": 3, "application_name": "storefront"},
    }
    _extension.init_app(app)
    with app.app_context():
        event.listen(engine(), "checkout", greeting(engine()))
        watch(engine().pool)
    app.teardown_appcontext(lambda _error: release_quietly())


def engine() -> Engine:
    """The engine of the running application."""
    return _extension.engine


@contextmanager
def transaction(*, rehearsal: bool = False, shared: bool = False) -> Iterator[Session]:
    """Open the one transaction of an action: all of it happens, or nothing.

    It starts with an empty session, so that nothing read earlier is trusted. With `rehearsal` the
    work is done and then undone. A `shared` one is opened around actions by whoever must write down
    in the same breath that they were done. Raises RuntimeError when another one is already open.
    """
    around = _open.get()
    if around is not None:
        if not around.shared or rehearsal:
            raise RuntimeError("an action opens one transaction; parts of it call db.inside()")
        around.shared = False
        try:
            yield around.session
        finally:
            around.shared = True
        return
    _end_reading()
    current = Transaction(session(), acting.now(), clock.now(), shared=shared)
    token, owed = _open.set(current), None
    try:
        yield current.session
        if rehearsal:
            current.session.flush()
            session.rollback()
        else:
            owed = changes.owe(current.execute, current.tags, current.now)
            session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _open.reset(token)
        session.close()
    if owed:
        changes.bump(current.tags, owed)


def inside() -> Transaction:
    """The open transaction; raises RuntimeError when a part of a change is called without one."""
    current = _open.get()
    if current is None:
        raise RuntimeError("this is part of a change: call it inside db.transaction()")
    return current


def release() -> None:
    """Give the connection back before anything slow, such as a template, begins."""
    if _open.get() is None:
        _end_reading()


def release_quietly() -> None:
    """Give the connection back even when it is already broken: an error page must not fail for it."""
    with suppress(Exception):
        release()


def _end_reading() -> None:
    """End what was only read by a COMMIT: at a ROLLBACK the driver forgets every statement it prepared."""
    if not session.registry.has():
        return
    current = session()
    try:
        if current.in_transaction():
            current.connection().commit()  # Past the session, which would write what it thinks has changed.
    finally:
        current.close()


P = ParamSpec("P")
R = TypeVar("R")


def retried(action: Callable[P, R]) -> Callable[P, R]:
    """Run the whole action again after a deadlock, lock timeout or serialisation failure.

    Raises Busy when the last try fails so too, or when no connection came free in time.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _open.get() is not None:  # What failed inside is done again by whoever opened it.
            return action(*args, **kwargs)
        for pause in (*PAUSES, None):
            try:
                return action(*args, **kwargs)
            except PoolTimeout:
                raise Busy from None
            except DBAPIError as error:
                if (state := sqlstate(error)) not in AGAIN:
                    raise
                metrics.repeated.labels(state).inc()
                if pause is None:
                    raise Busy from error
            time.sleep(pause * (0.5 + random.random()))  # noqa: S311 - jitter, not a secret
        raise AssertionError  # The loop above always returns or raises.

    return run


def sqlstate(error: DBAPIError) -> str | None:
    """PostgreSQL's five-letter code of an error, if it came that far."""
    return getattr(error.orig, "sqlstate", None)
