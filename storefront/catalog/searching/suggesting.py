"""What somebody who types may be after: words to look for, shelves, and products."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from storefront.catalog.searching.marking import START, STOP, Pieces, pieces
from storefront.catalog.searching.meaning import Meaning
from storefront.catalog.searching.understanding import understand
from storefront.catalog.searching.words import Typed, code_pattern
from storefront.platform import db

FEWEST = 2
"""Letters from which on anything is suggested."""
LOOKED_AT = 300
"""Products that are ranked: of a common word some are as good as others, and typing does not wait."""

_TERMS = """
    SELECT 'term' AS kind, word AS title, '' AS slug, products AS measure FROM (
        SELECT DISTINCT ON (stem) word, products FROM lexicon
        WHERE named AND word ~>=~ :last AND word ~<~ (:last || chr(1114109))
        ORDER BY stem, products DESC, word
    ) AS begun ORDER BY products DESC, word LIMIT 4
"""
_SHELVES = """
    SELECT 'shelf', title, slug, 0 FROM categories
    WHERE ' ' || lower(unaccent(title)) LIKE :beginning AND EXISTS (
        SELECT FROM facet_values JOIN facet_blocks ON value_id = facet_values.id
        WHERE facet_values.category_id = categories.id
    )
    ORDER BY position, title LIMIT 3
"""
_PRODUCTS = """
    SELECT 'product', {title}, slug, measure FROM (
        SELECT * FROM (
            SELECT product_id, {measure} AS measure FROM search_entries WHERE {condition} LIMIT :looked_at
        ) AS few ORDER BY measure DESC, product_id DESC LIMIT 5
    ) AS best JOIN products ON products.id = product_id
"""
_MARKED = f"""
    ts_headline('storefront', title, CAST(:marks AS tsquery),
        'StartSel={START}, StopSel={STOP}, HighlightAll=true')
"""


@dataclass(frozen=True, slots=True)
class Suggested:
    """Somewhere to go: a search for some words, a shelf, or a product."""

    kind: str
    title: Pieces
    slug: str
    words: str


def suggest(words: str) -> list[Suggested]:
    """Words, then shelves, then products; nothing for a single letter."""
    typed = Typed(words)
    if len(words) < FEWEST or not typed.words:
        return []
    meaning = understand(words)
    rows = db.session.execute(*_question(typed, meaning)).all()
    before = words.rstrip()[: -len(typed.words[-1])] if words.lower().endswith(typed.words[-1]) else ""
    instead = [Suggested("term", ((meaning.instead, False),), "", meaning.instead)] if meaning.instead else []
    return instead + [_suggested(row, before) for row in sorted(rows, key=_order)]


def _question(typed: Typed, meaning: Meaning) -> tuple[Any, dict[str, Any]]:
    last = typed.words[-1]
    values: dict[str, Any] = {"last": last, "beginning": f"% {code_pattern(typed.code).strip('%').strip()}%"}
    parts = [f"({_TERMS})", f"({_SHELVES})"]
    if not meaning.empty:
        title = _MARKED if meaning.ways else "title"
        parts.append(
            f"({_PRODUCTS.format(title=title, measure=meaning.measure, condition=meaning.condition)})"
        )
        values |= meaning.values | {"marks": meaning.marks, "looked_at": LOOKED_AT}
    return text(" UNION ALL ".join(parts)), values


def _order(row: Any) -> tuple[int, int]:
    return ("term", "shelf", "product").index(row.kind), -row.measure


def _suggested(row: Any, before: str) -> Suggested:
    if row.kind == "term":
        return Suggested("term", ((before + row.title, False),), "", before + row.title)
    return Suggested(row.kind, pieces(row.title), row.slug, "")
