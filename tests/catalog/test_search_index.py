"""What is found follows what is sold: entries, facets, words and what is sold out."""

from typing import Any

from sqlalchemy import delete, func, select, text, update

from storefront.catalog.models import Product, Variant
from storefront.catalog.searching import index, rebuilding
from storefront.catalog.searching.models import Entry, FacetBlock, FacetValue, SoldOut, SoldOutChoice, Word
from storefront.catalog.searching.sieving import Choices, sieve
from storefront.catalog.searching.source import PARAMETERS
from storefront.inventory import stock
from storefront.platform import db
from storefront.platform.clock import now
from tests.characters import a_category, a_kettle, a_product, a_variant, stocked
from tests.shopping import an_order


def offered(**facets: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Each facet's values with their counts, as a page would show them."""
    found = sieve(Choices(facets))
    return {facet.name: {value.value: value.products for value in facet.values} for facet in found.facets} | {
        "": {"all": found.total, "in stock": found.in_stock}
    }


def change(product_id: int, **values: Any) -> None:
    with db.transaction() as session:
        session.execute(update(Product).where(Product.id == product_id).values(**values))
        index.refresh(product_id)


def everything() -> list[list[tuple[Any, ...]]]:
    """All that the index holds."""
    tables = (Entry, FacetBlock, FacetValue, SoldOut, SoldOutChoice, Word)
    return [
        sorted(map(tuple, db.session.execute(select(*table.__table__.columns)).all()), key=str)
        for table in tables
    ]


def a_mug(colours: tuple[str, ...], **facts: Any) -> Product:
    mug = a_product("Mug", option_names=["Colour"], **facts)
    for colour in colours:
        stocked(a_variant(mug, options=[colour], price=2000), 1)
    return mug


def test_a_product_is_counted_under_all_that_is_said_of_it(database: None) -> None:
    table = a_category("Table")
    cups = a_category("Cups", parent=table)
    a_mug(("Blue", "Sea green"), category=cups, brand="Møller & Søn")
    a_mug(("Blue",), category=table)
    assert offered() == {
        "brand": {"moller-son": 1, "kiln": 1},
        "category": {"table": 2},
        "colour": {"blue": 2, "sea-green": 1},
        "price": {"1": 2},
        "": {"all": 2, "in stock": 2},
    }


def test_what_changes_is_counted_anew(database: None) -> None:
    mug = a_mug(("Blue", "Green"))
    with db.transaction() as session:
        session.execute(
            update(Variant).where(Variant.option_values == ["Green"]).values(option_values=["Red"])
        )
        session.execute(update(Variant).where(Variant.option_values == ["Blue"]).values(archived_at=now()))
        index.refresh(mug.id)
    assert offered()["colour"] == {"red": 1}
    change(mug.id, brand="Tidewater")
    assert offered()["brand"] == {"tidewater": 1}
    change(mug.id, status="draft")
    assert offered() == {"": {"all": 0, "in stock": 0}}


def test_one_refresh_and_a_whole_rebuild_agree(database: None) -> None:
    shelf = a_category("Table")
    mugs = [a_mug(("Blue", "Red"), category=shelf, tags=["gift"]) for _number in range(3)]
    stocked(a_variant(mugs[0], options=["Grey"]), 0)
    change(mugs[1].id, title="Cup", brand="")
    change(mugs[2].id, status="archived")
    rebuilding.count_words()
    one_by_one = everything()
    assert sum(rebuilding.rebuild()) == 2  # In how many blocks depends on the numbers they were given.
    assert everything() == one_by_one


def test_an_index_that_was_lost_is_written_anew(database: None) -> None:
    assert not rebuilding.is_missing()
    a_mug(("Blue",))
    whole = everything()
    with db.transaction() as session:
        for table in (SoldOut, SoldOutChoice, FacetBlock, FacetValue, Word, Entry):
            session.execute(delete(table))
    assert rebuilding.is_missing()
    assert sum(rebuilding.rebuild()) == 1
    assert [len(rows) for rows in everything()] == [len(rows) for rows in whole]
    assert not rebuilding.is_missing()


def test_the_last_unit_sold_is_out_of_stock_at_once(database: None) -> None:
    mug = a_mug(("Blue", "Red"))
    kettle = a_kettle(1)
    first, second = db.session.scalars(select(Variant).where(Variant.product_id == mug.id)).all()
    an_order((first, 1), (kettle, 1))
    assert offered()[""] == {"all": 2, "in stock": 1}
    an_order((second, 1))
    assert offered()[""] == {"all": 2, "in stock": 0}
    with db.transaction():
        stock.set_on_hand(kettle.id, 5, "delivery")
    assert offered()[""] == {"all": 2, "in stock": 1}


def obtainable(colour: str) -> int:
    """How many products can be bought in a colour."""
    return sieve(Choices({"colour": (colour,)}, in_stock=True)).total


def test_the_last_unit_of_a_choice_takes_the_choice_along_and_brings_it_back(database: None) -> None:
    mug = a_mug(("Blue", "Red"))
    blue = db.session.scalars(select(Variant).where(Variant.product_id == mug.id)).first()
    assert blue
    an_order((blue, 1))
    assert (obtainable("blue"), obtainable("red")) == (0, 1)
    with db.transaction():
        stock.set_on_hand(blue.id, 3, "delivery")
    assert (obtainable("blue"), obtainable("red")) == (1, 1)


def test_a_choice_that_is_renamed_or_archived_is_looked_at_again(database: None) -> None:
    mug = a_mug(("Blue", "Red"))
    stocked(a_variant(mug, options=["Grey"]), 0)
    assert (obtainable("grey"), obtainable("blue")) == (0, 1)
    with db.transaction() as session:
        grey = Variant.option_values == ["Grey"]
        session.execute(update(Variant).where(grey).values(option_values=["Ash"], tracked=False))
        session.execute(update(Variant).where(Variant.option_values == ["Blue"]).values(archived_at=now()))
        index.refresh(mug.id)
    assert (obtainable("grey"), obtainable("ash"), obtainable("blue")) == (0, 1, 0)
    assert not db.session.scalars(select(SoldOutChoice.value_id)).all()


def test_words_of_addresses_are_the_same_in_the_database(database: None) -> None:
    words = [word for word in PARAMETERS if word.isalpha()]  # What has a line below is no option's address.
    kept = [db.session.scalar(select(func.option_facet(word))) for word in words]
    assert kept == [f"{word}-option" for word in words]


def test_a_choice_nobody_counts_is_never_sold_out(database: None) -> None:
    wrap = a_product("Gift wrap")
    a_variant(wrap, tracked=False)
    a_variant(a_product("Vase"))
    assert offered()[""] == {"all": 2, "in stock": 1}


def test_archived_units_are_no_units(database: None) -> None:
    vase = a_product("Vase", option_names=["Size"])
    stocked(a_variant(vase, options=["Small"], archived=True), 5)
    a_variant(vase, options=["Large"])
    assert offered()[""] == {"all": 1, "in stock": 0}


def test_an_option_never_takes_over_a_word_of_addresses(database: None) -> None:
    odd = a_product("Poster", option_names=["Price", "★"])
    a_variant(odd, options=["Low", "☾"])
    assert {"price", "price-option"} < offered().keys()
    assert offered(**{"price-option": ("low",)})[""]["all"] == 1


def test_nobody_waits_for_an_index_that_is_rebuilt_elsewhere(database: None) -> None:
    """A change shares its block with other changes; only a rebuild wants it alone."""
    mug = a_mug(("Blue",))
    with db.engine().connect() as other:
        key = {"lock": index.BLOCKS_LOCK, "block": mug.id // 4096}
        other.execute(text("SELECT pg_advisory_xact_lock_shared(:lock, :block)"), key)
        change(mug.id, title="Beaker")
    assert db.session.scalar(select(Entry.title)) == "Beaker"
