"""A monitor reads what all processes counted, and how the servers are; nobody else reads it."""

import re
import urllib.request
from collections.abc import Callable
from urllib.error import HTTPError

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from storefront.catalog.models import Product, Variant
from storefront.config import Settings
from storefront.platform import db, jobs, watched
from storefront.platform.errors import Busy
from tests.characters import a_kettle
from tests.inspecting import InspectingClient
from tests.serving import LiveServer
from tests.shopping import an_order
from tests.till import buy, put

NOWHERE = "postgresql://storefront@/nowhere?host=/nowhere"
NO_VALKEY = "unix:///nowhere/valkey.sock"
LINE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$", re.MULTILINE)
Numbers = dict[str, float]


def numbers(told: str) -> Numbers:
    """Each value by its name and labels, as `name{label="x"}`."""
    return {f"{name}{{{labels}}}": float(value) for name, labels, value in LINE.findall(told)}


def read(client: InspectingClient) -> Numbers:
    return numbers(client.get("/metrics").text)


def of(told: Numbers, name: str, *labels: str) -> float:
    """The sum of what has this name and these labels."""
    return sum(
        value
        for key, value in told.items()
        if key.startswith(name + "{") and all(one in key for one in labels)
    )


def grown(before: Numbers, after: Numbers, name: str, *labels: str) -> float:
    return of(after, name, *labels) - of(before, name, *labels)


def test_pages_are_counted_by_route_and_by_how_they_came(client: InspectingClient) -> None:
    a_kettle(3)
    before = read(client)
    for _ in range(3):
        client.get("/products")
    client.get("/nowhere")
    after = read(client)
    assert grown(before, after, "storefront_requests_total", 'route="catalog.products"', 'status="200"') == 3
    assert grown(before, after, "storefront_requests_total", 'route="none"', 'status="404"') == 1
    assert grown(before, after, "storefront_request_seconds_count", 'route="catalog.products"') == 3
    assert grown(before, after, "storefront_pages_total", 'how="built"') == 1
    assert grown(before, after, "storefront_pages_total", 'how="hit"') == 2
    assert grown(before, after, "storefront_sql_seconds_count") > 0


def test_the_way_to_an_order_is_counted_and_what_stood_in_it(client: InspectingClient) -> None:
    kettle = a_kettle(2)
    before = read(client)
    client.post("/cart/lines", data={"variant": kettle.sku, "quantity": "2"})
    client.post("/cart/lines", data={"variant": kettle.sku, "quantity": "2"})
    client.get("/checkout")
    after = read(client)
    requests = "storefront_requests_total"
    assert grown(before, after, requests, 'route="cart.add"', 'status="303"') == 1
    assert grown(before, after, requests, 'route="cart.add"', 'status="409"') == 1
    assert grown(before, after, requests, 'route="checkout.new"') == 1
    assert grown(before, after, "storefront_refused_total", 'code="not-enough"') == 1


def test_each_step_to_an_order_is_counted(client: InspectingClient) -> None:
    kettle = a_kettle(2)
    before = read(client)
    client.see(f"/products/{slug_of(kettle)}")
    put(client, kettle, 2)
    page = client.see("/checkout")
    an_order((kettle, 1))
    buy(client, page)
    an_order((a_kettle(2), 1))
    client.post("/cart/lines", data={"variant": a_kettle(9).sku, "quantity": "1"})
    after = read(client)
    taken = {
        step: grown(before, after, "storefront_checkout_steps_total", f'step="{step}"')
        for step in ("viewed", "carted", "checkout", "placed", "refused")
    }
    assert taken == {"viewed": 1, "carted": 2, "checkout": 1, "placed": 0, "refused": 1}
    assert grown(before, after, "storefront_orders", 'state="open"') == 2
    assert of(after, "storefront_orders_paid") == 0


def slug_of(kettle: Variant) -> str:
    return db.session.scalars(select(Product.slug).where(Product.id == kettle.product_id)).one()


def test_time_outs_are_counted_by_their_code(client: InspectingClient) -> None:
    before = read(client)
    with db.engine().connect() as connection:
        connection.execute(text("SET LOCAL statement_timeout = '10ms'"))
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT pg_sleep(1)"))
    assert grown(before, read(client), "storefront_sql_failed_total", 'sqlstate="57014"') == 1


def explode() -> None:
    raise ZeroDivisionError


def test_jobs_are_counted_by_how_they_went(
    client: InspectingClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read(client)
    jobs.body(app, "kettle.fire", lambda: None)()
    with pytest.raises(ZeroDivisionError):
        jobs.body(app, "kettle.fire", explode)()
    after = read(client)
    for outcome in ("done", "failed"):
        told = ('task="kettle.fire"', f'outcome="{outcome}"')
        assert grown(before, after, "storefront_jobs_done_total", *told) == 1
    assert grown(before, after, "storefront_job_seconds_count", 'task="kettle.fire"') == 2
    assert jobs.running == []


def test_the_worker_answers_monitors_and_nobody_else(app: Flask, settings: Settings, database: None) -> None:
    with watched.listening(app, settings.model_copy(update={"worker_port": 0})) as port:
        url = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(f"{url}/livez", timeout=10) as answer:
            assert answer.read() == b"ok\n"
        with urllib.request.urlopen(f"{url}/metrics", timeout=10) as answer:
            assert b"storefront_jobs_done_total" in answer.read()
        with pytest.raises(HTTPError, match="404"):
            urllib.request.urlopen(f"{url}/products", timeout=10)
    with watched.listening(app, settings) as port:
        assert port == 0


def test_who_is_too_fast_is_counted(client: InspectingClient) -> None:
    before = read(client)
    answers = [client.get(f"/search?q=kettle+{number}").status_code for number in range(40)]
    refused = answers.count(429)
    assert refused > 0
    assert grown(before, read(client), "storefront_rate_limited_total", 'route="catalog.search"') == refused


def test_the_servers_are_asked(client: InspectingClient) -> None:
    with db.engine().begin() as connection:
        job = (
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'a', 'failed')"
        )
        connection.execute(text(job))
    told = read(client)
    assert of(told, "storefront_up", 'server="postgresql"') == 1
    assert of(told, "storefront_up", 'server="valkey"') == 1
    assert of(told, "storefront_jobs", 'queue="default"', 'state="failed"') == 1
    assert of(told, "storefront_valkey_memory_bytes") > 0
    assert of(told, "storefront_connections", 'state="active"') >= 1
    assert of(told, "storefront_lock_waits") == 0
    assert of(told, "storefront_pool_size") > 0


def test_servers_that_are_away_are_told(another_app: Callable[..., Flask]) -> None:
    app = another_app(database_url=NOWHERE, redis_url=NO_VALKEY)
    told = numbers(app.test_client().get("/metrics").text)
    assert of(told, "storefront_up", 'server="postgresql"') == 0
    assert of(told, "storefront_up", 'server="valkey"') == 0
    assert 'storefront_up{server="valkey"}' in told


@pytest.mark.parametrize(
    ("remote", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("", {}, 200),
        ("192.0.2.7", {}, 404),
        ("nonsense", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),
        ("127.0.0.1", {"X-Real-IP": "192.0.2.7"}, 404),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}, 404),
    ],
)
def test_only_this_machine_reads_it(
    client: InspectingClient, remote: str, headers: dict[str, str], status: int
) -> None:
    answer = client.get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": remote})
    assert answer.status_code == status


def test_or_whoever_knows_the_token(another_app: Callable[..., Flask]) -> None:
    client = another_app(metrics_token="known").test_client()
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer guessed"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer known"}).status_code == 200


def test_what_is_run_again_is_counted(client: InspectingClient) -> None:
    @db.retried
    def always_too_late() -> None:
        with db.transaction() as session:
            session.execute(text("DO $$ BEGIN RAISE SQLSTATE '55P03'; END $$"))

    before = read(client)
    with pytest.raises(Busy):
        always_too_late()
    assert grown(before, read(client), "storefront_transactions_repeated_total", 'sqlstate="55P03"') == 4


def test_processes_are_added_up(live_server: LiveServer) -> None:
    def told() -> Numbers:
        with urllib.request.urlopen(f"{live_server.url}/metrics", timeout=30) as answer:
            return numbers(answer.read().decode())

    before = told()
    for _ in range(40):  # Of what nobody else asks: /livez is asked at the start.
        urllib.request.urlopen(f"{live_server.url}/readyz", timeout=30).close()
    after = told()
    while grown(before, after, "storefront_requests_total", 'route="health.ready"') < 40:
        after = told()  # Each process tells ten times a second.
    assert grown(before, after, "storefront_requests_total", 'route="health.ready"') == 40
    assert of(after, "storefront_pool_size") == 2 * 2
    assert of(after, "storefront_pool_in_use") >= 0
