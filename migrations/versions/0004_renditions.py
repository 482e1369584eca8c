"""Pictures in several sizes: which widths there are, the colour until they arrive, what went wrong.

It only adds: the version before goes on beside it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    widths = postgresql.ARRAY(sa.BigInteger())
    op.add_column("images", sa.Column("renditions", widths, server_default=sa.text("'{}'"), nullable=False))
    op.execute(
        "ALTER TABLE images ADD COLUMN tone text CONSTRAINT ck_images_tone CHECK (tone ~ '^#[0-9a-f]{6}$')"
    )
    op.add_column("images", sa.Column("trouble", sa.Text(), server_default=sa.text("''"), nullable=False))
