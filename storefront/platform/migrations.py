"""Alembic, driven from here: bring the database to this version, or tell what is missing."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storefront.platform import db
from storefront.platform.revisions import FOLDER


def config() -> Config:
    """Alembic's settings; there is no ini file, because nobody needs to edit one."""
    found = Config()
    found.set_main_option("script_location", str(FOLDER).replace("%", "%%"))  # configparser would expand a %
    found.set_main_option("path_separator", "os")
    return found


def upgrade() -> None:
    """Apply every migration the database does not have yet."""
    command.upgrade(config(), "head")


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
