"""Questions that go past SQLAlchemy are heard by who listens, and fail as SQLAlchemy's own do."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Integer, bindparam, select, text
from sqlalchemy.exc import DBAPIError

from storefront.platform import db
from storefront.platform.asking import Question
from tests.counting import Statements

DOUBLE = Question(select((bindparam("number", type_=Integer) * 2).label("twice"), bindparam("always", 7)))
ENDED = Question(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def test_it_is_asked_with_its_own_values_and_those_of_the_moment(
    database: None, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    with count_queries() as asked:
        assert [tuple(row) for row in DOUBLE.ask({"number": 21})] == [(42, 7)]
        assert DOUBLE.ask({"number": 4})[0].twice == 8
    assert len(asked) == 2


def test_a_wrong_question_is_an_error_of_the_database(database: None) -> None:
    with pytest.raises(DBAPIError) as caught:
        Question(text("SELECT 1 / :number")).ask({"number": 0})
    assert db.sqlstate(caught.value) == "22012"
    db.session.rollback()
    assert DOUBLE.ask({"number": 1})[0].twice == 2


def test_a_connection_that_died_of_a_question_is_not_used_again(database: None) -> None:
    with pytest.raises(DBAPIError) as caught:
        ENDED.ask()
    assert caught.value.connection_invalidated
    db.session.rollback()
    db.release()
    assert DOUBLE.ask({"number": 1})[0].twice == 2
