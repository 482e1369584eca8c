"""What staff need at the order desk: notes, how a parcel can be followed, and indexes that find orders.

It only adds: the version before goes on beside it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INDEXES = (
    "ix_orders_open ON orders (placed_at, id) WHERE state = 'open'",
    "ix_orders_over ON orders (placed_at, id) WHERE state = ANY (ARRAY['cancelled', 'expired'])",
    (
        "ix_orders_people ON orders"
        " USING gin (to_tsvector('simple', translate(name || ' ' || email, '@.-_+/', '      ')))"
    ),
    "ix_order_lines_sku ON order_lines (lower(sku))",
    "ix_fulfilments_packed ON fulfilments (order_id) WHERE state = ANY (ARRAY['packed', 'ready'])",
)


def upgrade() -> None:
    for column in ("carrier", "tracking_number", "tracking_url"):
        empty = sa.Column(column, sa.Text(), server_default=sa.text("''"), nullable=False)
        op.add_column("fulfilments", empty)
    op.create_table(
        "order_notes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("mailed_to", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_order_notes_text")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_notes_order_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_notes")),
    )
    op.create_index(op.f("ix_order_notes_order_id"), "order_notes", ["order_id"])
    # Each takes a second for a hundred thousand orders, in which nobody can buy; built without a lock, two
    # processes that migrate at once would wait for each other.
    for index in INDEXES:
        op.execute(f"-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX {index}")
