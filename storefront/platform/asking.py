"""What pages ask: made ready once, and sent past SQLAlchemy, which would take longer than PostgreSQL."""

from collections.abc import Mapping
from typing import Any

from storefront.platform import db
from storefront.platform.spoken import Spoken


class Question(Spoken):
    """A statement that only reads."""

    def ask(self, values: Mapping[str, Any] | None = None) -> list[Any]:
        """The rows, each a named tuple. Raises DBAPIError."""
        return self.say(db.session.connection(), values)

    def ask_by_itself(self, values: Mapping[str, Any] | None = None) -> list[Any]:
        """The same where nothing else is asked: the connection is borrowed for this alone."""
        with db.engine().begin() as connection:
            return self.say(connection, values)
