"""Files that staff bring to import, how far each has come, and what became of each row.

It only adds: the version before goes on beside it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

moment = sa.DateTime(timezone=True)
STATES = "('rehearsing', 'rehearsed', 'importing', 'imported', 'stopped', 'failed')"


def upgrade() -> None:
    op.create_table(
        "catalog_uploads",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("with_stock", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'rehearsing'"), nullable=False),
        sa.Column("running", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("head", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("total", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused_file", sa.Text(), nullable=True),
        sa.Column("trouble", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("confirmed_at", moment, nullable=True),
        sa.Column("finished_at", moment, nullable=True),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("ck_catalog_uploads_state")),
        sa.CheckConstraint(
            "running = (state IN ('rehearsing', 'importing'))", name=op.f("ck_catalog_uploads_running")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_uploads")),
    )
    op.create_index(
        "ix_catalog_uploads_one_at_a_time",
        "catalog_uploads",
        ["running"],
        unique=True,
        postgresql_where=sa.text("running"),
    )
    op.create_table(
        "catalog_upload_lines",
        sa.Column("upload_id", sa.BigInteger(), nullable=False),
        sa.Column("rehearsed", sa.Boolean(), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("told", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_id"],
            ["catalog_uploads.id"],
            name=op.f("fk_catalog_upload_lines_upload_id_catalog_uploads"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("upload_id", "rehearsed", "row", name=op.f("pk_catalog_upload_lines")),
    )
    op.create_index(
        "ix_catalog_upload_lines_outcome",
        "catalog_upload_lines",
        ["upload_id", "rehearsed", "outcome", "row"],
    )
