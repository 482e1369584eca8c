"""Money back: credit notes, what is taken off an order's lines, refunds; and mail that knows its attempts.

It only adds: the version before goes on beside it, and neither takes back nor refunds anything.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import SchemaItem

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

SEALED = ("credit_notes", "line_reductions", "refunds")
SWITCHES = ("mail_new_orders", "mail_low_stock", "mail_parked_jobs")


def upgrade() -> None:
    op.create_table(
        "credit_notes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("invoice_id", sa.BigInteger(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("taxes", postgresql.JSONB(), nullable=False),
        sa.Column("lines", postgresql.JSONB(), nullable=False),
        sa.Column("seller", postgresql.JSONB(), nullable=False),
        sa.Column("buyer", postgresql.JSONB(), nullable=False),
        sa.Column("digest", sa.Text(), server_default=sa.FetchedValue(), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_credit_notes_number")),
        sa.CheckConstraint("total >= 0 AND tax >= 0 AND tax <= total", name=op.f("ck_credit_notes_amounts")),
        *_references("credit_notes", "order", "invoice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_notes")),
        sa.UniqueConstraint("series", "number", name=op.f("uq_credit_notes_series_number")),
    )
    op.create_table(
        "line_reductions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("order_line_id", sa.BigInteger(), nullable=False),
        sa.Column("credit_note_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("restocked", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        *_origin(),
        sa.CheckConstraint("kind IN ('cancelled', 'returned')", name=op.f("ck_line_reductions_kind")),
        sa.CheckConstraint(
            "quantity > 0 AND restocked BETWEEN 0 AND quantity", name=op.f("ck_line_reductions_quantity")
        ),
        sa.CheckConstraint(
            "discount >= 0 AND net >= 0 AND tax >= 0", name=op.f("ck_line_reductions_amounts")
        ),
        *_references("line_reductions", "order", "order_line", "credit_note"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_reductions")),
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("payment_id", sa.BigInteger(), nullable=False),
        sa.Column("credit_note_id", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        *_origin(),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refunds_amount")),
        *_references("refunds", "order", "payment", "credit_note"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
    )
    for table in SEALED:
        op.execute(f"CREATE TRIGGER seal BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION seal_row()")
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "ALTER TABLE payments ADD COLUMN to_refund bigint DEFAULT 0 NOT NULL"
        " CONSTRAINT ck_payments_to_refund CHECK (0 <= to_refund AND refunded + to_refund <= captured)"
    )
    # What was authorised and is no longer asked for has a kind of its own. The new rule allows more than
    # the old one, so no row has to be looked at.
    op.execute(
        "-- squawk-ignore ban-drop-constraint\nALTER TABLE payment_events DROP CONSTRAINT ck_payment_events_kind"
    )
    op.execute(
        "ALTER TABLE payment_events ADD CONSTRAINT ck_payment_events_kind"
        " CHECK (kind IN ('authorised', 'released', 'captured', 'refunded')) NOT VALID"
    )
    for switch in SWITCHES:
        op.add_column("shop", sa.Column(switch, sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column("messages", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
    for count in ("attempts", "repeats"):
        op.add_column(
            "messages", sa.Column(count, sa.BigInteger(), server_default=sa.text("0"), nullable=False)
        )
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_payments_to_refund ON payments (order_id) WHERE to_refund > 0"
    )


def _references(table: str, *names: str) -> list[SchemaItem]:
    """Foreign keys and the indexes that they need."""
    keys: list[SchemaItem] = [
        sa.ForeignKeyConstraint(
            [f"{name}_id"], [f"{name}s.id"], name=op.f(f"fk_{table}_{name}_id"), ondelete="RESTRICT"
        )
        for name in names
    ]
    return [*keys, *(sa.Index(f"ix_{table}_{name}_id", f"{name}_id") for name in names)]


def _origin() -> list[sa.Column[object]]:
    """Why, by whom, in which request and when."""
    return [
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.Text(), server_default=sa.FetchedValue(), nullable=True),
    ]
