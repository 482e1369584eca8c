"""The same key, twenty times at once: one effect, and nineteen answers that say they are repeated."""

import json
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from storefront.inventory.models import Stock, StockMovement
from storefront.office import verify
from storefront.orders.models import Order
from storefront.platform import db, idempotency
from storefront.platform.idempotency import IdempotencyKey
from storefront.platform.json_api import once
from storefront.platform.json_api.answers import Made
from storefront.platform.keys import actions
from tests.characters import a_kettle
from tests.programs import Program
from tests.serving import LiveServer
from tests.shopping import an_order

TWENTY = 20
pytestmark = pytest.mark.processes
Answer = tuple[int, dict[str, str], Any]


@pytest.fixture
def key(live_server: LiveServer, every_scope: list[str]) -> str:
    return actions.create_key("till", every_scope, every_scope).shown


def sent(server: LiveServer, key: str, path: str, body: Any, one_time: str, **more: str) -> Answer:
    """One POST over a connection of its own."""
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Idempotency-Key": one_time,
        "X-Forwarded-For": f"10.1.{hash(uuid4()) % 250}.{hash(uuid4()) % 250}",
        **more,
    }
    request = Request(f"{server.url}/api/v1{path}", json.dumps(body).encode(), headers)
    try:
        with urlopen(request, timeout=60) as answer:
            return answer.status, dict(answer.headers), json.load(answer)
    except HTTPError as error:
        return error.code, dict(error.headers), json.load(error)


def at_once(send: Callable[[], Answer]) -> list[Answer]:
    """Whoever is told that the shop is busy sends it again, as the key is for."""

    def patiently() -> Answer:
        answer, tries = send(), 0
        while answer[0] == 503 and tries < 20:
            time.sleep(0.3)
            answer, tries = send(), tries + 1
        return answer

    with ThreadPoolExecutor(TWENTY) as crowd:
        return [one.result() for one in [crowd.submit(patiently) for _ in range(TWENTY)]]


def expect_one(answers: list[Answer]) -> None:
    assert Counter(status for status, _headers, _body in answers) == {201: TWENTY}, answers
    replayed = [headers.get("Idempotency-Replayed") for _status, headers, _body in answers]
    assert replayed.count("true") == TWENTY - 1
    assert len({headers["Location"] for _status, headers, _body in answers}) == 1


def expect_peace() -> None:
    db.release()
    with verify.snapshot() as connection:
        assert not [one for one in verify.examine(connection) if one.violations]


def test_an_order(live_server: LiveServer, key: str) -> None:
    kettle = a_kettle(50)
    body = {
        "lines": [{"variant_id": kettle.id, "quantity": 1}],
        "contact": {"name": "Ada Lindt", "email": "ada@example.com"},
        "delivery": "pickup",
        "payment": "pay_on_pickup",
    }
    expect_one(at_once(lambda: sent(live_server, key, "/orders", body, "order-1")))
    assert db.session.scalar(select(func.count(Order.id))) == 1
    other = sent(live_server, key, "/orders", body | {"note": "Please hurry"}, "order-1")
    assert (other[0], other[2]["code"]) == (422, "key-reused")
    expect_peace()


def test_a_cancellation(live_server: LiveServer, key: str) -> None:
    kettle = a_kettle(5)
    order = an_order((kettle, 3))
    answers = at_once(lambda: sent(live_server, key, f"/orders/{order.id}/cancellations", {}, "off-1"))
    expect_one(answers)
    db.release()
    assert db.session.scalar(select(Stock.reserved).where(Stock.variant_id == kettle.id)) == 0
    expect_peace()


def test_an_adjustment(live_server: LiveServer, key: str) -> None:
    kettle = a_kettle(5)
    body = {"variant_id": kettle.id, "quantity": 7, "reason": "delivery"}
    expect_one(at_once(lambda: sent(live_server, key, "/inventory/adjustments", body, "count-1")))
    db.release()
    assert db.session.scalar(select(Stock.on_hand).where(Stock.variant_id == kettle.id)) == 12
    other = sent(live_server, key, "/inventory/adjustments", body | {"quantity": 8}, "count-1")
    assert (other[0], other[2]["code"]) == (422, "key-reused")
    expect_peace()


def test_twenty_edits_of_one_line_invent_no_unit(live_server: LiveServer, key: str) -> None:
    kettle = a_kettle(10)
    order = an_order((kettle, 6))
    line = order.lines[0].id
    body = {"lines": [{"line_id": line, "quantity": 1}]}

    def off() -> Answer:
        return sent(live_server, key, f"/orders/{order.id}/cancellations", body, str(uuid4()))

    answers = at_once(off)
    assert Counter(status for status, _headers, _body in answers) == {201: 6, 409: 14}
    db.release()
    assert db.session.scalar(select(Stock.reserved).where(Stock.variant_id == kettle.id)) == 0
    expect_peace()


@pytest.mark.usefixtures("database")
def test_a_lost_answer_is_found_again(
    program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after the commit and before its answer: the effect is there, and so is the key."""
    kettle, till = a_kettle(5), program("inventory:write", "inventory:read")
    body = {"variant_id": kettle.id, "quantity": 7}

    def dies(*_args: Any, **_kwargs: Any) -> tuple[Made, bool]:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("storefront.platform.json_api.operations._show", dies)
        with pytest.raises(KeyboardInterrupt):
            till.make("/inventory/adjustments", body, once="lost")
    again = till.make("/inventory/adjustments", body, once="lost")
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert again.json["quantity"] == 7
    assert db.session.scalar(select(func.count(StockMovement.id)).where(StockMovement.quantity == 7)) == 1


@pytest.mark.usefixtures("database")
def test_a_commit_whose_word_got_lost_is_looked_up(
    program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    kettle, till = a_kettle(5), program("inventory:write", "inventory:read")
    really = once._once

    def breaks(*args: Any) -> Any:
        really(*args)
        raise OperationalError("", None, Exception("the line is dead"))

    monkeypatch.setattr(once, "_once", breaks)
    answer = till.make("/inventory/adjustments", {"variant_id": kettle.id, "quantity": 7}, once="lost")
    assert (answer.status_code, answer.headers["Idempotency-Replayed"]) == (201, "true")


@pytest.mark.usefixtures("database")
def test_what_never_happened_may_be_sent_again(
    program: Callable[..., Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    kettle, till = a_kettle(5), program("inventory:write", "inventory:read")
    body = {"variant_id": kettle.id, "quantity": 7}

    def breaks(*_args: Any) -> Any:
        raise OperationalError("", None, Exception("the line is dead"))

    with monkeypatch.context() as broken:
        broken.setattr(once, "_once", breaks)
        assert till.make("/inventory/adjustments", body, once="lost").status_code == 503
        broken.setattr(idempotency, "answer_of", breaks)
        assert till.make("/inventory/adjustments", body, once="lost").status_code == 503
    again = till.make("/inventory/adjustments", body, once="lost")
    assert again.status_code == 201
    assert "Idempotency-Replayed" not in again.headers


@pytest.mark.usefixtures("database")
def test_a_refusal_leaves_the_key_unused(program: Callable[..., Program]) -> None:
    kettle, till = a_kettle(5), program("inventory:write", "inventory:read")
    refused = till.make("/inventory/adjustments", {"variant_id": kettle.id, "quantity": -9}, once="k")
    assert refused.status_code == 409
    assert db.session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0
    assert (
        till.make("/inventory/adjustments", {"variant_id": kettle.id, "quantity": -2}, once="k").status_code
        == 201
    )


@pytest.mark.usefixtures("database")
def test_two_programs_may_think_of_the_same_key(program: Callable[..., Program]) -> None:
    for name in ("one", "two"):
        key = program("categories:write", name=name)
        assert key.make("/categories", {"title": name}, once="1").status_code == 201


@pytest.mark.usefixtures("database")
def test_what_was_made_and_is_gone_is_said_to_be(program: Callable[..., Program]) -> None:
    key = program("categories:write")
    made = key.make("/categories", {"title": "Kettles"}, once="1")
    assert key.delete(f"/categories/{made.json['id']}").status_code == 204
    again = key.make("/categories", {"title": "Kettles"}, once="1")
    assert (again.status_code, again.json["code"]) == (409, "made-and-gone")


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("one_time", ["", " ", "ä", "x" * 256, "two words"])
def test_a_key_that_is_none(program: Callable[..., Program], one_time: str) -> None:
    said = {"Idempotency-Key": one_time.encode().decode("latin1")}
    answer = program("categories:write").ask("POST", "/categories", json={"title": "A"}, headers=said)
    assert (answer.status_code, answer.json["errors"][0]["header"]) == (400, "Idempotency-Key")
    nothing = program("categories:write").ask("POST", "/categories", json={"title": "A"})
    assert nothing.status_code == 400
    assert db.session.scalar(text("SELECT count(*) FROM categories")) == 0
