"""Which products stand on a page of a list, in SQL, and what of them a search has found."""

from typing import Any

from sqlalchemy import BigInteger, Text, TextualSelect, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import NullType

from storefront.catalog.searching.marking import START, STOP
from storefront.catalog.searching.meaning import Meaning
from storefront.catalog.searching.sieving import Sieved
from storefront.catalog.wishes import Wish

FEW = 3000
"""Up to here all that fits is found by the indexes of what it has in common, and sorted. From here on
the list's own order is walked: some on the way do not fit, but soon a page is full."""
COLUMNS = {
    "id": BigInteger,
    "slug": Text,
    "title": Text,
    "measure": NullType,
    "marked": Text,
    "about": Text,
    "code": Text,
}

_PAGE = """
    SELECT products.id, slug, products.title, measure, {marked} AS marked, {about} AS about, {code} AS code
    FROM ({rows} ORDER BY {order} LIMIT :limit) AS page
    JOIN products ON products.id = page.product_id
"""
_WALK = "SELECT product_id, {measure} AS measure FROM search_entries WHERE {conditions}"
_GATHER = "SELECT * FROM (WITH fit AS MATERIALIZED ({walk}) SELECT * FROM fit) AS fit WHERE {beyond}"

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
       AND (lower(sku) LIKE :code OR lower(barcode) LIKE :code)
     ORDER BY position LIMIT 1)
"""


def page_of(wish: Wish, sieved: Sieved, limit: int) -> TextualSelect:
    """The products of a page: id, slug, title, what they are sorted by, and what was found of them."""
    meaning = sieved.meaning
    measure = wish.sort.column or (meaning.measure if meaning else "0")
    walked = bool(wish.sort.column) and sieved.total > FEW
    conditions, values = _conditions(wish, sieved)
    if walked:
        # No index finds what IS TRUE, so PostgreSQL walks the one of the list's order.
        conditions = [f"({condition}) IS TRUE" for condition in conditions]
        if wish.after:
            conditions.append(wish.sort.beyond(measure, "product_id"))
        rows = _WALK.format(measure=measure, conditions=" AND ".join(conditions))
        order = wish.sort.order(measure, "product_id")
    else:
        walk = _WALK.format(measure=measure, conditions=" AND ".join(conditions))
        beyond = wish.sort.beyond("measure", "product_id") if wish.after else "true"
        rows, order = _GATHER.format(walk=walk, beyond=beyond), wish.sort.order("measure", "product_id")
    if wish.after:
        values |= {"after_value": wish.after.value, "after_id": wish.after.id}
    if meaning and not wish.sort.column:
        values |= meaning.values
    if meaning and meaning.ways:
        values |= {"marks": meaning.marks}
    found = _PAGE.format(rows=rows, order=order, **_found(meaning))
    arrays: Any = ARRAY(BigInteger)
    typed = [bindparam(f"facet_{number}", type_=arrays) for number in range(len(sieved.value_ids))]
    return text(found).bindparams(*typed).bindparams(limit=limit, **values).columns(**COLUMNS)


def _conditions(wish: Wish, sieved: Sieved) -> tuple[list[str], dict[str, Any]]:
    found, values = ["true"], dict[str, Any]()
    for number, ids in enumerate(sieved.value_ids):
        found.append(f"facets && :facet_{number}")
        values[f"facet_{number}"] = list(ids)
    if sieved.meaning:
        found.append(sieved.meaning.condition)
        values |= sieved.meaning.condition_values
    if wish.least is not None:
        found.append("price >= :least")
        values["least"] = wish.least
    if wish.most is not None:
        found.append("price <= :most")
        values["most"] = wish.most
    if wish.in_stock:
        found.append(
            "NOT EXISTS (SELECT FROM sold_out WHERE sold_out.product_id = search_entries.product_id)"
        )
    return found, values


def _found(meaning: Meaning | None) -> dict[str, str]:
    """What a card says of the search that found it."""
    by_words, by_code = bool(meaning and meaning.ways), bool(meaning and meaning.code)
    return {
        "marked": _MARKED if by_words else "NULL",
        "about": _ABOUT if by_words else "NULL",
        "code": _CODE if by_code else "NULL",
    }
