"""Finding things: a narrow row for each product on sale, facets as bits, a lexicon, and what was missed.

It only adds: the version before goes on beside it. Its products come into the new tables by
`storefront migrate`, which runs `storefront reindex` while they are empty.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Accents are folded before English is stemmed; the plain one keeps words as they are written.
CONFIGURATIONS = """
    CREATE EXTENSION IF NOT EXISTS unaccent;
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE TEXT SEARCH CONFIGURATION storefront (COPY = pg_catalog.english);
    ALTER TEXT SEARCH CONFIGURATION storefront
        ALTER MAPPING FOR word, hword, hword_part WITH unaccent, english_stem;
    CREATE TEXT SEARCH CONFIGURATION storefront_plain (COPY = pg_catalog.simple);
    ALTER TEXT SEARCH CONFIGURATION storefront_plain
        ALTER MAPPING FOR word, hword, hword_part WITH unaccent, simple;
"""

# A word, and the word without each one of its letters. Two words that share one of these are at most
# a slip apart: a letter too many, too few, another, or two in the wrong order.
SLIPS = """
    CREATE FUNCTION slips(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT array_agg(DISTINCT slip) FROM (
            SELECT word AS slip UNION ALL
            SELECT overlay(word PLACING '' FROM place FOR 1) FROM generate_series(1, length(word)) AS place
        ) AS slips
    $$
"""

# The part of an address that stands for words of the merchant; what has no letter gets a digest.
ADDRESS_PART = """
    CREATE FUNCTION address_part(words text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT coalesce(
            nullif(trim(BOTH '-' FROM regexp_replace(lower(unaccent(words)), '[^[:alnum:]]+', '-', 'g')), ''),
            left(md5(words), 8)
        )
    $$
"""

# Under the lock of the entry, so that two buyers who take the last units of two choices at the same
# moment do not both see the other's choice still there.
NOTE_SOLD_OUT = """
    CREATE FUNCTION note_sold_out(product bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM FROM search_entries WHERE product_id = product FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        IF EXISTS (
            SELECT FROM variants LEFT JOIN stock ON stock.variant_id = variants.id
            WHERE variants.product_id = product AND archived_at IS NULL
              AND (NOT tracked OR on_hand > reserved)
        ) THEN
            DELETE FROM sold_out WHERE product_id = product;
        ELSE
            INSERT INTO sold_out (product_id) VALUES (product) ON CONFLICT DO NOTHING;
        END IF;
    END $$
"""
WATCH_STOCK = """
    CREATE FUNCTION watch_stock() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM note_sold_out(coalesce(NEW.product_id, OLD.product_id));
        RETURN NULL;
    END $$
"""
# Fires only when the last unit goes or the first one comes: a sale like any other pays nothing.
TRIGGERS = {
    "came": "INSERT ON stock FOR EACH ROW WHEN (NEW.on_hand > NEW.reserved)",
    "turned": (
        "UPDATE OF on_hand, reserved ON stock FOR EACH ROW"
        " WHEN ((NEW.on_hand > NEW.reserved) <> (OLD.on_hand > OLD.reserved))"
    ),
    "went": "DELETE ON stock FOR EACH ROW WHEN (OLD.on_hand > OLD.reserved)",
}


def upgrade() -> None:
    for statement in CONFIGURATIONS.split(";")[:-1]:
        op.execute(statement.strip())
    _make_entries()
    _make_facets()
    _make_words()
    for statement in (SLIPS, ADDRESS_PART, NOTE_SOLD_OUT, WATCH_STOCK):
        op.execute(statement)
    for name, when in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} AFTER {when} EXECUTE FUNCTION watch_stock()")


def _make_entries() -> None:
    op.create_table(
        "search_entries",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("featured", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("head", postgresql.TSVECTOR(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("facets", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_search_entries_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_search_entries")),
    )
    op.create_index("ix_search_entries_head", "search_entries", ["head"], postgresql_using="gin")
    op.create_index(
        "ix_search_entries_codes",
        "search_entries",
        ["codes"],
        postgresql_using="gin",
        postgresql_ops={"codes": "gin_trgm_ops"},
    )
    op.create_index("ix_search_entries_facets", "search_entries", ["facets"], postgresql_using="gin")
    op.create_index("ix_search_entries_featured", "search_entries", ["featured", "product_id"])
    op.create_index("ix_search_entries_newest", "search_entries", ["published_at", "product_id"])
    op.create_index("ix_search_entries_price", "search_entries", ["price", "product_id"])
    op.create_index("ix_search_entries_title", "search_entries", ["title", "product_id"])
    op.create_table(
        "search_texts",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["search_entries.product_id"],
            name=op.f("fk_search_texts_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_search_texts")),
    )
    op.create_index("ix_search_texts_document", "search_texts", ["document"], postgresql_using="gin")
    op.create_table(
        "sold_out",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["search_entries.product_id"],
            name=op.f("fk_sold_out_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_sold_out")),
    )


def _make_facets() -> None:
    op.create_table(
        "facet_values",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("facet", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_facet_values_category_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facet_values")),
        sa.UniqueConstraint("category_id", name=op.f("uq_facet_values_category_id")),
        sa.UniqueConstraint("facet", "value", name=op.f("uq_facet_values_facet_value")),
    )
    op.create_table(
        "facet_blocks",
        sa.Column("value_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("members", postgresql.BIT(4096), nullable=False),
        sa.ForeignKeyConstraint(
            ["value_id"], ["facet_values.id"], name=op.f("fk_facet_blocks_value_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("value_id", "block", name=op.f("pk_facet_blocks")),
    )


def _make_words() -> None:
    op.create_table(
        "lexicon",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("products", sa.BigInteger(), nullable=False),
        sa.Column("near", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_lexicon")),
    )
    op.create_index("ix_lexicon_stem", "lexicon", ["stem"])
    op.create_index("ix_lexicon_beginning", "lexicon", ["word"], postgresql_ops={"word": "text_pattern_ops"})
    op.create_index(
        "ix_lexicon_parts",
        "lexicon",
        ["word"],
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.create_index("ix_lexicon_near", "lexicon", ["near"], postgresql_using="gin")
    op.create_table(
        "synonyms",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.CheckConstraint("words <> '' AND others <> ''", name=op.f("ck_synonyms_says_something")),
        sa.PrimaryKeyConstraint("words", "others", name=op.f("pk_synonyms")),
    )
    op.create_table(
        "missed_searches",
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_missed_searches_times")),
        sa.PrimaryKeyConstraint("words", "day", name=op.f("pk_missed_searches")),
    )
    op.create_index("ix_missed_searches_day", "missed_searches", ["day"])
