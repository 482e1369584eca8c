"""What is made of what somebody types: slips, other words for it, parts, article numbers, nonsense."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from storefront.catalog.searching import actions, queries
from storefront.catalog.searching.commands import reindex, searches, synonyms
from storefront.catalog.searching.marking import START, STOP, pieces
from storefront.catalog.searching.models import MissedSearch
from storefront.catalog.searching.spelling import Candidate, meant, slips
from storefront.catalog.searching.understanding import understand
from storefront.platform import db, jobs
from tests.characters import a_category, a_kettle, a_product, a_variant, stocked
from tests.counting import Statements
from tests.inspecting import InspectingClient

TITLES = "#results .card h2"


@pytest.fixture(autouse=True)
def _goods(database: None) -> None:
    """Two kettles and a jug."""
    a_kettle(title="Copper kettle")
    kitchen = a_category("Kitchen")
    steel = a_product("Steel kettle", option_names=["Colour"], category=kitchen, tags=["camping"])
    stocked(a_variant(steel, sku="STK-BLUE-1", barcode="4006381333931", options=["Blue"]), 3)
    jug = a_product("Jug", brand="Møller", description="Pours without a drop, for *breakfast* <b>tables</b>.")
    stocked(a_variant(jug, sku="J_G"), 3)


def note(client: InspectingClient, words: str) -> str:
    page = client.get("/search", query_string={"q": words}).document
    return " ".join(page.texts("#results .notice"))


def test_a_slip_is_put_right_and_said(client: InspectingClient) -> None:
    page = client.see("/search?q=stel+ketle")
    assert page.texts(TITLES) == ["Steel kettle"]
    assert page.text("#results .notice") == "Nothing found for “stel ketle”; showing “steel kettle”."
    assert page.one("#find-here").get("value") == "stel ketle"


def test_what_is_found_as_it_is_typed_is_not_put_right(client: InspectingClient) -> None:
    for words in ("kettle", "kett", "mølle", "MOLLER", "stk-blue", "camping kettle"):
        assert note(client, words) == "", words
        assert client.see(f"/search?q={words}").texts(TITLES)


def test_when_nothing_has_all_words_some_will_do(client: InspectingClient) -> None:
    page = client.see("/search?q=copper+jug")
    assert sorted(page.texts(TITLES)) == ["Copper kettle", "Jug"]
    assert "Nothing has all of “copper jug”" in page.text("#results .notice")


def test_what_has_more_of_the_words_comes_first(client: InspectingClient) -> None:
    assert client.see("/search?q=blue+copper+steel").texts(TITLES)[0] == "Steel kettle"


def test_what_was_found_is_marked(client: InspectingClient) -> None:
    page = client.see("/search?q=blue+kettles")
    assert page.texts("#results h2 mark") == ["kettle"]
    assert page.texts("#results .card .note mark") == ["Blue"]
    told = client.see("/search?q=breakfast")
    assert told.texts("#results .card .note mark") == ["breakfast"]
    assert (
        "<b>"
        not in client.get("/search?q=tables").text.partition('id="results"')[2].partition("</section")[0]
    )
    number = client.see("/search?q=stk-blue")
    assert number.text("#results .card .note mark") == "STK-BLUE-1"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("STK-BLUE-1", "Steel kettle"),
        ("blue-1", "Steel kettle"),
        ("4006381333931", "Steel kettle"),
        ("3339", "Steel kettle"),
        ("kettle stk-blue", "Steel kettle"),
        ("j_g", "Jug"),
        ("J_G", "Jug"),
    ],
)
def test_article_numbers_are_found_whole_and_in_part(
    client: InspectingClient, words: str, first: str
) -> None:
    assert client.see(f"/search?q={words}").texts(TITLES) == [first]


def test_an_archived_choices_number_finds_nothing(client: InspectingClient) -> None:
    vase = a_product("Vase", option_names=["Size"])
    a_variant(vase, sku="OLD-1", options=["Small"], archived=True)
    stocked(a_variant(vase, sku="NEW-1", options=["Large"]), 1)
    assert client.see("/search?q=old-1").texts(TITLES) == []
    assert client.see("/search?q=new-1").texts(TITLES) == ["Vase"]


@pytest.mark.parametrize(
    "words", ["%", "___", "%%%%", "\\", "4006%931", "''", "!:*", "a" * 200, "🫖", "the", "-", "\uff11\uff12"]
)
def test_signs_mean_nothing_and_break_nothing(client: InspectingClient, words: str) -> None:
    page = client.get("/search", query_string={"q": words}).document
    assert page.texts(TITLES) == []
    assert page.texts("#results h3"), "there is a way on"


def test_other_words_find_the_same_both_ways(client: InspectingClient) -> None:
    actions.say_the_same("jug", "cream pitcher")
    assert client.see("/search?q=pitcher").texts(TITLES) == []
    assert client.see("/search?q=cream+pitchers").texts(TITLES) == ["Jug"]
    assert note(client, "cream pitcher") == ""
    assert actions.forget_synonym("cream pitcher", "jug")
    assert client.see("/search?q=cream+pitcher").texts(TITLES) == []


def test_searches_in_vain_are_counted_by_day(client: InspectingClient) -> None:
    for words in ("Sofa", "sofa", "ketle", "kettle", "kettle&colour=mauve", "copper+jug"):
        client.see(f"/search?q={words}")
    client.see("/search?q=sofa&price=1-2")
    assert dict(queries.missed(30)) == {"sofa": 2, "ketle": 1, "copper jug": 1}
    jobs.run_now("catalog.tidy_search")
    jobs.run_now("office.sweep")
    assert len(db.session.scalars(select(MissedSearch.words)).all()) == 3


def test_a_merchant_asks_and_says_it_by_command(client: InspectingClient) -> None:
    client.see("/search?q=sofa")
    run = CliRunner().invoke
    assert "     1 sofa" in run(searches).output
    assert run(synonyms, ["Couch", "settee"]).output == "couch = settee\n"
    assert "two phrases" in run(synonyms, ["couch"]).output
    assert run(synonyms, ["--forget", "couch", "settee"]).output == "They mean two things again.\n"
    assert run(synonyms, ["--forget", "couch", "settee"]).output == "They meant two things already.\n"
    assert run(reindex).output == "3 products are found.\n"
    assert "Nobody looked" in run(searches, ["--days", "1"]).output or "sofa" in run(searches).output


def suggested(client: InspectingClient, words: str) -> dict[str, list[str]]:
    page = client.get(
        "/search/suggestions",
        query_string={"q": words},
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    ).document
    return {
        str(group.get("aria-label")): [page_text(one) for one in group.iter("a")] for group in page.all("ul")
    }


def page_text(element: object) -> str:
    return " ".join("".join(element.itertext()).split())  # type: ignore[attr-defined]  # an Element of any parser


def test_words_shelves_and_products_are_suggested(client: InspectingClient) -> None:
    assert suggested(client, "ki") == {
        "Look for": ["kiln", "kitchen"],
        "Shelves": ["Kitchen"],
        "Products": ["Steel kettle", "Copper kettle"],
    }
    assert suggested(client, "copper ket") == {"Look for": ["copper kettle"], "Products": ["Copper kettle"]}
    assert suggested(client, "ketle")["Look for"] == ["kettle"]
    assert suggested(client, "k") == {}
    assert suggested(client, "%%") == {}


def test_suggestions_cost_two_statements(
    client: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    with count_queries() as asked:
        suggested(client, "ket")
    asked.at_most(4)


def test_whoever_opens_suggestions_as_a_page_sees_what_was_found(client: InspectingClient) -> None:
    assert client.get("/search/suggestions?q=ket").headers["Location"] == "/search?q=ket"
    assert client.get("/search/suggestions").headers["Location"] == "/search"


@pytest.mark.parametrize(
    ("typed", "word", "count"),
    [
        ("ketle", "kettle", 1),
        ("teapto", "teapot", 1),
        ("mgu", "mug", 1),
        ("", "ab", 2),
        ("kitten", "sitting", 3),
    ],
)
def test_slips_are_counted_as_a_finger_makes_them(typed: str, word: str, count: int) -> None:
    assert slips(typed, word) == slips(word, typed) == count


def test_the_nearest_word_is_meant_and_of_two_the_commoner() -> None:
    known = [Candidate("bowl", "bowl", 9), Candidate("boil", "boil", 2), Candidate("fowl", "fowl", 90)]
    found = meant("bovl", known)
    assert found is not None
    assert found.word == "bowl"
    assert meant("zzzz", known) is None
    assert meant("bo", [Candidate("bow", "bow", 1)]) is None, "two letters are too few to guess"


def test_marks_are_read_whatever_stands_in_a_text() -> None:
    assert pieces(f"a {START}b{STOP} c") == (("a ", False), ("b", True), (" c", False))
    assert pieces(f"{STOP}a{START}") == (("a", False),)
    assert pieces("") == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_some_meaning(words: str) -> None:
    meaning = understand(" ".join(char for char in words if char.isprintable()))
    assert meaning.condition
    assert meaning.query is not None
