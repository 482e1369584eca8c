"""Which payments are still awaited, found without looking at those that came.

It only adds: the version before goes on beside it.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_payments_unpaid ON payments (order_id)"
        " WHERE state = ANY (ARRAY['created', 'requires_action', 'authorised'])"
    )
