"""When Valkey dies or freezes, each process goes on counting: nobody gets past, nobody waits for long."""

import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storefront.platform import limits
from tests.caching.conftest import OwnValkey, own_valkey
from tests.caching.test_without_valkey import dies, freezes, is_full

__all__ = ["own_valkey"]
pytestmark = pytest.mark.processes


@pytest.fixture
def client(another_app: Callable[..., Flask], own_valkey: OwnValkey) -> FlaskClient:
    """Three orders an hour, counted in a Valkey that nobody else needs."""
    return another_app(redis_url=own_valkey.url, rate_limit_place_order="3/hour").test_client()


def calls(client: FlaskClient, times: int) -> list[int]:
    """Press so often; each answer comes soon."""
    statuses = []
    for _ in range(times):
        before = time.monotonic()
        answer = client.post("/orders")
        assert time.monotonic() - before < 5  # Some hundred ms, on a machine that does nothing else.
        assert ("Retry-After" in answer.headers) == (answer.status_code == 429)
        statuses.append(answer.status_code)
    assert 500 not in statuses
    return statuses


@pytest.mark.parametrize("trouble", [dies, freezes, is_full])
def test_a_limit_holds_when_it_goes_away_meanwhile(
    client: FlaskClient, own_valkey: OwnValkey, trouble: Callable[[OwnValkey], None]
) -> None:
    assert 429 not in calls(client, 2)
    trouble(own_valkey)
    assert calls(client, 6)[3:] == [429] * 3


def pressed_at_once(app: Flask) -> list[int]:
    """Eight people, whose calls are all on the way when they are lost."""
    ready = Barrier(8)

    def press(_number: int) -> int:
        ready.wait()
        return app.test_client().post("/orders").status_code

    with ThreadPoolExecutor(8) as people:
        return list(people.map(press, range(8)))


def test_all_who_ask_in_that_moment_are_counted_here(client: FlaskClient, own_valkey: OwnValkey) -> None:
    calls(client, 1)
    freezes(own_valkey)
    assert 500 not in pressed_at_once(client.application)


def test_with_the_librarys_own_limiter_all_but_one_of_them_are_errors(
    client: FlaskClient, own_valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.delattr(limits.SteadyLimiter, "_check_request_limit")
    calls(client, 1)
    freezes(own_valkey)
    assert 500 in pressed_at_once(client.application)


def test_what_was_counted_before_is_remembered_when_it_is_back(
    client: FlaskClient, own_valkey: OwnValkey
) -> None:
    assert calls(client, 4)[3] == 429
    freezes(own_valkey)
    assert calls(client, 1) != [429]
    own_valkey.child.send(signal.SIGCONT)
    deadline = time.monotonic() + 30
    while calls(client, 1) != [429] or limits.limiter._storage_dead:
        assert time.monotonic() < deadline


def test_nobody_can_tell_when_a_limit_ends(
    client: FlaskClient, own_valkey: OwnValkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes away between the refusal and the question how long that is for."""
    calls(client, 3)
    monkeypatch.setattr(limits.limiter, "_on_breach", lambda _request: dies(own_valkey))
    answer = client.post("/orders")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
