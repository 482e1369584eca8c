"""The connection breaks while an order is written: sending the form again finds out what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from storefront.checkout import sending
from storefront.orders.models import Order
from storefront.platform import db, idempotency
from storefront.platform.errors import Busy
from tests.characters import a_kettle, ada
from tests.inspecting import InspectingClient
from tests.till import PAYS, buy, put, typed


def orders() -> int:
    return db.session.scalar(select(func.count()).select_from(Order)) or 0


def lost(*_anything: Any, **_more: Any) -> Any:
    raise OperationalError(
        "COMMIT", {}, psycopg.OperationalError("server closed the connection unexpectedly")
    )


@contextmanager
def breaking(monkeypatch: pytest.MonkeyPatch, *, after: bool) -> Iterator[None]:
    """Within, every commit loses its connection: after it happened, or before."""
    commit = Session.commit

    def break_it(session: Session) -> None:
        if after:
            commit(session)
        lost()

    with monkeypatch.context() as patch:
        patch.setattr(Session, "commit", break_it)
        yield


def test_a_commit_that_happened_is_found_by_its_key(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    with breaking(monkeypatch, after=True):
        answer = buy(client, page)
    assert answer.status_code == 303
    assert orders() == 1
    assert client.follow(answer).status_code == 200


def test_one_that_did_not_is_sent_again_by_one_button(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    with breaking(monkeypatch, after=False):
        answer = buy(client, page, note="Ring\ntwice")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "you will not order twice" in answer.document.text("main")
    assert orders() == 0
    assert client.submit(answer, "Send it again").status_code == 303
    order = db.session.scalars(select(Order)).one()
    assert (order.name, order.note) == (ada.name, "Ring\ntwice")


def test_when_the_key_cannot_be_asked_the_answer_is_the_same(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    with breaking(monkeypatch, after=True), monkeypatch.context() as patch:
        patch.setattr(idempotency, "answer_of", lost)
        answer = buy(client, page)
    assert answer.status_code == 503
    again = client.submit(answer, "Send it again")
    assert again.status_code == 303
    assert orders() == 1


def test_with_scripts_the_answer_takes_the_forms_place(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    sent = {field.get("name", ""): field.get("value", "") for field in page.all("#checkout [type='hidden']")}
    words = sent | typed() | {"delivery": "pickup", "payment": "pay_on_pickup"}
    with breaking(monkeypatch, after=False):
        answer = client.fragment("/orders", method="POST", data=words)
    assert answer.status_code == 503
    assert not answer.document.whole
    kept = {
        field.get("name"): field.get("value") for field in answer.document.all("#checkout [type='hidden']")
    }
    assert kept == words


def test_a_busy_shop_keeps_what_was_typed_too(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")

    def busy(*_anything: Any) -> str:
        raise Busy

    with monkeypatch.context() as patch:
        patch.setattr(sending, "place_order", busy)
        answer = buy(client, page)
    assert answer.status_code == 503
    assert "Nothing was changed" in answer.document.text("main")
    assert client.submit(answer, "Send it again").status_code == 303


def test_a_mistake_of_ours_is_no_lost_connection(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")

    def broken(*_anything: Any) -> str:
        raise ZeroDivisionError

    with client.expecting_trouble(), monkeypatch.context() as patch:
        patch.setattr(sending, "place_order", broken)
        assert buy(client, page).status_code == 500
    assert client.submit(page, PAYS, **typed()).status_code == 303
