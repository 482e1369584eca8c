"""Who knocks too often waits: at each door, and at each account from everywhere."""

from typing import Any

from flask import Flask

from tests.characters import ada, ben
from tests.inspecting import Answer, InspectingClient
from tests.people import an_account


def from_address(app: Flask, number: int) -> InspectingClient:
    client = InspectingClient(app, Answer)
    client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
    return client


def knock(client: InspectingClient, path: str, **fields: Any) -> int:
    return int(client.post(path, data=fields).status_code)


def test_ten_passwords_of_one_address_in_five_minutes(app: Flask, database: None) -> None:
    client = from_address(app, 1)
    tries = [knock(client, "/account/sign-in", email=f"p{n}@example.com", password="x") for n in range(11)]
    assert tries == [422] * 10 + [429]
    assert knock(from_address(app, 2), "/account/sign-in", email="p@example.com", password="x") == 422


def test_ten_passwords_for_one_account_from_everywhere(app: Flask, database: None) -> None:
    an_account(ada)
    tries = [
        knock(
            from_address(app, n),
            "/account/sign-in",
            email=(ada.email, ada.email.upper())[n % 2],
            password="x",
        )
        for n in range(11)
    ]
    assert tries == [422] * 10 + [429]
    assert knock(from_address(app, 99), "/account/sign-in", email=ben.email, password="x") == 422


def test_five_sign_ups_a_minute(app: Flask, database: None) -> None:
    client = from_address(app, 3)
    assert [knock(client, "/account/sign-up", email="no") for _ in range(6)] == [422] * 5 + [429]


def test_three_resets_a_day_for_one_account(app: Flask, database: None) -> None:
    tries = [knock(from_address(app, n), "/account/forgotten", email="who@example.com") for n in range(4)]
    assert tries == [303] * 3 + [429]


def test_a_refusal_says_when_to_come_again(app: Flask, database: None) -> None:
    client = from_address(app, 4)
    for _ in range(10):
        knock(client, "/account/sign-in", email="x@example.com", password="x")
    refused = client.post("/account/sign-in", data={"email": "y@example.com", "password": "x"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 300
