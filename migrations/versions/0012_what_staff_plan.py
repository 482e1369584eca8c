"""What staff plan and steer: sales and publications by the clock, changes in bulk, redirects, low stock.

It only adds: the version before goes on beside it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FOR_STAFF = {
    "ix_products_words": "products USING gin (title gin_trgm_ops)",
    "ix_products_title": "products (title, id)",
    "ix_variants_words": "variants USING gin (sku gin_trgm_ops)",
}


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.execute("ALTER TABLE stock ADD COLUMN low_at bigint CONSTRAINT ck_stock_low_at CHECK (low_at >= 0)")
    op.create_table(
        "publications",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_publications_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_at"), "publications", ["at"])
    op.create_table(
        "sales",
        sa.Column("variant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=True),
        sa.Column("usual_amount", sa.BigInteger(), nullable=True),
        sa.Column("usual_compare_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sales_amount")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_sales_times")),
        sa.ForeignKeyConstraint(
            ["variant_id", "currency"],
            ["prices.variant_id", "prices.currency"],
            name=op.f("fk_sales_variant_id_currency"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("variant_id", "currency", name=op.f("pk_sales")),
    )
    op.create_index(
        "ix_sales_begin", "sales", ["starts_at"], postgresql_where=sa.text("usual_amount IS NULL")
    )
    op.create_index(
        "ix_sales_end", "sales", ["ends_at"], postgresql_where=sa.text("usual_amount IS NOT NULL")
    )
    op.create_table(
        "bulk_changes",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("wish", postgresql.JSONB(), nullable=False),
        sa.Column("product_ids", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("done", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("changed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("refused", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("at", moment, nullable=False),
        sa.Column("finished_at", moment, nullable=True),
        sa.CheckConstraint("kind IN ('publish', 'archive', 'reprice')", name=op.f("ck_bulk_changes_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_changes")),
    )
    op.create_table(
        "redirects",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.CheckConstraint("path LIKE '/%' AND target LIKE '/%'", name=op.f("ck_redirects_ours")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_redirects")),
    )
    for name, where in FOR_STAFF.items():
        op.execute(f"-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX {name} ON {where}")
