"""Keep what is found by true: one product's entry, written in the transaction that changes the product."""

from typing import Any

from sqlalchemy import BindParameter, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger

from storefront.catalog.searching.models import BLOCK
from storefront.catalog.searching.source import BODY, HEAD, IS_WORD, MARKS, NAMES, SPOKEN, STEM, WORDS, ZERO
from storefront.platform import db

BLOCKS_LOCK = 0x626C6F63  # "bloc": the advisory lock of a block, shared by changes, alone for a rebuild

_SHARE_BLOCK = text("SELECT pg_advisory_xact_lock_shared(:lock, :block)")
NAME_VALUES = text(f"""
    WITH RECURSIVE {SPOKEN}, {MARKS}
    INSERT INTO facet_values (facet, value, name, title, category_id)
    SELECT DISTINCT ON (facet, value) facet, value, name, title, category_id
    FROM marks WHERE NOT EXISTS (
        SELECT FROM facet_values AS known WHERE known.facet = marks.facet AND known.value = marks.value
    )
    ORDER BY facet, value ON CONFLICT DO NOTHING
""")  # noqa: S608 - every part is ours
WRITE_ENTRIES = f"""
    WITH RECURSIVE {SPOKEN}, {MARKS}, kept AS (
        SELECT product_id, array_agg(DISTINCT facet_values.id ORDER BY facet_values.id) AS facets
        FROM marks JOIN facet_values USING (facet, value) GROUP BY product_id
    ), fresh AS (
        SELECT product_id, title, price, featured, published_at, rating, head, codes, facets,
            head || {BODY} AS document
        FROM spoken JOIN kept USING (product_id) CROSS JOIN LATERAL (SELECT {HEAD} AS head) AS first
    ), before AS (
        SELECT product_id, facets FROM search_entries WHERE product_id BETWEEN :low AND :high
    ), gone AS (
        DELETE FROM search_entries WHERE product_id BETWEEN :low AND :high
          AND product_id NOT IN (SELECT product_id FROM fresh)
    ), put AS (
        INSERT INTO search_entries AS entry
            (product_id, title, price, featured, published_at, rating, head, codes, facets)
        SELECT product_id, title, price, featured, published_at, rating, head, codes, facets FROM fresh
        ON CONFLICT (product_id) DO UPDATE SET
            title = excluded.title, price = excluded.price, featured = excluded.featured,
            published_at = excluded.published_at, rating = excluded.rating, head = excluded.head,
            codes = excluded.codes, facets = excluded.facets
        WHERE (entry.*) IS DISTINCT FROM (excluded.*)
    ), texts AS (
        INSERT INTO search_texts AS known (product_id, document) SELECT product_id, document FROM fresh
        ON CONFLICT (product_id) DO UPDATE SET document = excluded.document
        WHERE known.document <> excluded.document
    )
"""  # noqa: S608 - every part is ours
_WRITE_ENTRY = text(f"""
    {WRITE_ENTRIES}, words AS (
        INSERT INTO lexicon AS known (word, stem, products, named, near)
        SELECT word, {STEM}, 1, named, slips(word)
        FROM (
            SELECT DISTINCT word, word = ANY (names) AS named
            FROM spoken CROSS JOIN LATERAL (SELECT tsvector_to_array({NAMES}) AS names) AS head
            CROSS JOIN LATERAL unnest(tsvector_to_array({WORDS})) AS word
        ) AS said
        WHERE NOT EXISTS (
            SELECT FROM lexicon WHERE lexicon.word = said.word AND (lexicon.named OR NOT said.named)
        ) AND {IS_WORD}
        ORDER BY word ON CONFLICT (word) DO UPDATE SET named = true WHERE excluded.named
    )
    SELECT coalesce((SELECT facets FROM before), '{{}}') AS before,
           coalesce((SELECT facets FROM fresh), '{{}}') AS now,
           EXISTS (SELECT FROM marks LEFT JOIN facet_values USING (facet, value) WHERE id IS NULL) AS unnamed
""")  # noqa: S608 - every part is ours
_TURN_BITS = text(f"""
    WITH turned AS (
        INSERT INTO facet_blocks AS known (value_id, block, members)
        SELECT one, :block, CASE WHEN one = ANY (:now) THEN set_bit({ZERO}, :place, 1) ELSE {ZERO} END
        FROM unnest(:turned) AS one JOIN facet_values ON facet_values.id = one ORDER BY one
        ON CONFLICT (value_id, block) DO UPDATE
        SET members = set_bit(known.members, :place, get_bit(excluded.members, :place))
    )
    SELECT note_sold_out(:product)
""")  # noqa: S608 - ZERO is ours


def _numbers(*names: str) -> list[BindParameter[Any]]:
    numbers: Any = ARRAY(BigInteger)
    return [bindparam(name, type_=numbers) for name in names]


_TURN_BITS = _TURN_BITS.bindparams(*_numbers("now", "turned"))


def refresh(product_id: int) -> None:
    """Look again at all that is said of a product: words, codes, facets, and whether it is sold out.

    Part of a change, its last one: the caller holds the product, so that what is read here stays so.
    """
    here, block, only = db.inside(), product_id // BLOCK, {"low": product_id, "high": product_id}
    here.execute(_SHARE_BLOCK, {"lock": BLOCKS_LOCK, "block": block})
    written = here.execute(_WRITE_ENTRY, only).one()
    before = set(written.before)
    if written.unnamed:
        here.execute(NAME_VALUES, only)
        written = here.execute(_WRITE_ENTRY, only).one()
    turned = {"turned": sorted(before.symmetric_difference(written.now)), "now": written.now}
    place = {"product": product_id, "block": block, "place": product_id % BLOCK}
    here.execute(_TURN_BITS, turned | place)
