"""Alembic, driven from here: bring the database to this version, or tell what is missing."""

import logging
import time

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from storefront.embedded.trouble import Trouble
from storefront.platform import db
from storefront.platform.revisions import FOLDER

log = logging.getLogger(__name__)
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0)  # seconds in which shoppers go on


def config() -> Config:
    """Alembic's settings; there is no ini file, because nobody needs to edit one."""
    found = Config()
    found.set_main_option("script_location", str(FOLDER).replace("%", "%%"))  # configparser would expand a %
    found.set_main_option("path_separator", "os")
    return found


def upgrade() -> None:
    """Apply every migration the database does not have yet.

    Each is a transaction that waits for its locks for half a second at most, so that shoppers do not line
    up behind it; then it gives up, and comes again. Raises Trouble when even that does not help.
    """
    for pause in (*PAUSES, None):
        try:
            command.upgrade(config(), "head")
        except OperationalError as error:
            if db.sqlstate(error) not in db.AGAIN:
                raise
            if pause is None:
                raise Trouble(
                    "A migration does not get its lock: storefront status says who holds it. Run it again."
                ) from error
            log.warning("a migration did not get its lock; it comes again in %s s", pause)
            time.sleep(pause)
        else:
            return


def print_sql() -> None:
    """Print the SQL of all migrations, for whoever reads before they run, such as squawk."""
    command.upgrade(config(), "head", sql=True)


def check() -> None:
    """Raises alembic's CommandError when models and migrations differ."""
    command.check(config())


def revision() -> str | None:
    """The step the database was brought to last; None when it is empty."""
    with db.engine().connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def known() -> frozenset[str]:
    """Every step this version knows."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(config()).walk_revisions())


def pending() -> list[str]:
    """The revisions this version has and the database has not, oldest first."""
    here = revision()
    if here is not None and here not in known():
        return []  # A newer version migrated it: nothing of ours is missing.
    script = ScriptDirectory.from_config(config())
    return [step.revision for step in reversed(list(script.iterate_revisions("head", here)))]
