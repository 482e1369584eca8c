"""Staff walk through all products that have a word, in any order, and meet each of them once."""

import pytest

from storefront.catalog import assortment
from storefront.catalog.assortment import Sought
from storefront.catalog.models import Product
from tests.characters import a_product, a_variant

pytestmark = pytest.mark.usefixtures("database")


def walked(words: str, sort: str) -> list[str]:
    """The names on all pages, one after the other."""
    names: list[str] = []
    after = ""
    while True:
        rows, following = assortment.page(Sought(words=words, sort=sort, after=after), "EUR")
        names += [row.title for row in rows]
        if following is None:
            return names
        after = str(following)


@pytest.fixture
def shelves(monkeypatch: pytest.MonkeyPatch) -> list[Product]:
    """Twelve products, every third of them a jug, on pages of two."""
    monkeypatch.setattr(assortment, "PAGE", 2)
    monkeypatch.setattr(assortment, "LOOKED_THROUGH", 9)
    made = [a_product(f"{('Jug', 'Bowl', 'Plate')[n % 3]} {n:02}") for n in range(12)]
    for n, product in enumerate(made):
        a_variant(product, sku=f"KILN-{n:02}")
    return made


@pytest.mark.parametrize("sort", ["newest", "title", "-title", "price", "-changed"])
@pytest.mark.parametrize("words", ["jug", "KILN-0", "plate 1", "nothing such"])
def test_each_is_met_once_and_in_order(shelves: list[Product], words: str, sort: str) -> None:
    found = walked(words, sort)
    codes = {f"kiln-{n:02}": product.title for n, product in enumerate(shelves)}
    wanted = [name for code, name in codes.items() if words.lower() in name.lower() or words.lower() in code]
    assert sorted(found) == sorted(wanted)
    if sort in ("newest", "title"):
        assert found == (sorted(wanted) if sort == "title" else wanted)
    if sort == "-title":
        assert found == sorted(wanted, reverse=True)


def test_a_word_that_many_have_needs_no_look_at_all_of_them(
    shelves: list[Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assortment, "_in_turn", once(assortment._in_turn))
    rows, following = assortment.page(Sought(words="jug"), "EUR")
    assert [row.title for row in rows] == ["Jug 09", "Jug 06"]
    assert following is not None


def once(question: object) -> object:
    """Whoever asks a second time asked too much."""
    asked: list[object] = []

    def ask(*about: object) -> object:
        assert not asked, "the whole list was searched"
        asked.append(about)
        return question(*about)  # type: ignore[operator]  # It is a function.

    return ask
