"""Which values of its options a product cannot be bought in: "blue" and "in stock" is a blue one in stock.

It only adds: the version before goes on beside it. What is sold out for the first time while this runs may
be missing until it comes and goes again; `storefront reindex` looks through all products.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# What an address calls an option; the words that addresses are made with keep their meaning.
OPTION_FACET = """
    CREATE FUNCTION option_facet(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT address_part(name) || CASE WHEN address_part(name) IN (
            'q', 'price', 'sort', 'after', 'from', 'to', 'brand', 'category', 'variant',
            'endpoint', 'slug'
        ) THEN '-option' ELSE '' END
    $$
"""

GONE = """
    SELECT said.product_id, facet_values.id AS value_id
    FROM (
        SELECT variants.product_id, said.name, value, bool_or(NOT tracked OR on_hand > reserved) AS obtainable
        FROM variants JOIN products ON products.id = variants.product_id
        LEFT JOIN stock ON stock.variant_id = variants.id
        CROSS JOIN unnest(option_names, option_values) AS said(name, value)
        WHERE archived_at IS NULL AND said.name IS NOT NULL AND value IS NOT NULL {which}
        GROUP BY variants.product_id, said.name, value
    ) AS said
    JOIN facet_values ON facet_values.facet = option_facet(said.name)
        AND facet_values.value = address_part(said.value)
    GROUP BY said.product_id, facet_values.id HAVING bool_or(obtainable) IS NOT TRUE
"""
# Under the lock of the entry, so that two buyers who take the last units of two choices at the same
# moment do not both see the other's choice still there. Of what is sold out as a whole no choices are noted.
NOTE_SOLD_OUT = f"""
    CREATE OR REPLACE FUNCTION note_sold_out(product bigint) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        gone bigint[] := '{{}}';
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
            SELECT coalesce(array_agg(value_id), '{{}}') INTO gone
            FROM ({GONE.format(which="AND variants.product_id = product")}) AS values_gone;
        ELSE
            INSERT INTO sold_out (product_id) VALUES (product) ON CONFLICT DO NOTHING;
        END IF;
        DELETE FROM sold_out_choices WHERE product_id = product AND value_id <> ALL (gone);
        INSERT INTO sold_out_choices (product_id, value_id) SELECT product, unnest(gone)
        ON CONFLICT DO NOTHING;
    END $$
"""  # noqa: S608 - every part is ours
FILL = f"""
    INSERT INTO sold_out_choices (product_id, value_id)
    SELECT product_id, value_id FROM ({GONE.format(which="")}) AS values_gone
    WHERE product_id IN (SELECT product_id FROM search_entries)
      AND product_id NOT IN (SELECT product_id FROM sold_out)
"""  # noqa: S608 - every part is ours


def upgrade() -> None:
    op.create_table(
        "sold_out_choices",
        sa.Column("product_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("value_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["search_entries.product_id"],
            name=op.f("fk_sold_out_choices_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["value_id"], ["facet_values.id"], name=op.f("fk_sold_out_choices_value_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", "value_id", name=op.f("pk_sold_out_choices")),
    )
    op.create_index("ix_sold_out_choices_value_id", "sold_out_choices", ["value_id", "product_id"])
    for statement in (OPTION_FACET, NOTE_SOLD_OUT, FILL):
        op.execute(statement)
