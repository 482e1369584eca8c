"""What customers say of products; their average and number are on the products already.

It only adds: the version before goes on beside it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PUBLISHED = sa.text("state = 'published'")
CHECKS = {
    "rating": "rating BETWEEN 1 AND 5",
    "title": "char_length(title) BETWEEN 1 AND 100",
    "text": "char_length(text) BETWEEN 10 AND 1000",
    "state": "state IN ('pending', 'published', 'rejected')",
    "published_at": "(state = 'published') = (published_at IS NOT NULL)",
    "reason": "(state = 'rejected') = (reason <> '')",
}


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("rating", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("written_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("published_at", moment, nullable=True),
        sa.Column("version", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        *(sa.CheckConstraint(check, name=op.f(f"ck_reviews_{name}")) for name, check in CHECKS.items()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_reviews_account_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_reviews_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("account_id", "product_id", name=op.f("uq_reviews_account_id_product_id")),
    )
    op.create_index(
        "ix_reviews_newest", "reviews", ["product_id", "published_at", "id"], postgresql_where=PUBLISHED
    )
    op.create_index("ix_reviews_stars", "reviews", ["product_id", "rating", "id"], postgresql_where=PUBLISHED)
    op.create_index("ix_reviews_product_id", "reviews", ["product_id"])
    op.create_index("ix_reviews_queue", "reviews", ["state", "changed_at", "id"])
    op.execute(
        "CREATE TRIGGER note_version AFTER INSERT OR UPDATE OF version ON reviews"
        " FOR EACH ROW EXECUTE FUNCTION note_version('id')"
    )
