"""Write the whole index anew, block by block, beside a running shop."""

from collections.abc import Iterator

from sqlalchemy import func, select, text

from storefront.catalog.models import Product
from storefront.catalog.searching.index import BLOCKS_LOCK, NAME_VALUES, WRITE_ENTRIES
from storefront.catalog.searching.models import BLOCK, Entry
from storefront.catalog.searching.source import IS_WORD, NAMES, SPOKEN, STEM, WORDS, ZERO
from storefront.platform import db

_KEEP_BLOCK = text("SELECT pg_advisory_xact_lock(:lock, :block)")
_WRITE_BLOCK = text(f"{WRITE_ENTRIES} SELECT count(*) FROM fresh")  # noqa: S608 - every part is ours
_WRITE_BITS = text(f"""
    WITH present AS (
        SELECT value_id, bit_or(set_bit({ZERO}, (product_id - :low)::int, 1)) AS members
        FROM search_entries CROSS JOIN unnest(facets) AS value_id
        WHERE product_id BETWEEN :low AND :high GROUP BY value_id
    ), gone AS (
        DELETE FROM facet_blocks WHERE block = :block AND value_id NOT IN (SELECT value_id FROM present)
    )
    INSERT INTO facet_blocks AS known (value_id, block, members)
    SELECT value_id, :block, members FROM present ORDER BY value_id
    ON CONFLICT (value_id, block) DO UPDATE SET members = excluded.members
    WHERE known.members <> excluded.members
""")  # noqa: S608 - ZERO is ours
_NOTE_SOLD_OUT = text("""
    SELECT note_sold_out(product_id) FROM search_entries WHERE product_id BETWEEN :low AND :high
    ORDER BY product_id
""")
_FORGET_VALUES = text("""
    DELETE FROM facet_values
    WHERE NOT EXISTS (SELECT FROM facet_blocks WHERE value_id = facet_values.id)
""")
_COUNT_WORDS = text(f"""
    WITH names AS (SELECT word FROM ts_stat(:names)), said AS (
        SELECT word, ndoc AS products, word IN (SELECT word FROM names) AS named FROM ts_stat(:words)
    ), gone AS (
        DELETE FROM lexicon WHERE word NOT IN (SELECT word FROM said)
    )
    INSERT INTO lexicon AS known (word, stem, products, named, near)
    SELECT word, {STEM}, products, named, slips(word) FROM said WHERE {IS_WORD}
    ORDER BY word ON CONFLICT (word) DO UPDATE SET products = excluded.products, named = excluded.named
    WHERE known.products <> excluded.products OR known.named <> excluded.named
""")  # noqa: S608 - every part is ours


def is_missing() -> bool:
    """Whether there is something on sale and no index at all, as after the update that brought it."""
    on_sale = select(Product.id).where(Product.status == "active", Product.price_from.is_not(None))
    return bool(db.session.scalar(select(on_sale.exists() & ~select(Entry.product_id).exists())))


def rebuild() -> Iterator[int]:
    """Write all entries, one transaction for each block of products; yields how many were written."""
    last = db.session.scalar(select(func.max(Product.id))) or 0
    for block in range(last // BLOCK + 1):
        yield _rebuild_block(block)
    count_words(last)


@db.retried
def _rebuild_block(block: int) -> int:
    span = {"low": block * BLOCK, "high": block * BLOCK + BLOCK - 1}
    with db.transaction() as session:
        session.execute(_KEEP_BLOCK, {"lock": BLOCKS_LOCK, "block": block})
        session.execute(NAME_VALUES, span)
        written: int = session.execute(_WRITE_BLOCK, span).scalar_one()
        session.execute(_WRITE_BITS, span | {"block": block})
        session.execute(_NOTE_SOLD_OUT, span)
        db.inside().tag("catalog")
    return written


@db.retried
def count_words(last: int = 2**62) -> None:
    """Count again in how many products each word stands; words and values that nothing uses go."""
    with db.transaction() as session:
        session.execute(_COUNT_WORDS, {"names": _each(NAMES, last), "words": _each(WORDS, last)})
        session.execute(_FORGET_VALUES)


def _each(words: str, last: int) -> str:
    """A question for ts_stat, which takes no values: the words of every product on sale."""
    question = f"WITH RECURSIVE {SPOKEN} SELECT {words} FROM spoken"  # noqa: S608 - every part is ours
    return question.replace(":low", "0").replace(":high", str(last))
