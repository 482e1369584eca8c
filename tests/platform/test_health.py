"""Whoever watches the shop is told the truth: is it there, may visitors come, how quick are its servers."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from storefront.platform import db
from tests.inspecting import InspectingClient

NOWHERE = "postgresql://storefront@/nowhere?host=/nowhere"
NO_VALKEY = "unix:///nowhere/valkey.sock"


def test_a_shop_in_order_is_healthy(client: InspectingClient) -> None:
    assert client.get("/livez").text == "ok\n"
    ready = client.get("/readyz").json
    assert ready is not None
    assert ready["status"] == "healthy"
    told = client.get("/health_check")
    assert told.status_code == 200
    assert told.headers["Cache-Control"] == "no-store"
    assert told.json is not None
    assert told.json["status"] == "healthy"
    assert told.json["version"]
    assert told.json["timestamp"].endswith("+00:00")
    checks = told.json["checks"]
    assert checks["database"]["latency_ms"] >= 0
    assert checks["redis"]["latency_ms"] >= 0
    assert checks["db_pool"] == {
        "status": "healthy",
        "size": 4,
        "checked_out": 0,
        "utilization_percent": 0.0,
    }


@pytest.mark.parametrize("address", ["/readyz", "/health_check"])
def test_without_postgresql_nobody_should_come(another_app: Callable[..., Flask], address: str) -> None:
    answer = another_app(database_url=NOWHERE).test_client().get(address)
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["status"] == "critical"
    assert answer.json["checks"]["database"]["reason"] == "it does not answer"
    assert "nowhere" not in answer.text


def test_the_process_lives_without_any_server(another_app: Callable[..., Flask]) -> None:
    app = another_app(database_url=NOWHERE, redis_url=NO_VALKEY)
    assert app.test_client().get("/livez").status_code == 200


@pytest.mark.parametrize("changes", [{"redis_url": NO_VALKEY}, {"redis_url": ""}])
def test_without_valkey_it_is_slower_and_ready(
    another_app: Callable[..., Flask], changes: dict[str, str]
) -> None:
    answer = another_app(**changes).test_client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "degraded"


def test_a_shop_that_was_told_to_do_without_valkey_is_healthy(another_app: Callable[..., Flask]) -> None:
    answer = another_app(redis_enabled=False).test_client().get("/readyz")
    assert answer.json is not None
    assert answer.json["status"] == "healthy"


@pytest.mark.parametrize(("revision", "status"), [("0001", 503), (None, 503), ("9999", 200)])
def test_visitors_wait_for_the_migrations_and_not_for_those_of_a_later_version(
    app: Flask, database: None, revision: str | None, status: int
) -> None:
    with db.engine().begin() as connection:
        before = connection.scalar(text("SELECT version_num FROM alembic_version"))
        connection.execute(text("DELETE FROM alembic_version"))
        if revision:
            connection.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": revision})
    try:
        assert app.test_client().get("/readyz").status_code == status
    finally:
        with db.engine().begin() as connection:
            connection.execute(text("DELETE FROM alembic_version"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": before})


def test_a_pool_that_is_all_taken_is_told(another_app: Callable[..., Flask]) -> None:
    app = another_app(db_pool_size=1, db_pool_timeout=0.05)
    with app.app_context(), db.engine().connect():
        told = app.test_client().get("/health_check")
    assert told.status_code == 200
    assert told.json is not None
    assert told.json["status"] == "degraded"
    assert told.json["checks"]["db_pool"]["utilization_percent"] == 100.0
    assert told.json["checks"]["database"]["reason"] == "no connection came free"
