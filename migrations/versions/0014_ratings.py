"""How customers rate products: on the product's row, in lists and filters; and which reviews wait for staff.

It only adds: the version before goes on beside it. An option that is called "Rating" gets another address;
the products that have one are found by it after the next `storefront reindex`.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# Beside a running shop nobody waits for them; what is checked of a column that was just added is true.
ADDED = (
    "products ADD COLUMN rating_average numeric(3, 2)",
    """products ADD COLUMN rating_count bigint NOT NULL DEFAULT 0
        CONSTRAINT ck_products_rating CHECK (
            CASE WHEN rating_count > 0 THEN rating_average BETWEEN 1 AND 5 AND rating_average IS NOT NULL
            ELSE rating_count = 0 AND rating_average IS NULL END
        )""",
    "search_entries ADD COLUMN rating bigint NOT NULL DEFAULT 0",
    """shop ADD COLUMN review_moderation text NOT NULL DEFAULT 'all'
        CONSTRAINT ck_shop_review_moderation CHECK (review_moderation IN ('all', 'unverified', 'none'))""",
)

# What an address calls an option; the words that addresses are made with keep their meaning.
OPTION_FACET = """
    CREATE OR REPLACE FUNCTION option_facet(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT address_part(name) || CASE WHEN address_part(name) IN (
            'q', 'price', 'sort', 'after', 'from', 'to', 'brand', 'category', 'variant', 'rating',
            'endpoint', 'slug'
        ) THEN '-option' ELSE '' END
    $$
"""


def upgrade() -> None:
    op.execute("ALTER TABLE shop VALIDATE CONSTRAINT ck_shop_closed")  # of the migration before
    for added in ADDED:
        op.execute(f"ALTER TABLE {added}")
    op.execute(OPTION_FACET)
    # It takes a moment for each hundred thousand products; reading and buying go on meanwhile.
    op.execute(
        "-- squawk-ignore require-concurrent-index-creation\n"
        "CREATE INDEX ix_search_entries_rating ON search_entries (rating, product_id)"
    )
