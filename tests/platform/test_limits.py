"""Who is counted, and what is said to whoever is too fast."""

import time
from collections.abc import Callable

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from storefront.platform import limits


@pytest.mark.parametrize(
    ("remote", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("nonsense", "nonsense"),
        (None, "127.0.0.1"),
    ],
)
def test_an_ipv6_household_is_counted_as_one(app: Flask, remote: str | None, counted: str) -> None:
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": remote}):
        assert limits.address() == counted


def test_a_socket_of_valkey_is_spelled_as_limits_spells_it() -> None:
    assert limits._storage("unix:///run/valkey.sock") == "redis+unix:///run/valkey.sock"
    assert limits._storage("redis://cache:6379") == "redis://cache:6379"
    assert limits._storage("") == "memory://"


def with_a_door(app: Flask) -> FlaskClient:
    """An application that has an address that may be opened twice a minute."""

    @app.get("/door")
    @limits.limiter.limit("2/minute")
    def door() -> Response:
        return Response("open", mimetype="text/plain")

    return app.test_client()


@pytest.mark.parametrize("redis_url", [None, "", "redis://127.0.0.1:1"])
def test_the_third_is_asked_to_wait(another_app: Callable[..., Flask], redis_url: str | None) -> None:
    client = with_a_door(another_app(**({} if redis_url is None else {"redis_url": redis_url})))
    answers = [client.get("/door") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 61
    assert "A little too fast" in answers[2].text


def test_another_address_is_another_count(another_app: Callable[..., Flask]) -> None:
    client = with_a_door(another_app(trusted_proxies=1))
    for number in range(6):
        answer = client.get("/door", headers={"X-Forwarded-For": f"192.0.2.{number}"})
        assert answer.status_code == 200


def test_nobody_pretends_to_be_another_address(another_app: Callable[..., Flask]) -> None:
    client = with_a_door(another_app())
    codes = [client.get("/door", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(3)]
    assert codes == [200, 200, 429]


def test_limits_can_be_switched_off(
    another_app: Callable[..., Flask], caplog: pytest.LogCaptureFixture
) -> None:
    client = with_a_door(another_app(rate_limit_enabled=False))
    assert {client.get("/door").status_code for _ in range(5)} == {200}
    assert "RATE_LIMIT_ENABLED=false: nobody is limited" in caplog.messages


def test_how_often_is_a_setting(another_app: Callable[..., Flask]) -> None:
    client = another_app(rate_limit_place_order="1/hour", rate_limit_calls=2).test_client()
    assert [client.post("/orders").status_code == 429 for _ in range(2)] == [False, True]
    assert [client.get("/cart").status_code for _ in range(3)] == [200, 200, 429]


def lets_in(client: FlaskClient) -> bool:
    return client.post("/orders").status_code != 429


def refused(client: FlaskClient) -> int:
    """Come until it is too often, and be told how long to stay away."""
    while (answer := client.post("/orders")).status_code != 429:
        pass
    return int(answer.headers["Retry-After"])


def test_whoever_stays_away_as_long_as_told_is_let_in(another_app: Callable[..., Flask]) -> None:
    client = another_app(rate_limit_place_order="2/2 seconds").test_client()
    time.sleep(refused(client))  # What the shop asked for, not luck.
    assert lets_in(client)


def test_who_is_refused_and_comes_all_the_same_waits_no_longer(another_app: Callable[..., Flask]) -> None:
    # Only the one limit is asked here: whoever comes so often meets that of everything, too.
    client = another_app(rate_limit_place_order="2/2 seconds", rate_limit_calls=10**6).test_client()
    told = refused(client)
    deadline = time.monotonic() + told  # From when it was told, which is after it was refused.
    while time.monotonic() < deadline:
        if lets_in(client):
            return
    assert lets_in(client)
