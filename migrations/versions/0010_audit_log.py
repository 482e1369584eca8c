"""What staff and keys changed: the audit log, and which versions of which rows they made.

It only adds: the version before goes on beside it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

VERSIONED = ("categories", "pages", "products", "shop", "variants")

# Kept by the database itself, so that `storefront verify` can ask whether the log is complete. Whoever
# changes something as staff or as a key says so once in the transaction (platform/db.py).
NOTE_VERSION = """
CREATE FUNCTION note_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('storefront.actor', true) IN ('staff', 'key') THEN
        INSERT INTO written_versions (subject, subject_id, version, at)
        VALUES (TG_TABLE_NAME, to_jsonb(NEW) ->> TG_ARGV[0], NEW.version, now())
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
"""


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=True),
        sa.Column("before", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("after", postgresql.JSONB(none_as_null=True), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_index("ix_audit_log_subject", "audit_log", ["subject", "subject_id", "id"])
    op.create_index("ix_audit_log_actor", "audit_log", ["actor_kind", "actor_id", "id"])
    op.create_index("ix_audit_log_at", "audit_log", ["at", "id"])
    op.create_table(
        "written_versions",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", "subject_id", "version", name=op.f("pk_written_versions")),
    )
    op.execute("CREATE TRIGGER seal BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION seal_row()")
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(NOTE_VERSION)
    for table in VERSIONED:
        key = "name" if table == "pages" else "id"
        op.execute(
            f"CREATE TRIGGER note_version AFTER INSERT OR UPDATE OF version ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION note_version('{key}')"
        )
