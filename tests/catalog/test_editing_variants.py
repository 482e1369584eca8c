"""Options become choices, choices are written, priced, put away and brought back."""

from collections.abc import Iterator

import pytest

from storefront.catalog.actions import edit_product
from storefront.catalog.refusals import BadWish, NotDeletable, Stale, Taken
from storefront.catalog.variants import actions
from storefront.catalog.variants.actions import SetOptions, SetPrice
from storefront.catalog.variants.matrix import Known, Option, matrix
from storefront.catalog.variants.refusals import PriceMoved, StillPromised
from storefront.catalog.wanted import EditProduct, EditVariants, VariantFacts
from storefront.inventory import queries as stock
from storefront.platform.acting import acting_as
from storefront.platform.errors import NotFound
from tests.catalog.editing import CHARLIE, a_choice, a_jug, facts, price, product, troubles, variants
from tests.inspecting import InspectingClient
from tests.shopping import an_order

COLOUR = Option("Colour", ("Blue", "Green"))
SIZE = Option("Size", ("S", "L"))


@pytest.fixture(autouse=True)
def _charlie(database: None) -> Iterator[None]:
    with acting_as(CHARLIE, "request-1"):
        yield
        assert troubles() == []


def test_every_combination_is_a_choice() -> None:
    made = matrix((), (COLOUR, SIZE), [])
    assert made.new == [("Blue", "S"), ("Blue", "L"), ("Green", "S"), ("Green", "L")]


def test_what_is_there_stands_for_the_first_value_of_a_new_option() -> None:
    made = matrix(("Colour",), (COLOUR, SIZE), [Known(1, ("Blue",)), Known(2, ("Green",))])
    assert made.moved == {1: ("Blue", "S"), 2: ("Green", "S")}
    assert (made.new, made.archived) == ([("Blue", "L"), ("Green", "L")], [])


def test_with_an_option_less_the_first_of_each_stays() -> None:
    known = [Known(n, values) for n, values in enumerate([("Blue", "S"), ("Blue", "L"), ("Green", "L")], 1)]
    made = matrix(("Colour", "Size"), (COLOUR,), known)
    assert (made.moved, made.archived, made.new) == ({1: ("Blue",), 3: ("Green",)}, [2], [])


def test_options_are_known_by_their_names_and_a_new_name_is_no_new_option() -> None:
    known = [Known(1, ("Blue", "S"))]
    turned = matrix(("Colour", "Size"), (Option("Size", ("S",)), Option("Colour", ("Blue",))), known)
    assert turned.moved == {1: ("S", "Blue")}
    renamed = matrix(("Colour",), (Option("Glaze", ("Blue",)),), [Known(1, ("Blue",))])
    assert (renamed.moved, renamed.new, renamed.archived) == ({}, [], [])


def test_a_value_that_comes_back_brings_its_variant_back() -> None:
    known = [Known(1, ("Blue",)), Known(2, ("Green",), archived=True)]
    made = matrix(("Colour",), (COLOUR,), known)
    assert (made.restored, made.new) == ([2], [])


def options(product_id: int, *wanted: Option, version: int | None = None) -> int:
    seen = product(product_id).version if version is None else version
    return actions.set_options(product_id, SetOptions(seen, wanted, VariantFacts(price=2400)))


def test_options_come_go_and_come_back(client: InspectingClient) -> None:
    jug = a_jug(a_choice(sku="J-1", on_hand=4))
    options(jug.id, COLOUR)
    blue, green = variants(jug.id)
    assert (blue.sku, blue.option_values, green.option_values) == ("J-1", ["Blue"], ["Green"])
    assert stock.available([blue.id]) == {blue.id: 4}
    options(jug.id, Option("Colour", ("Blue",)))
    assert [one.archived_at is not None for one in variants(jug.id)] == [False, True]
    options(jug.id, Option("Colour", ("Green", "Blue")))
    assert [(one.id, one.archived_at) for one in variants(jug.id)] == [(green.id, None), (blue.id, None)]
    assert "Green" in client.get("/products/jug").text


def test_options_can_change_their_order() -> None:
    jug = a_jug(a_choice("A", "B"), a_choice("B", "A"), options=("Left", "Right"))
    first = variants(jug.id)[0]
    options(jug.id, Option("Right", ("A", "B")), Option("Left", ("A", "B")))
    assert next(one for one in variants(jug.id) if one.id == first.id).option_values == ["B", "A"]


@pytest.mark.parametrize(
    "wanted",
    [
        (Option("", ("A",)),),
        (Option("Size", ()),),
        (Option("Size", ("A", "")),),
        (Option("Size", ("A", "A")),),
        (Option("Size", ("A",)), Option("size", ("B",))),
        tuple(Option(name, ("A",)) for name in "abcd"),
        (Option("Size", tuple(map(str, range(101)))),),
    ],
)
def test_options_that_cannot_be_are_refused(wanted: tuple[Option, ...]) -> None:
    jug = a_jug()
    with pytest.raises(BadWish):
        options(jug.id, *wanted)


def test_the_whole_matrix_is_written_at_once() -> None:
    jug = a_jug(a_choice("Blue"), a_choice("Green"), options=("Colour",))
    blue, green = variants(jug.id)
    wish = {
        blue.id: VariantFacts(price=2600, compare_at=3000, sku=green.sku, barcode="42", weight_g=800),
        green.id: VariantFacts(price=2000, sku=blue.sku, tracked=False),
    }
    assert actions.edit_variants(jug.id, EditVariants(1, wish)) == 2
    new_blue, new_green = variants(jug.id)
    assert (new_blue.sku, new_blue.barcode, new_blue.weight_g) == (green.sku, "42", 800)
    assert (price(new_blue), price(new_green)) == ((2600, 3000), (2000, None))
    assert (new_green.tracked, stock.available([green.id])) == (False, {})
    assert product(jug.id).price_from == 2000
    assert actions.edit_variants(jug.id, EditVariants(2, wish)) == 2
    again = {green.id: VariantFacts(price=2000)}
    actions.edit_variants(jug.id, EditVariants(2, again))
    assert stock.available([green.id]) == {green.id: 0}


def test_choices_can_swap_their_values() -> None:
    jug = a_jug(a_choice("Blue"), a_choice("Green"), options=("Colour",))
    blue, green = variants(jug.id)
    swapped = {
        blue.id: VariantFacts(price=1, values=("Green",)),
        green.id: VariantFacts(price=1, values=("Blue",)),
    }
    actions.edit_variants(jug.id, EditVariants(1, swapped))
    assert [one.option_values for one in variants(jug.id)] == [["Green"], ["Blue"]]


@pytest.mark.parametrize(
    "wish", [VariantFacts(price=2600, compare_at=2600), VariantFacts(price=1, values=("Blue", "S"))]
)
def test_a_choice_that_cannot_be_is_refused(wish: VariantFacts) -> None:
    jug = a_jug(a_choice("Blue"), options=("Colour",))
    with pytest.raises(BadWish):
        actions.edit_variants(jug.id, EditVariants(1, {variants(jug.id)[0].id: wish}))


def test_another_products_choices_cannot_be_written() -> None:
    jug, vase = a_jug(), a_jug(title="Vase")
    with pytest.raises(NotFound):
        actions.edit_variants(jug.id, EditVariants(1, {variants(vase.id)[0].id: VariantFacts(price=1)}))


def test_a_sku_of_another_product_is_refused() -> None:
    jug, vase = a_jug(), a_jug(title="Vase")
    taken = {variants(jug.id)[0].id: VariantFacts(price=1, sku=variants(vase.id)[0].sku)}
    with pytest.raises(Taken):
        actions.edit_variants(jug.id, EditVariants(1, taken))


def test_who_saw_an_older_product_writes_no_choices() -> None:
    jug = a_jug()
    edit_product(jug.id, EditProduct(1, facts("Jug", slug="jug", brand="Kiln")))
    with pytest.raises(Stale):
        actions.edit_variants(jug.id, EditVariants(1, {variants(jug.id)[0].id: VariantFacts(price=1)}))
    with pytest.raises(Stale):
        options(jug.id, COLOUR, version=1)


def test_what_orders_hold_stays_counted() -> None:
    jug = a_jug(a_choice(on_hand=3))
    an_order((variants(jug.id)[0], 1))
    with acting_as(CHARLIE), pytest.raises(StillPromised):
        actions.edit_variants(
            jug.id, EditVariants(1, {variants(jug.id)[0].id: VariantFacts(price=1, tracked=False)})
        )


def test_a_price_is_changed_only_by_who_saw_it() -> None:
    jug = a_jug(a_choice(price=2400))
    variant = variants(jug.id)[0]
    assert actions.set_price(variant.id, SetPrice(2400, 2600)) == 2
    with pytest.raises(PriceMoved) as refused:
        actions.set_price(variant.id, SetPrice(2400, 2500))
    assert "€26.00" in refused.value.message()
    assert actions.set_price(variant.id, SetPrice(2600, 2600)) == 2
    assert product(jug.id).price_from == 2600


def test_choices_are_added_put_away_ordered_and_brought_back() -> None:
    jug = a_jug(a_choice("Blue"), options=("Colour",))
    (added,) = actions.add_variants(jug.id, [a_choice("Green", price=1000, on_hand=2)], 1)
    assert product(jug.id).price_from == 1000
    actions.archive_variant(added)
    assert product(jug.id).price_from == 2400
    assert actions.archive_variant(added) == product(jug.id).version
    actions.restore_variant(added)
    actions.reorder_variants(jug.id, [added])
    assert variants(jug.id)[0].id == added
    with pytest.raises(NotFound):
        actions.reorder_variants(jug.id, [12345])
    with pytest.raises(NotDeletable):
        actions.delete_variant(added)
    with pytest.raises(BadWish):
        actions.add_variants(jug.id, [a_choice("Red", "S")])
    with pytest.raises(Taken):
        actions.add_variants(jug.id, [a_choice("Blue")])


def test_a_choice_that_was_a_slip_can_be_deleted() -> None:
    jug = a_jug(a_choice("Blue"), a_choice("Grene"), options=("Colour",))
    actions.delete_variant(variants(jug.id)[1].id)
    assert [one.option_values for one in variants(jug.id)] == [["Blue"]]
    with pytest.raises(NotFound):
        actions.delete_variant(12345)
