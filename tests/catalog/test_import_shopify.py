"""Shopify's files, both dialects: what each row becomes, and what is said of it."""

from pathlib import Path

import pytest

from storefront.catalog.importing.records import MISSING
from tests.catalog.catalog_files import FILES, REAL, notes, only, parsed, problems, written

KETTLE = {
    "Handle": "kettle",
    "Title": "Kettle",
    "Body (HTML)": "<p>Boils <em>quickly</em>.</p>",
    "Vendor": "Northern Works",
    "Type": "Kitchen",
    "Tags": "steel, tea",
    "Published": "true",
    "Option1 Name": "Title",
    "Option1 Value": "Default Title",
    "Variant SKU": "K-1",
    "Variant Grams": "900",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "7",
    "Variant Inventory Policy": "deny",
    "Variant Price": "39.90",
    "Variant Compare At Price": "49.90",
    "Variant Taxable": "true",
    "Variant Barcode": "4006381333931",
    "Image Src": "https://example.com/kettle.jpg",
    "Image Position": "1",
    "Image Alt Text": "A kettle",
}


def test_one_row_is_one_product(tmp_path: Path) -> None:
    kettle = only(parsed(written(tmp_path, [KETTLE])))
    facts, [variant], images = kettle.facts, kettle.variants, kettle.images
    assert (kettle.handle, facts.title, facts.brand) == ("kettle", "Kettle", "Northern Works")
    assert facts.description == "Boils *quickly*."
    assert (facts.tags, facts.categories) == (("steel", "tea"), (("Kitchen",),))
    assert (facts.status, facts.tax_class) == ("active", "taxable")
    assert (variant.sku, variant.values, variant.price, variant.compare_at) == ("K-1", (), 3990, 4990)
    assert (variant.weight_g, variant.tracked, variant.stock) == (900, True, 7)
    assert images is not MISSING
    assert [(one.source, one.alt) for one in images] == [("https://example.com/kettle.jpg", "A kettle")]


def test_a_missing_column_is_not_a_blank_one(tmp_path: Path) -> None:
    path = written(tmp_path, [{"Handle": "kettle", "Title": "Kettle", "Vendor": "", "Variant Price": "9"}])
    kettle = only(parsed(path))
    assert kettle.facts.brand == ""
    assert kettle.facts.tags is MISSING
    assert kettle.facts.status is MISSING
    assert kettle.images is MISSING
    assert kettle.variants[0].tracked is MISSING
    assert kettle.variants[0].compare_at is MISSING


def test_the_current_template_is_understood() -> None:
    found = parsed(FILES / "shopify-current.csv")
    assert problems(found) == []
    lamp, mug = (one.product for one in found)
    assert lamp is not None
    assert mug is not None
    assert lamp.option_names == ("Colour", "Size")
    assert [one.values for one in lamp.variants] == [("Teal", "S"), ("Teal", "L"), ("Rust", "S")]
    assert [one.weight_g for one in lamp.variants] == [1200, 1900, 1200]
    assert [one.stock for one in lamp.variants] == [4, 0, 2]
    assert lamp.variants[2].image == "https://example.com/rust.jpg"
    assert lamp.images is not MISSING
    assert [one.source.rsplit("/", 1)[1] for one in lamp.images] == ["teal.jpg", "detail.jpg", "rust.jpg"]
    assert (lamp.facts.status, mug.facts.status) == ("active", "draft")
    assert (mug.facts.categories, mug.facts.tax_class) == ((("Home", "Mugs"),), "zero")
    assert "Continue selling when out of stock: this shop" in str(notes(found))


def test_rows_of_one_handle_meet_wherever_they_stand(tmp_path: Path) -> None:
    size = {"Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "K-S"}
    later = {"Handle": "kettle", "Option1 Value": "L", "Variant Price": "45", "Variant SKU": "K-L"}
    found = parsed(written(tmp_path, [KETTLE | size, KETTLE | {"Handle": "pot"}, later]))
    assert problems(found) == []
    assert [one.row for one in found[0].product.variants] == [2, 4] if found[0].product else False


def test_image_rows_and_spellings(tmp_path: Path) -> None:
    rows = [
        KETTLE | {"Option1 Name": "Color", "Option1 Value": "Teal", "Image Position": "2"},
        {"Handle": "kettle", "Image Src": "https://example.com/b.jpg", "Image Position": "1"},
        {"Handle": "kettle", "Option1 Name": "colour", "Option1 Value": "Rust", "Variant Price": "1"},
        {"Handle": "kettle", "Image Src": "https://example.com/kettle.jpg", "Image Position": "3"},
    ]
    found = parsed(written(tmp_path, rows))
    kettle = only(found)
    assert problems(found) == []
    assert kettle.option_names == ("Color",)
    assert [one.values for one in kettle.variants] == [("Teal",), ("Rust",)]
    assert kettle.images is not MISSING
    assert [one.source for one in kettle.images] == [
        "https://example.com/b.jpg",
        "https://example.com/kettle.jpg",
    ]
    assert (4, 'Option1 Name: "colour" is taken as "Color" of the first row') in notes(found)


def test_a_refused_first_row_leaves_the_others_without_facts(tmp_path: Path) -> None:
    rows = [
        KETTLE | {"Option1 Name": "Size", "Option1 Value": "S", "Variant Price": "free"},
        {"Handle": "kettle", "Option1 Value": "L", "Variant Price": "45"},
    ]
    found = parsed(written(tmp_path, rows))
    rest = only(found)
    assert [row for row, _, _ in problems(found)] == [2]
    assert rest.facts.title is MISSING
    assert rest.option_names is MISSING
    assert [one.values for one in rest.variants] == [("L",)]


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"Title": ""}, "Title", "is blank"),
        ({"Title": "x" * 201}, "Title", "longer than 200"),
        ({"Title": "a\0b"}, "Title", "U+0000"),
        ({"Variant Price": ""}, "Variant Price", "is blank"),
        ({"Variant Price": "1e400"}, "Variant Price", "not a plain number"),
        ({"Variant Price": "-1"}, "Variant Price", "below zero"),
        ({"Variant Price": "0.10"}, "Variant Price", "lowest price"),
        ({"Variant Compare At Price": "x"}, "Variant Compare At Price", "not a plain number"),
        ({"Variant Inventory Qty": "-3"}, "Variant Inventory Qty", "below zero"),
        ({"Variant Inventory Qty": "2.5"}, "Variant Inventory Qty", "whole"),
        ({"Variant Inventory Policy": "maybe"}, "Variant Inventory Policy", "neither"),
        ({"Variant Grams": "heavy"}, "Variant Grams", "not a plain number"),
        ({"Variant Taxable": "perhaps"}, "Variant Taxable", "neither true nor false"),
        ({"Variant Requires Shipping": "perhaps"}, "Variant Requires Shipping", "neither"),
        ({"Published": "2"}, "Published", "neither"),
        ({"Status": "sleeping"}, "Status", "none of active"),
        ({"Gift Card": "true"}, "Gift Card", "gift cards"),
        ({"Image Src": "javascript:x"}, "Image Src", "neither an http"),
        ({"Image Position": "first"}, "Image Position", "not a plain number"),
        ({"Variant SKU": "S" * 101}, "Variant SKU", "longer than 100"),
        ({"Tags": "x" * 101}, "Tags", "longer than 100"),
        ({"Type": "x" * 201}, "Type", "longer than 200"),
        ({"Body (HTML)": "x" * 60_000}, "Body (HTML)", "longer than 50000"),
        ({"Option2 Name": "Size", "Option2 Value": ""}, "Option2 Value", "is blank"),
        ({"Option2 Name": "", "Option2 Value": "S"}, "Option2 Name", "is blank, but there are values"),
        ({"Option2 Name": "title", "Option2 Value": "b"}, "Option2 Name", "name of option 1 already"),
    ],
)
def test_a_bad_cell_refuses_its_row_and_says_why(
    tmp_path: Path, change: dict[str, str], column: str, reason: str
) -> None:
    found = parsed(written(tmp_path, [KETTLE | change, KETTLE | {"Handle": "pot", "Variant SKU": "P-1"}]))
    assert [(row, name) for row, name, _ in problems(found)] == [(2, column)]
    assert reason in problems(found)[0][2]
    assert found[-1].product is not None
    assert found[-1].product.handle == "pot"


def test_without_handle_and_title_there_is_no_telling_what_it_is(tmp_path: Path) -> None:
    found = parsed(written(tmp_path, [KETTLE | {"Handle": "", "Title": ""}]))
    assert found[0].product is None
    assert [column for _, column, _ in problems(found)] == ["Handle", "Title"]


def test_every_bad_cell_of_a_row_is_named(tmp_path: Path) -> None:
    bad = KETTLE | {"Title": "", "Variant Price": "x", "Variant Grams": "y", "Published": "z"}
    found = parsed(written(tmp_path, [bad]))
    assert {column for _, column, _ in problems(found)} == {
        "Title",
        "Variant Price",
        "Variant Grams",
        "Published",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Handle": "Fast Kettle"}, 'so "fast-kettle" is made from "Fast Kettle"'),
        ({"Handle": ""}, 'is blank, so "kettle" is made from "Kettle"'),
        ({"Variant Inventory Policy": "continue"}, "does not sell what it does not have"),
        ({"Variant Inventory Tracker": "shipwire"}, 'instead of by "shipwire"'),
        ({"Variant Inventory Tracker": ""}, "always available"),
        ({"Variant Compare At Price": "39.90"}, "not above the price"),
        ({"Variant Requires Shipping": "false"}, "like goods"),
        ({"Status": "unlisted"}, "drafts here"),
        ({"Product Category": "Home > Kettles"}, "not used, because the type"),
    ],
)
def test_what_is_taken_otherwise_is_said(tmp_path: Path, change: dict[str, str], said: str) -> None:
    found = parsed(written(tmp_path, [KETTLE | change]))
    assert problems(found) == []
    assert said in str(notes(found))


def test_a_blank_tracker_means_always_available_even_below_zero(tmp_path: Path) -> None:
    path = written(tmp_path, [KETTLE | {"Variant Inventory Tracker": "", "Variant Inventory Qty": "-3"}])
    [variant] = only(parsed(path)).variants
    assert (variant.tracked, variant.stock) == (False, None)


def test_a_zero_compare_at_price_is_none(tmp_path: Path) -> None:
    found = parsed(written(tmp_path, [KETTLE | {"Variant Compare At Price": "0.00"}]))
    assert only(found).variants[0].compare_at is None
    assert notes(found) == []


def test_one_tax_class_for_all_choices(tmp_path: Path) -> None:
    rows = [
        KETTLE | {"Option1 Name": "Size", "Option1 Value": "S"},
        {"Handle": "kettle", "Option1 Value": "M", "Variant Price": "1"},
        {"Handle": "kettle", "Option1 Value": "L", "Variant Price": "1", "Variant Taxable": "false"},
    ]
    assert [(row, column) for row, column, _ in problems(parsed(written(tmp_path, rows)))] == [
        (4, "Variant Taxable")
    ]


def test_a_row_with_nothing_on_it_is_refused(tmp_path: Path) -> None:
    found = parsed(written(tmp_path, [KETTLE, {"Handle": "kettle"}]))
    assert problems(found) == [(3, "Variant Price", "the row holds neither a choice nor a picture")]


def test_the_sample_store_is_read_whole() -> None:
    path = REAL / "shopify-apparel.csv"
    if not path.exists():
        pytest.skip("the sample catalogs are not here")
    found = parsed(path)
    assert problems(found) == []
    assert len(found) == 20
    assert sum(len(one.product.variants) for one in found if one.product) == 22
    assert all(not v.tracked for one in found if one.product for v in one.product.variants)
