"""Products are counted by their state without looking at each of them.

It only adds: the version before goes on beside it.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_products_status ON products (status, id)"
    )
