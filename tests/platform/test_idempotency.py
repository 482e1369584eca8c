"""A one-time key is one answer, however often and by however many it is sent."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from storefront.platform import db, idempotency
from storefront.platform.idempotency import IdempotencyKey, KeyReused, fingerprint

ADAS_FORM = fingerprint({"total": 4800, "name": "Ada"})


def claim(key: UUID, print_: str, answer: str) -> str | None:
    with db.transaction():
        return idempotency.claim(key, print_, answer)


def test_the_first_answer_is_the_answer(database: None) -> None:
    key = uuid4()
    assert claim(key, ADAS_FORM, "first") is None
    assert claim(key, ADAS_FORM, "second") == "first"


def test_another_body_with_the_same_key_is_refused(database: None) -> None:
    key = uuid4()
    claim(key, ADAS_FORM, "first")
    with pytest.raises(KeyReused) as refused:
        claim(key, fingerprint({"total": 1, "name": "Ada"}), "second")
    assert refused.value.status == 422
    assert "sent before" in refused.value.message()


def test_a_key_of_something_that_failed_is_free_again(database: None) -> None:
    key = uuid4()

    def claim_and_drop() -> None:
        with db.transaction():
            idempotency.claim(key, ADAS_FORM, "first")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        claim_and_drop()
    assert claim(key, ADAS_FORM, "second") is None


def test_a_key_can_point_at_an_older_answer(database: None) -> None:
    key = uuid4()
    with db.transaction():
        idempotency.claim(key, ADAS_FORM, "second tab")
        idempotency.point_at(key, "first tab")
    assert idempotency.answer_of(key, ADAS_FORM) == "first tab"


def test_an_unknown_key_has_no_answer(database: None) -> None:
    assert idempotency.answer_of(uuid4(), ADAS_FORM) is None


@pytest.mark.race
def test_of_four_who_send_it_at_once_one_acts(app: Flask, database: None) -> None:
    key, start = uuid4(), threading.Barrier(4)

    def send(number: int) -> str | None:
        with app.app_context():
            start.wait(5)
            return claim(key, ADAS_FORM, f"answer {number}")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert answers.count(None) == 1
    assert {answer for answer in answers if answer} == {f"answer {answers.index(None)}"}
    assert db.session.scalar(select(func.count()).select_from(IdempotencyKey)) == 1


bodies = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.none(), max_size=4)


@given(bodies, bodies)
def test_equal_bodies_and_only_they_have_equal_fingerprints(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert (fingerprint(one) == fingerprint(two)) == (one == two)


@given(bodies)
def test_the_order_of_fields_does_not_matter(body: dict[str, Any]) -> None:
    assert fingerprint(dict(reversed(body.items()))) == fingerprint(body)
