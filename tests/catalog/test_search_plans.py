"""What PostgreSQL does to find things in a large shop: it uses indexes, and pages of lists have no holes."""

import re
from typing import Any, cast

import psycopg
import pytest
from sqlalchemy import event

from storefront.catalog import picking
from storefront.catalog.finding import find
from storefront.catalog.searching.suggesting import suggest
from storefront.catalog.shelves import named
from storefront.catalog.sorting import RELEVANCE, SORTS
from storefront.catalog.wishes import Wish
from storefront.demo.crowd.filling import fill
from storefront.platform import db
from tests.characters import CURRENCY

LARGE = "products|search_entries|search_texts|lexicon|variants|prices|stock|images|shelf_places|sold_out"
WORDS = {"ix_search_entries_head"}
FACETS = {"ix_search_entries_facets"}
WISHES = {
    "a common word": (Wish("orchard", sort=RELEVANCE), {"ix_search_entries_named", *WORDS}),
    "many words": (Wish("orchard oak kettle", sort=RELEVANCE), WORDS),
    "a slip": (Wish("orchrad", sort=RELEVANCE), {"ix_lexicon_near", *WORDS}),
    "an article number": (Wish("-000123", sort=RELEVANCE), {"ix_search_entries_codes"}),
    "nonsense": (Wish("zzyzxq", sort=RELEVANCE), {"ix_lexicon_parts"}),
    "a word of descriptions": (Wish("birthdays", sort=RELEVANCE), {"ix_search_texts_document"}),
    "a word, by price": (Wish("orchard", sort=SORTS["price"]), {"ix_search_entries_price"}),
    "two choices": (
        Wish("", {"colour": ("teal",), "brand": ("kestrel",)}),
        {"ix_sold_out_choices_value_id", *FACETS},
    ),
    "a choice many have": (Wish("", {"size": ("small",)}), {"ix_search_entries_featured"}),
    "amounts": (Wish("", least=1234, most=1345, sort=SORTS["-price"]), {"ix_search_entries_price"}),
    "in stock": (Wish("", in_stock=True, sort=SORTS["newest"]), {"ix_search_entries_newest", "pk_sold_out"}),
    "a choice in stock": (Wish("", {"size": ("small",)}, in_stock=True), {"pk_sold_out_choices"}),
    "by name": (Wish("", sort=SORTS["name"]), {"ix_search_entries_title"}),
}


@pytest.fixture(autouse=True)
def _crowd(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of products that stand for a hundred thousand: what is many is many here, too."""
    for _some in fill(800):
        pass
    monkeypatch.setattr(picking, "FEW", 12)
    with db.engine().connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def test_no_question_reads_a_whole_table(database: None) -> None:
    asked = Questions()
    event.listen(db.engine(), "before_cursor_execute", asked.note)
    shelf = named("cloth")
    assert shelf
    for told, (wish, indexes) in WISHES.items():
        for shelf_id in (None, shelf.shelf.id):
            asked.clear()
            find(wish, CURRENCY, shelf_id)
            db.release()
            asked.expect(told, indexes if shelf_id is None else set())
    asked.clear()
    suggest("orchard oa")
    asked.expect("suggestions", {"ix_lexicon_beginning", "ix_search_entries_head"})
    event.remove(db.engine(), "before_cursor_execute", asked.note)


@pytest.mark.parametrize("words", ["orchard", "gift", "orchard gift lamp"])
def test_a_search_that_finds_very_much_goes_on_to_its_end(words: str) -> None:
    wish, seen, first = Wish(words, sort=RELEVANCE), list[str](), None
    while True:
        found = find(wish if first is None else Wish(words, sort=RELEVANCE, after=first), CURRENCY)
        seen += [good.title for good in found.goods.items]
        if found.goods.next is None:
            break
        first = found.goods.next
    assert found.sieved.total > picking.FEW
    assert len(seen) == len(set(seen)) == found.sieved.total


def test_what_is_called_by_a_common_word_comes_before_what_only_has_it() -> None:
    titles = [good.title for good in find(Wish("orchard", sort=RELEVANCE), CURRENCY).goods.items]
    called = ["orchard" in title.lower() for title in titles]
    assert called == sorted(called, reverse=True)
    assert True in called


class Questions(list[tuple[str, Any]]):
    """The SELECTs that were sent, with their values."""

    def note(self, _connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if re.match(r"[\s(]*(WITH|SELECT)", statement) and (statement, values) not in self:
            self.append((statement, values))

    def expect(self, told: str, indexes: set[str]) -> None:
        """Fails unless each can be answered by indexes, these among them.

        PostgreSQL would rather read a small table whole: it is asked not to, and does so only where it must.
        """
        plans = [self._plan(*question) for question in list(self)]
        for plan in plans:
            assert not re.search(rf"Seq Scan on ({LARGE})\b", plan), f"{told}:\n{plan}"
        used = set(re.findall(r"\b(?:ix|pk|uq)_\w+", "\n".join(plans)))
        assert indexes <= used, f"{told}: {indexes - used} of {used}\n" + "\n".join(plans)

    @staticmethod
    def _plan(statement: str, values: Any) -> str:
        with db.engine().connect() as connection:
            driver = cast("psycopg.Connection[Any]", connection.connection.driver_connection)
            driver.execute("SET LOCAL enable_seqscan = off")
            numbered = isinstance(values, list)
            cursor = psycopg.RawCursor(driver) if numbered else psycopg.Cursor(driver)
            rows = cursor.execute(f"EXPLAIN (COSTS OFF) {statement}".encode(), values)
            return "\n".join(row[0] for row in rows)
