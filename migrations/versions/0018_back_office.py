"""What staff look after: why jobs and letters failed, notes about customers, days of handling and return.

It only adds: the version before goes on beside it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INDEXES = (
    "ix_audit_log_request_id ON audit_log (request_id) WHERE request_id IS NOT NULL",
    "ix_messages_recipient ON messages (lower(recipient), id)",
    (
        "ix_accounts_people ON accounts"
        " USING gin (to_tsvector('simple', translate(name || ' ' || email, '@.-_+/', '      ')))"
    ),
    "ix_jobs_parked ON procrastinate_jobs (id) WHERE status = 'failed'",
)


def upgrade() -> None:
    for column, days in (("handling_days", "2"), ("return_days", "14")):
        op.add_column(
            "shop", sa.Column(column, sa.BigInteger(), server_default=sa.text(days), nullable=False)
        )
    op.execute(
        "-- squawk-ignore constraint-missing-not-valid\n"  # A table of one row: it is looked at in no time.
        "ALTER TABLE shop ADD CONSTRAINT ck_shop_days CHECK (handling_days >= 0 AND return_days >= 0)"
    )
    op.add_column("messages", sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("messages", sa.Column("error", sa.Text(), nullable=True))
    op.create_table(
        "job_failures",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("job_id", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_failures")),
    )
    op.create_index(op.f("ix_job_failures_job_id"), "job_failures", ["job_id"])
    op.create_table(
        "customer_notes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_customer_notes_text")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_customer_notes_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_notes")),
    )
    op.create_index(op.f("ix_customer_notes_account_id"), "customer_notes", ["account_id"])
    # A second for a hundred thousand rows; see 0011.
    for index in INDEXES:
        op.execute(f"-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX {index}")
