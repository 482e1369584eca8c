"""The choices of an imported product: which one a row means, what it may become, and its SKU."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from storefront.catalog.models import Variant
from storefront.platform import clock, db
from tests.catalog.importing_files import (
    LARGE,
    SMALL,
    changes,
    outcomes,
    refusals,
    rows,
    variants,
)
from tests.catalog.test_import_shopify import KETTLE

pytestmark = pytest.mark.usefixtures("database")


def test_new_choices_are_added_and_absent_ones_stay(tmp_path: Path) -> None:
    rows(tmp_path, SMALL)
    lines = rows(tmp_path, SMALL | {"Option1 Value": "M", "Variant SKU": "K-M"}, LARGE)
    assert outcomes(lines) == ["new", "new"]
    assert list(variants("kettle")) == [("S",), ("M",), ("L",)]


def test_a_blank_sku_is_the_same_each_time(tmp_path: Path) -> None:
    small, large = SMALL | {"Variant SKU": ""}, LARGE | {"Variant SKU": ""}
    rows(tmp_path, small, large)
    assert {sku for sku, *_ in variants("kettle").values()} == {"kettle-s", "kettle-l"}
    assert outcomes(rows(tmp_path, small, large)) == ["unchanged", "unchanged"]


def test_a_blank_sku_keeps_the_one_the_merchant_gave(tmp_path: Path) -> None:
    rows(tmp_path, SMALL)
    assert outcomes(rows(tmp_path, SMALL | {"Variant SKU": ""})) == ["unchanged"]
    assert variants("kettle")[("S",)][0] == "K-S"


def test_choices_may_swap_their_values(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    lines = rows(tmp_path, SMALL | {"Option1 Value": "L"}, LARGE | {"Option1 Value": "S"})
    assert changes(lines) == ["choice: S → L", "choice: L → S"]
    assert variants("kettle")[("L",)][0] == "K-S"


def test_a_sku_may_move_to_another_product_of_the_file(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    pot = KETTLE | {"Handle": "pot", "Title": "Pot"}
    lines = rows(tmp_path, KETTLE | {"Variant SKU": "K-2"}, pot)
    assert outcomes(lines) == ["changed", "new"]
    assert variants("pot")[()][0] == "K-1"


def test_options_may_be_added_when_every_choice_is_named(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    lines = rows(tmp_path, SMALL | {"Variant SKU": "K-1"}, LARGE)
    assert "options: (blank) → Size" in changes(lines)
    assert list(variants("kettle")) == [("S",), ("L",)]
    colour = {"Option2 Name": "Colour", "Option2 Value": "Red"}
    [(row, _, reason)] = refusals(rows(tmp_path, SMALL | {"Variant SKU": "K-1"} | colour))
    assert row == 2
    assert "does not say what becomes of K-L" in reason


def test_skus_are_used_once(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    lines = rows(
        tmp_path,
        KETTLE | {"Handle": "pot", "Title": "Pot"},
        KETTLE | {"Handle": "pan", "Title": "Pan", "Variant SKU": "P"},
        KETTLE | {"Handle": "wok", "Title": "Wok", "Variant SKU": "P"},
        SMALL | {"Handle": "jug", "Variant SKU": "J"},
        LARGE | {"Handle": "jug", "Variant SKU": "J"},
        LARGE | {"Handle": "jug", "Variant SKU": "J2", "Option1 Value": "s"},
    )
    assert refusals(lines) == [
        (2, "Variant SKU", '"K-1" belongs to the product "kettle"'),
        (4, "Variant SKU", '"P" is used by row 3'),
        (6, "Variant SKU", '"J" is used by row 5'),
        (7, "Option1 Value", "is the same choice as row 5"),
    ]
    assert list(variants("jug")) == [("S",)]


def test_a_choice_that_another_sku_already_is(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    lines = rows(tmp_path, SMALL | {"Option1 Value": "L"})
    assert refusals(lines) == [(2, "Option1 Value", 'is the choice of "K-L" already')]


def test_more_than_a_hundred_choices(tmp_path: Path) -> None:
    many = [LARGE | {"Variant SKU": f"K-{number}", "Option1 Value": str(number)} for number in range(102)]
    lines = rows(tmp_path, SMALL, *many)
    assert [row for row, _, _ in refusals(lines)] == [102, 103, 104]
    assert len(variants("kettle")) == 100


def test_a_withdrawn_choice_stays_withdrawn(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    with db.transaction() as session:
        session.execute(update(Variant).where(Variant.sku == "K-L").values(archived_at=clock.now()))
    lines = rows(tmp_path, SMALL, LARGE)
    assert "no longer sold here" in str(lines[1])
    assert db.session.scalar(select(Variant.archived_at).where(Variant.sku == "K-L")) is not None


def test_a_new_choice_needs_a_price(tmp_path: Path) -> None:
    lines = rows(tmp_path, {"Handle": "pot", "Title": "Pot", "Variant SKU": "P"})
    assert refusals(lines) == [(2, "price", "is missing, and the choice is new to the shop")]
    [(_, column, reason)] = refusals(rows(tmp_path, {"Handle": "pot", "Title": "Pot"}))
    assert (column, "says what is sold" in reason) == ("the row", True)


def test_a_row_that_does_not_say_which_choice_it_means(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    lines = rows(tmp_path, {"Handle": "kettle", "Title": "Kettle", "Variant Price": "1"})
    assert refusals(lines) == [(2, "sku", "nothing tells which of the product's choices this is")]
    lines = rows(tmp_path, dict.fromkeys(SMALL, "") | LARGE | {"Option2 Value": "Red"})
    assert refusals(lines) == [(2, "Option1 Value", "has 2 values for 1 options")]
