"""Words that something is called by are told from words that only describe; what nothing asks for goes.

Every word counts as a name until words are counted again, which a job does each night and
`storefront reindex` at once. The search column of products and two of its indexes are left from before
there were entries; no version that was ever released reads them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNUSED = ("ix_products_search", "ix_products_price", "ix_products_title")


def upgrade() -> None:
    op.add_column("lexicon", sa.Column("named", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    for index in UNUSED:
        # The lock is waited for no longer than three seconds, and held for a moment.
        op.execute(f"-- squawk-ignore require-concurrent-index-deletion\nDROP INDEX {index}")
    op.execute("-- squawk-ignore ban-drop-column\nALTER TABLE products DROP COLUMN search")
