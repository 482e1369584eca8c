"""The statement that places an order is one that the driver keeps."""

from psycopg import _queries

from storefront.checkout.placing import _PLACE
from storefront.platform import db


def test_it_is_short_enough_to_be_kept(database: None) -> None:
    statement = _PLACE.compile(db.engine())
    assert len(str(statement)) <= _queries.MAX_CACHED_STATEMENT_LENGTH
    assert len(statement.params) <= _queries.MAX_CACHED_STATEMENT_PARAMS
