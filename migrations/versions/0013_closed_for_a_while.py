"""Whether orders are taken right now: the shop may be closed for a while, and its catalog stays.

It only adds: the version before takes orders all the time.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shop", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("shop", sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "ALTER TABLE shop ADD CONSTRAINT ck_shop_closed"
        " CHECK (closed_until IS NULL OR closed_at IS NOT NULL) NOT VALID"
    )
