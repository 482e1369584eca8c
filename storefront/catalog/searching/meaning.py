"""A search as it was understood: what must be found, said in the words of PostgreSQL and of the shopper."""

from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from storefront.catalog.searching.words import code_pattern

MOST_WAYS = 12
NARROW = "head @@ CAST(:query AS tsquery)"
WIDE = "product_id IN (SELECT product_id FROM search_texts WHERE document @@ CAST(:query AS tsquery))"
WIDE_HERE = """EXISTS (
    SELECT FROM search_texts
    WHERE search_texts.product_id = search_entries.product_id AND document @@ CAST(:query AS tsquery)
)"""
NAMED = "to_tsvector('storefront', title) @@ CAST(:query AS tsquery)"
WEIGHTS = "'{0.02, 0.3, 0.45, 1.0}'"  # of description, options, brand with shelves and tags, and title
EXACT_CODE, BEGINS_CODE, SAME_TITLE, EACH_WORD = 8 * 10**15, 4 * 10**15, 10**15, 10**12
"""What an article number, the very title and each word of many are worth beside the rank, below 10^12."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stem that must be there, or the beginning of one."""

    stem: str
    begins: bool = False

    def __str__(self) -> str:
        quoted = self.stem.replace("\\", "\\\\").replace("'", "''")
        return f"'{quoted}':*" if self.begins else f"'{quoted}'"


@dataclass(frozen=True, slots=True)
class Code:
    """A part of an article number or barcode, and the products that have it, unless they are many."""

    text: str
    ids: tuple[int, ...] | None = None

    def condition(self, name: str) -> str:
        """What an entry must fulfil, in SQL; `name` stands for the value of the condition."""
        return f"codes LIKE :{name}" if self.ids is None else f"product_id = ANY (:{name})"

    @property
    def value(self) -> Any:
        """The value of the condition."""
        return code_pattern(self.text) if self.ids is None else list(self.ids)


Way = tuple[tuple[Item, ...], ...]
"""All of these must be found, each by one of its items."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a search is after, and what is to be said about it."""

    typed: str
    ways: tuple[Way, ...] = ()
    """The first one is what was typed, the others say the same in other words."""
    direct: tuple[Item, ...] = ()
    """Whole words that were typed: what has these comes first."""
    code: Code | None = None
    """All that was typed, when it is part of an article number or barcode."""
    codes: tuple[Code, ...] = ()
    """Such parts that stood among words."""
    instead: str = ""
    """What is looked for instead, because nothing is known of what was typed."""
    wide: bool = False
    """Descriptions are asked, too, because the rest gives too little."""
    loose: bool = False
    """Any of the words will do, because nothing has them all."""

    @property
    def empty(self) -> bool:
        """Whether nothing at all could be made of it."""
        return not (self.ways or self.code or self.codes)

    @property
    def query(self) -> str:
        """All ways as a tsquery."""
        return " | ".join(f"({' & '.join(_any(place) for place in way)})" for way in self.ways)

    @property
    def condition(self) -> str:
        """What an entry must fulfil, in SQL; its values are in `condition_values`."""
        return self._condition(WIDE)

    @property
    def condition_here(self) -> str:
        """The same, for whoever asks it of one entry after the other."""
        return self._condition(WIDE_HERE)

    def _condition(self, wide: str) -> str:
        found = [wide if self.wide else NARROW] if self.ways else []
        found += [code.condition(f"code_{number}") for number, code in enumerate(self.codes)]
        every = " AND ".join(found)
        if not self.code:
            return every or "false"
        either = self.code.condition("code")
        return f"({either} OR ({every}))" if every else either

    @property
    def only_words(self) -> bool:
        """Whether no article numbers are in it."""
        return bool(self.ways) and not self.code and not self.codes

    @property
    def measure(self) -> str:
        """How well an entry fulfils it, as a whole number in SQL."""
        parts = ["(lower(title) = :typed)::int * " + str(SAME_TITLE)]
        if self.code:
            parts.append(
                f"CASE WHEN codes LIKE :code_exact THEN {EXACT_CODE}"
                f" WHEN codes LIKE :code_begins THEN {BEGINS_CODE} ELSE 0 END"
            )
        if self.ways:
            parts.append(f"(1e11 * ts_rank({WEIGHTS}, head, CAST(:query AS tsquery)))::bigint")
        if self.direct and not self.loose:
            parts.append(f"(4e11 * ts_rank({WEIGHTS}, head, CAST(:direct AS tsquery)))::bigint")
        if self.loose:
            each = " + ".join(f"(head @@ CAST(:way_{number} AS tsquery))::int" for number in self._numbers)
            parts.append(f"({each}) * {EACH_WORD}")
        return f"({' + '.join(parts)})"

    @property
    def condition_values(self) -> dict[str, Any]:
        """The values of the condition."""
        found: dict[str, Any] = {"query": self.query} if self.ways else {}
        if self.code:
            found["code"] = self.code.value
        return found | {f"code_{number}": code.value for number, code in enumerate(self.codes)}

    @property
    def values(self) -> dict[str, Any]:
        """The values of condition and measure."""
        found = self.condition_values | {"typed": (self.instead or self.typed).lower()}
        if self.direct and not self.loose:
            found["direct"] = (" | " if self.wide else " & ").join(map(str, self.direct))
        if self.code:
            inside = code_pattern(self.code.text).strip("%\n")
            found |= {"code_exact": f"%\n{inside}\n%", "code_begins": f"%\n{inside}%"}
        if self.loose:
            found |= {f"way_{number}": _any(self.ways[number][0]) for number in self._numbers}
        return found

    @property
    def marks(self) -> str:
        """Each thing that is looked for, as a tsquery that finds any of them."""
        return " | ".join(dict.fromkeys(_any(place) for way in self.ways for place in way))

    @property
    def _numbers(self) -> range:
        return range(len(self.ways))

    def widened(self) -> "Meaning":
        """The same, looked for in descriptions, too."""
        return replace(self, wide=True)

    def loosened(self) -> "Meaning":
        """The same, content with any of its words."""
        words = dict.fromkeys(place for way in self.ways for place in way)
        return Meaning(
            self.typed,
            tuple((place,) for place in islice(words, MOST_WAYS)),
            code=self.code,
            instead=self.instead,
            loose=True,
        )


def _any(items: tuple[Item, ...]) -> str:
    return f"({' | '.join(map(str, items))})" if len(items) > 1 else str(items[0])
