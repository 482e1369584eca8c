"""The statement behind the sieve.

A set of products is a row of bits for each block of them, so that sets are joined, left out and counted
a block at a time. Every facet is counted with all choices but its own. With "in stock" chosen, a product
has only those values of its options in which it can be bought.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from storefront.catalog.searching.models import BLOCK
from storefront.catalog.searching.source import ZERO
from storefront.platform.asking import Question

WORDS, IN_STOCK, PRICE = " words", "in_stock", "price"
MOST_VALUES = 30
"""Of one facet, those that most products have; more would help nobody choose."""
ENOUGH = 24
"""With fewer products than this, descriptions are asked, too."""


def _bits(table: str, where: str = "true", each: str = "") -> str:
    """The products of a table as sets; by way of 64 at a time, for a fifth of what setting each bit costs.

    `each` is a column for whose values there is a set each, with a comma behind it.
    """
    return f"""
        SELECT {each} number / 64 AS block,
            bit_or(word::bit(64)::bit({BLOCK}) >> (number % 64)::int * 64) AS members
        FROM (
            SELECT {each} product_id / 64 AS number, bit_or(1::bigint << (63 - product_id % 64)::int) AS word
            FROM {table} WHERE {where} GROUP BY {each} product_id / 64
        ) AS words GROUP BY {each} number / 64
    """  # noqa: S608 - every part is ours


_SQL = """
    WITH chosen AS MATERIALIZED (
        SELECT facet_values.id, facet_values.facet
        FROM unnest(:facets, :values) AS asked (facet, value) JOIN facet_values USING (facet)
        LEFT JOIN categories ON categories.id = category_id
        WHERE coalesce(slug, facet_values.value) = asked.value
    ), base AS MATERIALIZED (
        SELECT block, members FROM facet_blocks WHERE value_id = (SELECT id FROM facet_values WHERE {base})
    ), in_stock AS MATERIALIZED (
        SELECT block, base.members & ~coalesce(sold.members, {zero}) AS members
        FROM base LEFT JOIN ({sold_out}) AS sold USING (block)
    ), gone AS MATERIALIZED (
        {gone}
    ){found}, parts AS MATERIALIZED (
        SELECT facet, block, bit_or({members}) AS members, bit_or({obtainable}) AS obtainable
        FROM chosen JOIN facet_blocks ON value_id = chosen.id LEFT JOIN gone USING (value_id, block)
        GROUP BY facet, block
        UNION ALL {parts}
    ), own AS MATERIALIZED (
        SELECT facet FROM chosen UNION SELECT unnest(:also) UNION SELECT ' all'
    ), masks AS MATERIALIZED (
        SELECT own.facet AS of, block, bit_and(members) AS members, bit_and(obtainable) AS obtainable
        FROM own JOIN parts ON parts.facet <> own.facet GROUP BY own.facet, block
        HAVING count(*) = {fixed} + (SELECT count(DISTINCT facet) FROM chosen) - (own.facet <> ' all')::int
    ), offered AS MATERIALIZED (
        SELECT facet_values.id, CASE WHEN facet IN (SELECT facet FROM own) THEN facet ELSE ' all' END AS of
        FROM facet_values LEFT JOIN categories ON categories.id = category_id
        WHERE category_id IS NULL OR {under} OR facet_values.id IN (SELECT id FROM chosen)
    ), laid_out AS MATERIALIZED (
        SELECT id, of, block, {members} AS members
        FROM offered JOIN facet_blocks ON value_id = id {without}
    ), tallies AS MATERIALIZED (
        SELECT id AS value_id, bit_count(laid_out.members & masks.members) AS products
        FROM laid_out JOIN masks USING (of, block)
    ), counted AS (
        SELECT value_id AS id, sum(products)::bigint AS products FROM tallies GROUP BY value_id
    ), ranked AS (
        SELECT id, facet, name, value, title, category_id, coalesce(products, 0) AS products,
            id IN (SELECT id FROM chosen) AS chosen, {itself} AS shelf,
            row_number() OVER (PARTITION BY facet ORDER BY products DESC NULLS LAST, id) AS place
        FROM facet_values LEFT JOIN counted USING (id)
    )
    SELECT ranked.id, facet, name, coalesce(slug, value) AS value,
        coalesce(categories.title, ranked.title) AS title, products, chosen, shelf
    FROM ranked LEFT JOIN categories ON categories.id = category_id
    WHERE chosen OR shelf OR (products > 0 AND place <= {most})
    UNION ALL
    SELECT 0, 'in_stock', '', '1', '',
        coalesce(sum(bit_count(in_stock.members & masks.obtainable)), 0)::bigint, false, false
    FROM in_stock JOIN masks USING (block)
    WHERE of = CASE WHEN 'in_stock' IN (SELECT facet FROM own) THEN 'in_stock' ELSE ' all' END
    {said}
    ORDER BY facet, products DESC, id
"""
_RANGES = """
    SELECT block, bit_or(members) AS members
    FROM facet_values JOIN facet_blocks ON value_id = id
    WHERE facet = 'price' AND value = ANY (:ranges) GROUP BY block
"""
_PRICED = "SELECT product_id FROM search_entries WHERE price >= :{0}_from AND price < :{0}_to"
_EDGES = f"({_PRICED.format('lower')} UNION ALL {_PRICED.format('upper')}) AS edges"
_AMOUNTS = f"""
    SELECT block, bit_or(members) AS members
    FROM ({_RANGES} UNION ALL {_bits(_EDGES)}) AS either GROUP BY block
"""  # noqa: S608 - every part is ours
_FOUND = """, narrow AS MATERIALIZED ({narrow}), found AS MATERIALIZED (
        SELECT coalesce(sum(bit_count(members)), 0)::bigint AS products FROM narrow
    )"""
_EITHER = """
    SELECT block, bit_or(members) AS members
    FROM (SELECT block, members FROM narrow UNION ALL {wider}) AS either GROUP BY block
"""
_WIDE = "(SELECT products FROM found) < {enough} AND {wide}"
_SAID = "UNION ALL SELECT 0, ' words', '', '', '', products, false, false FROM found"


@cache
def statement(narrow: str, wide: str, *, shelf: bool, prices: str, in_stock: bool) -> Question:
    """The statement for these kinds of choices, of which there are few.

    `narrow` and `wide` are the conditions of a search, empty without one; `prices` are whole "ranges" of
    the index, or "amounts", whose edges are read from the entries.
    """
    parts = {"": "SELECT block, members FROM base"}
    if narrow:
        parts[WORDS] = _EITHER.format(wider=_bits("search_entries", _WIDE.format(enough=ENOUGH, wide=wide)))
    if prices:
        parts[PRICE] = _RANGES if prices == "ranges" else _AMOUNTS
    if in_stock:
        parts[IN_STOCK] = "SELECT block, members FROM in_stock"
    texts: Any = ARRAY(Text)
    lists = ["facets", "values", "also", *(["ranges"] if prices else [])]
    said = text(_SQL.format_map(_filled(parts, narrow, shelf=shelf, in_stock=in_stock)))
    return Question(said.bindparams(*(bindparam(name, type_=texts) for name in lists)))


def _filled(parts: Mapping[str, str], narrow: str, *, shelf: bool, in_stock: bool) -> dict[str, Any]:
    sets = (
        f"SELECT '{name}' AS facet, block, members, members AS obtainable FROM ({part}) AS part"  # noqa: S608 - every part is ours
        for name, part in parts.items()
    )
    obtainable = f"facet_blocks.members & ~coalesce(gone.members, {ZERO})"
    of_chosen = "true" if in_stock else "value_id IN (SELECT id FROM chosen)"
    found = _FOUND.format(narrow=_bits("search_entries", narrow)) if narrow else ""
    return {
        "base": "category_id = :shelf" if shelf else "facet = '' AND value = 'all'",
        "under": "parent_id = :shelf" if shelf else "parent_id IS NULL",
        "itself": "category_id IS NOT DISTINCT FROM :shelf" if shelf else "false",
        "found": found,
        "said": _SAID if narrow else "",
        "parts": " UNION ALL ".join(sets),
        "fixed": len(parts),
        "sold_out": _bits("sold_out"),
        "gone": _bits("sold_out_choices", of_chosen, "value_id,"),
        "obtainable": obtainable,
        "members": obtainable if in_stock else "facet_blocks.members",
        "without": "LEFT JOIN gone USING (value_id, block)" if in_stock else "",
        "zero": ZERO,
        "most": MOST_VALUES,
    }
