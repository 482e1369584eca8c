"""Which products stand on a page of a list, in SQL, and what of them a search has found."""

from typing import Any

from sqlalchemy.types import BigInteger, NullType, Numeric, Text, TypeEngine

from storefront.catalog.searching.marking import START, STOP
from storefront.catalog.searching.meaning import NAMED, Meaning
from storefront.catalog.searching.sieving import Sieved
from storefront.catalog.searching.words import code_pattern
from storefront.catalog.wishes import Wish

FEW = 3000
"""Up to here all that fits is found by the indexes of what it has in common, and sorted. From here on
the list's own order is walked: some on the way do not fit, but soon a page is full. Of so much that a
search found only what is called by its words is measured; the rest comes behind it, newest first."""
COLUMNS: dict[str, type[TypeEngine[Any]]] = {
    "id": BigInteger,
    "slug": Text,
    "title": Text,
    "rating_average": Numeric,
    "rating_count": BigInteger,
    "measure": NullType,
    "marked": Text,
    "about": Text,
    "code": Text,
}

_PAGE = """
    SELECT products.id, slug, products.title, rating_average, rating_count, measure,
        {marked} AS marked, {about} AS about, {code} AS code
    FROM ({rows} ORDER BY {order} LIMIT :limit) AS page
    JOIN products ON products.id = page.product_id
"""
_WALK = "SELECT product_id, {measure} AS measure FROM search_entries WHERE {conditions}"
_GATHER = "SELECT * FROM (WITH fit AS MATERIALIZED ({walk}) SELECT * FROM fit) AS fit WHERE {beyond}"
_CALLED = f"""
    SELECT * FROM (
        WITH fit AS MATERIALIZED (
            SELECT product_id, {{measure}} AS measure FROM search_entries WHERE {NAMED} AND {{conditions}}
        ), called AS MATERIALIZED (
            SELECT * FROM fit WHERE {{beyond}} ORDER BY {{order}} LIMIT :limit
        )
        SELECT * FROM called UNION ALL (
            SELECT product_id, 0 FROM search_entries
            WHERE (SELECT count(*) FROM called) < :limit
              AND {{conditions}} AND ({NAMED}) IS NOT TRUE AND {{beyond_called}}
            ORDER BY product_id DESC LIMIT :limit
        )
    ) AS either
"""  # noqa: S608 - every part is ours
_OBTAINABLE = """
    EXISTS (
        SELECT FROM unnest(CAST(:{facet} AS bigint[])) AS wanted (id)
        WHERE wanted.id = ANY (facets) AND NOT EXISTS (
            SELECT FROM sold_out_choices AS gone
            WHERE gone.product_id = search_entries.product_id AND gone.value_id = wanted.id
        )
    )
"""

_HOW = f"StartSel={START}, StopSel={STOP}"
_QUERY, _MARKS = "CAST(:query AS tsquery)", "CAST(:marks AS tsquery)"
_MARKED = f"ts_headline('storefront', products.title, {_MARKS}, '{_HOW}, HighlightAll=true')"
# What else was found, when the title does not say it: a choice, the maker, the shelf, a tag, the description.
_ABOUT = f"""
    CASE WHEN NOT to_tsvector('storefront', products.title) @@ {_QUERY} THEN (
        SELECT ts_headline('storefront', concat_ws(' · ',
            (SELECT string_agg(DISTINCT value, ', ') FROM variants CROSS JOIN unnest(option_values) AS value
             WHERE variants.product_id = products.id AND archived_at IS NULL),
            nullif(brand, ''), (SELECT categories.title FROM categories WHERE categories.id = category_id),
            array_to_string(tags, ', '),
            regexp_replace(left(description, 1500), '[*_#`>\\[\\]|\\\\]+', ' ', 'g')
        ), {_MARKS}, '{_HOW}, MaxFragments=1, MaxWords=14, MinWords=6')
    ) END
"""  # noqa: S608 - every part is ours
_CODE = """
    (SELECT sku FROM variants
     WHERE variants.product_id = products.id AND archived_at IS NULL
       AND (lower(sku) LIKE :code_part OR lower(barcode) LIKE :code_part)
     ORDER BY position LIMIT 1)
"""


def page_of(wish: Wish, sieved: Sieved) -> tuple[str, dict[str, Any]]:
    """The products of a page, as SQL for COLUMNS and its values, of which :limit is not one.

    There are as many different texts as there are kinds of wishes.
    """
    meaning = sieved.meaning
    found = _PAGE.format(rows=_rows(wish, sieved), order=_order(wish), **_found(meaning))
    values = _values(wish, sieved)
    if meaning and not wish.sort.column:
        values |= meaning.values
    if meaning and meaning.ways:
        values |= {"marks": meaning.marks}
    if meaning and meaning.code:
        values |= {"code_part": code_pattern(meaning.code.text)}
    return found, values


def _rows(wish: Wish, sieved: Sieved) -> str:
    """SQL for product_id and measure: the page, and as much else as was found with it."""
    meaning, many = sieved.meaning, sieved.total > FEW
    measure = wish.sort.column or (meaning.measure if meaning else "0")
    if many and wish.sort.column:
        conditions = _opaque(wish, sieved)
        if wish.after:
            conditions.append(wish.sort.beyond(measure, "product_id"))
        return _WALK.format(measure=measure, conditions=" AND ".join(conditions))
    beyond = wish.sort.beyond("measure", "product_id") if wish.after else "true"
    if many and meaning and meaning.only_words:
        return _CALLED.format(
            measure=measure,
            conditions=" AND ".join(_opaque(wish, sieved)),
            beyond=beyond,
            beyond_called=wish.sort.beyond("0", "product_id") if wish.after else "true",
            order=_order(wish),
        )
    conditions = _conditions(wish, sieved, meaning.condition if meaning else "true")
    return _GATHER.format(
        walk=_WALK.format(measure=measure, conditions=" AND ".join(conditions)), beyond=beyond
    )


def _order(wish: Wish) -> str:
    return wish.sort.order("measure", "product_id")


def _opaque(wish: Wish, sieved: Sieved) -> list[str]:
    """No index finds what IS TRUE, so PostgreSQL walks the one of the list's order.

    Bounds of what the list is sorted by say where the walk starts and ends.
    """
    found = _conditions(wish, sieved, sieved.meaning.condition_here if sieved.meaning else "true")
    bounds = ("price >=", "price <=") if wish.sort.column == "price" else ()
    return [one if one.startswith(bounds) else f"({one}) IS TRUE" for one in found]


def _conditions(wish: Wish, sieved: Sieved, words: str) -> list[str]:
    found = [
        words,
        *(f"facets && CAST(:facet_{number} AS bigint[])" for number in range(len(sieved.value_ids))),
    ]
    if wish.least is not None:
        found.append("price >= :least")
    if wish.most is not None:
        found.append("price <= :most")
    if wish.in_stock:
        found.append(
            "NOT EXISTS (SELECT FROM sold_out WHERE sold_out.product_id = search_entries.product_id)"
        )
        found += (_OBTAINABLE.format(facet=f"facet_{number}") for number in range(len(sieved.value_ids)))
    return found


def _values(wish: Wish, sieved: Sieved) -> dict[str, Any]:
    values: dict[str, Any] = {f"facet_{number}": list(ids) for number, ids in enumerate(sieved.value_ids)}
    values |= sieved.meaning.condition_values if sieved.meaning else {}
    bounds = {"least": wish.least, "most": wish.most}
    values |= {name: bound for name, bound in bounds.items() if bound is not None}
    return values | ({"after_value": wish.after.value, "after_id": wish.after.id} if wish.after else {})


def _found(meaning: Meaning | None) -> dict[str, str]:
    """What a card says of the search that found it."""
    by_words, by_code = bool(meaning and meaning.ways), bool(meaning and meaning.code)
    return {
        "marked": _MARKED if by_words else "NULL",
        "about": _ABOUT if by_words else "NULL",
        "code": _CODE if by_code else "NULL",
    }
