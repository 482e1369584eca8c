"""What a search means: which of its words the shop knows, and what is meant by those it does not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Text

from storefront.catalog.searching.meaning import MOST_WAYS, Code, Item, Meaning, Way
from storefront.catalog.searching.spelling import Candidate, meant
from storefront.catalog.searching.words import Typed, code_pattern
from storefront.platform.asking import Question

MANY = 1000
"""From so many products on they are asked for again, instead of being remembered one by one."""
LAST = "chr(1114109)"  # No letter sorts behind it.
_BEGINS = f"lexicon.word ~>=~ {{0}} AND lexicon.word ~<~ ({{0}} || {LAST})"

# Of each word its stem and what the lexicon knows of it; of one that nothing is called by also the words
# it is a part of, and of an unknown one what it is made of and what is near.
_WORDS = f"""
    SELECT word, stem, known, begins, CASE WHEN lost OR (known AND NOT named AND length(word) > 2) THEN ARRAY(
        SELECT DISTINCT lexicon.stem FROM lexicon
        WHERE lexicon.word LIKE '%' || asked.word || '%' AND (lost OR lexicon.named) LIMIT 12
    ) END AS inside, CASE WHEN lost THEN (
        SELECT ARRAY[head.word, head.stem, tail.word, tail.stem]
        FROM generate_series(3, length(asked.word) - 3) AS cut
        JOIN lexicon AS head ON head.word = left(asked.word, cut)
        JOIN lexicon AS tail ON tail.word = substr(asked.word, cut + 1)
        ORDER BY least(head.products, tail.products) DESC LIMIT 1
    ) END AS halves, CASE WHEN lost THEN (
        SELECT json_agg(json_build_array(near.word, near.stem, near.products, near.named)) FROM (
            SELECT lexicon.word, lexicon.stem, products, named FROM lexicon
            WHERE lexicon.near && slips(asked.word)
            UNION
            SELECT lexicon.word, lexicon.stem, products, named FROM lexicon
            WHERE length(asked.word) >= 6 AND lexicon.word % asked.word
        ) AS near
    ) END AS near
    FROM (
        SELECT *, stem IS NOT NULL AND NOT known AND NOT begins AND length(word) > 2 AS lost
        FROM (
            SELECT place, word, stem,
                EXISTS (SELECT FROM lexicon WHERE lexicon.stem = stemmed.stem) AS known,
                EXISTS (SELECT FROM lexicon WHERE lexicon.stem = stemmed.stem AND lexicon.named) AS named,
                EXISTS (SELECT FROM lexicon WHERE {_BEGINS.format("stemmed.word")}) AS begins
            FROM (
                SELECT place, word, (ts_lexize('english_stem', word))[1] AS stem
                FROM (
                    SELECT place, lower(unaccent(word)) AS word
                    FROM unnest(:words) WITH ORDINALITY AS typed (word, place)
                ) AS folded
            ) AS stemmed
        ) AS looked_up
    ) AS asked ORDER BY place
"""  # noqa: S608 - every part is ours
# With so high a limit PostgreSQL uses the index; EXISTS would read the table in the hope of an early hit.
_CODES = f"""
    SELECT json_agg(json_build_array(place, ids))
    FROM unnest(:pieces, :patterns) WITH ORDINALITY AS typed (piece, pattern, place)
    CROSS JOIN LATERAL (
        SELECT array_agg(product_id) AS ids
        FROM (SELECT product_id FROM search_entries WHERE codes LIKE pattern LIMIT {MANY}) AS few
        WHERE piece !~ '^[[\\:alpha\\:]]+$'
           OR NOT EXISTS (SELECT FROM lexicon WHERE {_BEGINS.format("piece")})
           OR EXISTS (SELECT FROM variants WHERE sku IN (piece, upper(piece)))
    ) AS found WHERE ids IS NOT NULL
"""  # noqa: S608 - every part is ours
_STEMS = "tsvector_to_array(to_tsvector('storefront', {}))"
_SYNONYMS = f"""
    SELECT json_agg(
        json_build_array({_STEMS.format("words")}, {_STEMS.format("others")}) ORDER BY words, others
    )
    FROM synonyms WHERE to_tsvector('storefront', :typed) @@ phraseto_tsquery('storefront', words)
"""  # noqa: S608 - every part is ours
_texts: Any = ARRAY(Text)
_SAID = f"""
    SELECT (SELECT json_agg(each_one) FROM ({_WORDS}) AS each_one) AS words,
           ({_CODES}) AS codes, ({_SYNONYMS}) AS synonyms
"""  # noqa: S608 - as above
_UNDERSTAND = Question(
    text(_SAID).bindparams(*(bindparam(name, type_=_texts) for name in ("words", "pieces", "patterns")))
)


@dataclass
class Reading:
    """What came of the words one after the other."""

    places: list[tuple[Item, ...]] = field(default_factory=list)
    direct: list[Item] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """The words as they are looked for."""
    changed: bool = False


def understand(words: str) -> Meaning:
    """The meaning of a search, in one statement."""
    typed = Typed(words)
    asked = {"words": typed.words, "typed": words, "pieces": typed.pieces}
    (row,) = _UNDERSTAND.ask(asked | {"patterns": list(map(code_pattern, typed.pieces))})
    codes = [
        Code(typed.pieces[place - 1], tuple(ids) if len(ids) < MANY else None)
        for place, ids in row.codes or ()
    ]
    synonyms = [(tuple(these), tuple(those)) for these, those in row.synonyms or () if those]
    return _meaning(typed, row.words or [], codes, synonyms)


def _meaning(
    typed: Typed, words: list[dict[str, Any]], codes: list[Code], synonyms: list[tuple[Any, Any]]
) -> Meaning:
    whole = next((code for code in codes if code.text == typed.code), None)
    among = [] if whole else codes
    inside_codes = {word for code in among for word in Typed(code.text).words}
    replaced = {stem for these, _those in synonyms for stem in these}
    reading = Reading()
    for place, word in enumerate(words, 1):
        if word["word"] not in inside_codes:
            _read(reading, word, last=place == len(words), kept=word["stem"] in replaced)
    if whole and not all(word["known"] for word in words):
        return Meaning(typed.text, code=whole)
    return Meaning(
        typed.text,
        _ways(tuple(reading.places), synonyms),
        tuple(reading.direct),
        whole,
        tuple(among),
        " ".join([*reading.said, *(code.text for code in among)]) if reading.changed else "",
    )


def _read(reading: Reading, word: dict[str, Any], *, last: bool, kept: bool) -> None:
    """Add a word: as it is, as the beginning or a part of others, or as the one it is a slip of."""
    spelled, stem = word["word"], word["stem"]
    if stem is None and not (last and word["begins"] and not reading.places):
        return  # English leaves it out: "the", "for".
    item = Item(stem or spelled)
    if word["known"] or kept:
        reading.direct.append(item)
        more = [Item(item.stem, begins=True)] if last and len(spelled) > 2 else []
        _add(reading, spelled, item, *more, *map(Item, word["inside"] or ()))
    elif word["begins"]:
        _add(reading, spelled, Item(item.stem, begins=True))
    elif word["inside"]:
        _add(reading, spelled, *map(Item, word["inside"]))
    elif halves := word["halves"]:
        reading.changed = True
        reading.direct += [Item(halves[1]), Item(halves[3])]
        _add(reading, halves[0], Item(halves[1]))
        _add(reading, halves[2], Item(halves[3]))
    elif found := meant(spelled, [Candidate(*one) for one in word["near"] or ()]):
        reading.changed = True
        reading.direct.append(Item(found.stem))
        _add(reading, found.word, Item(found.stem))
    else:
        reading.changed = True  # Nothing is like it: the others are looked for without it.


def _add(reading: Reading, spelled: str, *items: Item) -> None:
    reading.places.append(tuple(dict.fromkeys(items)))
    reading.said.append(spelled)


def _ways(places: Way, synonyms: Sequence[tuple[Any, Any]]) -> tuple[Way, ...]:
    """What was typed, and the same with each synonym in the place of what it stands for."""
    ways = [places] if places else []
    for these, those in synonyms:
        for way in list(ways):
            kept = tuple(place for place in way if place[0].stem not in these)
            if len(way) - len(kept) >= len(these) and len(ways) < MOST_WAYS:
                ways.append((*kept, *((Item(stem),) for stem in those)))
    return tuple(dict.fromkeys(ways))
