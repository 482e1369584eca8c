"""WooCommerce's files: simple products, variations by any kind of parent, and what is refused."""

from pathlib import Path

import pytest

from storefront.catalog.importing.records import MISSING
from tests.catalog.catalog_files import REAL, notes, only, parsed, problems, written

BEANIE = {
    "ID": "7",
    "Type": "simple",
    "SKU": "beanie",
    "Name": "Beanie &amp; bobble",
    "Published": "1",
    "Visibility in catalog": "visible",
    "Short description": "Warm.",
    "Description": "Knitted\\nby hand",
    "Date sale price starts": "",
    "Date sale price ends": "",
    "Tax status": "taxable",
    "Tax class": "",
    "In stock?": "1",
    "Stock": "",
    "Backorders allowed?": "0",
    "Weight (lbs)": "0.5",
    "Sale price": "18",
    "Regular price": "20",
    "Categories": "Clothing > Hats, Winter",
    "Tags": "wool, winter",
    "Images": "https://example.com/a.jpg, https://example.com/b.jpg",
    "Parent": "",
    "Position": "0",
    "Attribute 1 name": "",
    "Attribute 1 value(s)": "",
    "Attribute 2 name": "",
    "Attribute 2 value(s)": "",
}
TEE = BEANIE | {
    "ID": "8",
    "Type": "variable",
    "SKU": "tee",
    "Name": "Tee",
    "Sale price": "",
    "Regular price": "",
    "Attribute 1 name": "Colour",
    "Attribute 1 value(s)": "Blue, Red",
    "Attribute 2 name": "Size",
    "Attribute 2 value(s)": "S, M, L",
    "Images": "https://example.com/tee.jpg",
}
RED = {
    "ID": "9",
    "Type": "variation",
    "SKU": "tee-red-s",
    "Name": "Tee - Red",
    "Tax status": "taxable",
    "Tax class": "parent",
    "In stock?": "1",
    "Stock": "5",
    "Regular price": "12",
    "Parent": "tee",
    "Attribute 1 name": "colour",
    "Attribute 1 value(s)": "Red",
    "Attribute 2 name": "Size",
    "Attribute 2 value(s)": "S",
    "Images": "https://example.com/red.jpg",
    "Position": "2",
}
BLUE = RED | {"ID": "10", "SKU": "tee-blue-s", "Attribute 1 value(s)": "Blue", "Position": "1", "Images": ""}


def test_a_simple_product(tmp_path: Path) -> None:
    beanie = only(parsed(written(tmp_path, [BEANIE])))
    facts, [variant] = beanie.facts, beanie.variants
    assert (beanie.handle, facts.title) == ("beanie-bobble", "Beanie & bobble")
    assert facts.description == "Warm.\n\nKnitted\nby hand"
    assert facts.categories == (("Clothing", "Hats"), ("Winter",))
    assert (facts.status, facts.tax_class, facts.tags) == ("active", "standard", ("wool", "winter"))
    assert (variant.price, variant.compare_at, variant.weight_g) == (1800, 2000, 227)
    assert (variant.tracked, variant.stock, variant.values) == (False, None, ())
    assert beanie.images is not MISSING
    assert [image.source[-5:] for image in beanie.images] == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize("parent", ["tee", "id:8"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_variations_find_their_parent(tmp_path: Path, parent: str, order: tuple[int, ...]) -> None:
    rows = [TEE, RED | {"Parent": parent}, BLUE | {"Parent": parent}]
    found = parsed(written(tmp_path, [BEANIE, *(rows[place] for place in order)]))
    assert problems(found) == []
    tee = found[1].product
    assert tee is not None
    assert tee.option_names == ("Colour", "Size")
    assert [one.values for one in tee.variants] == [("Blue", "S"), ("Red", "S")]
    assert [one.stock for one in tee.variants] == [5, 5]
    assert [one.weight_g for one in tee.variants] == [227, 227]
    assert [one.image for one in tee.variants] == ["", "https://example.com/red.jpg"]


def test_any_size_becomes_one_choice_for_each(tmp_path: Path) -> None:
    any_size = RED | {"SKU": "tee-red", "Attribute 2 value(s)": "", "Stock": ""}
    large = RED | {"ID": "11", "SKU": "special", "Attribute 2 value(s)": "L"}
    found = parsed(written(tmp_path, [TEE, any_size, large]))
    tee = only(found)
    assert problems(found) == []
    assert {one.values: one.sku for one in tee.variants} == {
        ("Red", "S"): "tee-red-s",
        ("Red", "M"): "tee-red-m",
        ("Red", "L"): "special",
    }
    assert "one choice for each value" in str(notes(found))


def test_any_size_with_one_count_stays_one_choice(tmp_path: Path) -> None:
    found = parsed(written(tmp_path, [TEE, RED | {"Attribute 2 value(s)": ""}]))
    assert [(one.values, one.stock) for one in only(found).variants] == [(("Red", "Any"), 5)]
    assert "counted together" in str(notes(found))


def test_any_of_too_many_is_refused(tmp_path: Path) -> None:
    sizes = ", ".join(str(number) for number in range(101))
    rows = [TEE | {"Attribute 2 value(s)": sizes}, RED | {"Attribute 2 value(s)": "", "Stock": ""}]
    assert "more than 100 choices" in problems(parsed(written(tmp_path, rows)))[0][2]


@pytest.mark.parametrize(
    ("stock", "in_stock", "expected"),
    [
        ("", "1", (False, None)),
        ("", "0", (True, 0)),
        ("4", "1", (True, 4)),
        ("0", "1", (True, 0)),
        ("", "backorder", (True, 0)),
        ("", "", (False, None)),
    ],
)
def test_what_counts_as_tracked(
    tmp_path: Path, stock: str, in_stock: str, expected: tuple[bool, int | None]
) -> None:
    [variant] = only(parsed(written(tmp_path, [BEANIE | {"Stock": stock, "In stock?": in_stock}]))).variants
    assert (variant.tracked, variant.stock) == expected


def test_without_a_stock_column_nothing_is_said_about_counting(tmp_path: Path) -> None:
    [variant] = only(parsed(written(tmp_path, [{"SKU": "a", "Name": "A", "Regular price": "2"}]))).variants
    assert variant.tracked is MISSING
    assert variant.compare_at is MISSING


@pytest.mark.parametrize(
    ("starts", "ends", "price", "said"),
    [
        ("", "", 1800, ""),
        ("2026-06-01", "", 1800, "on since 2026-06-01"),
        ("2026-06-01", "2026-06-30", 1800, "does not end by itself"),
        ("2026-07-01 00:00:00", "", 2000, "not used before 2026-07-01"),
        ("", "2026-06-14", 2000, "over on 2026-06-14"),
    ],
)
def test_sale_dates(tmp_path: Path, starts: str, ends: str, price: int, said: str) -> None:
    dates = {"Date sale price starts": starts, "Date sale price ends": ends}
    found = parsed(written(tmp_path, [BEANIE | dates]))
    [variant] = only(found).variants
    assert (variant.price, variant.compare_at) == (price, 2000 if price == 1800 else None)
    assert said in str(notes(found))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Tax class": "reduced-rate"}, "reduced"),
        ({"Tax class": "Zero rate"}, "zero"),
        ({"Tax status": "none"}, "zero"),
        ({"Tax status": "shipping"}, "zero"),
    ],
)
def test_tax_classes(tmp_path: Path, change: dict[str, str], expected: str) -> None:
    assert only(parsed(written(tmp_path, [BEANIE | change]))).facts.tax_class == expected


def test_a_tax_status_alone_says_only_taxable(tmp_path: Path) -> None:
    row = {name: BEANIE[name] for name in ("SKU", "Name", "Tax status", "Regular price")}
    assert only(parsed(written(tmp_path, [row]))).facts.tax_class == "taxable"


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"Type": "grouped"}, "Type", "grouped products are not sold here"),
        ({"Type": "external"}, "Type", "external products are sold elsewhere"),
        ({"Type": "simple, downloadable, virtual"}, "Type", "downloads cannot"),
        ({"Type": "bundle"}, "Type", '"bundle" is a kind of product'),
        ({"Name": ""}, "Name", "is blank"),
        ({"Regular price": ""}, "Regular price", "is blank"),
        ({"Regular price": "1e400"}, "Regular price", "not a plain number"),
        ({"Sale price": "-2"}, "Sale price", "below zero"),
        ({"Date sale price ends": "tomorrow"}, "Date sale price ends", "not a date"),
        ({"Tax status": "odd"}, "Tax status", "none of taxable"),
        ({"Tax class": "luxury"}, "Tax class", "none of standard"),
        ({"Stock": "many"}, "Stock", "not a plain number"),
        ({"Stock": "-1"}, "Stock", "below zero"),
        ({"Stock": "1", "Backorders allowed?": "often"}, "Backorders allowed?", "none of 1"),
        ({"In stock?": "often"}, "In stock?", "neither"),
        ({"Weight (lbs)": "heavy"}, "Weight (lbs)", "not a plain number"),
        ({"Published": "perhaps"}, "Published", "none of 1"),
        ({"Visibility in catalog": "fog"}, "Visibility in catalog", "none of visible"),
        ({"Images": "javascript:x"}, "Images", "neither an http"),
        ({"Categories": "x" * 201}, "Categories", "longer than 200"),
        ({"Type": "variation"}, "Parent", "no row of this file"),
    ],
)
def test_a_bad_row_is_refused_and_the_next_one_is_not(
    tmp_path: Path, change: dict[str, str], column: str, reason: str
) -> None:
    scarf = BEANIE | {"ID": "70", "SKU": "scarf", "Name": "Scarf"}
    found = parsed(written(tmp_path, [BEANIE | change, scarf]))
    assert [(row, name) for row, name, _ in problems(found)] == [(2, column)]
    assert reason in problems(found)[0][2]
    assert [one.product.facts.title for one in found if one.product and one.product.facts.title] == ["Scarf"]


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"Stock": "parent"}, "Stock", "counted for all choices together"),
        ({"Published": "0"}, "Published", "switched off"),
        ({"Tax class": "zero-rate"}, "Tax class", "share one tax class"),
        ({"Type": "variation, downloadable"}, "Type", "downloads"),
        ({"Parent": "nobody"}, "Parent", 'no row of this file is "nobody"'),
        ({"Regular price": ""}, "Regular price", "is blank"),
    ],
)
def test_a_bad_variation_leaves_its_sisters(
    tmp_path: Path, change: dict[str, str], column: str, reason: str
) -> None:
    found = parsed(written(tmp_path, [TEE, RED | change, BLUE]))
    assert [(row, name) for row, name, _ in problems(found)] == [(3, column)]
    assert reason in problems(found)[0][2]
    assert found[0].product is not None
    assert [one.sku for one in found[0].product.variants] == ["tee-blue-s"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"Visibility in catalog": "hidden"}, "hidden products are drafts here"),
        ({"Visibility in catalog": "search"}, "in lists and in search alike"),
        ({"Type": "simple, virtual"}, "virtual products are sold like goods"),
        ({"Stock": "3", "Backorders allowed?": "notify"}, "does not sell what it does not have"),
        ({"In stock?": "backorder"}, "on backorder"),
        ({"Sale price": "25"}, "not below the regular price"),
        ({"Attribute 1 name": "Colour", "Attribute 1 value(s)": "Red"}, '"Colour: Red" is no choice'),
    ],
)
def test_what_is_taken_otherwise_is_said(tmp_path: Path, change: dict[str, str], said: str) -> None:
    found = parsed(written(tmp_path, [BEANIE | change]))
    assert problems(found) == []
    assert said in str(notes(found))


def test_four_options_are_too_many(tmp_path: Path) -> None:
    more = {f"Attribute {n} name": f"A{n}" for n in (3, 4)} | {f"Attribute {n} value(s)": "x" for n in (3, 4)}
    found = parsed(written(tmp_path, [TEE | more, RED | more]))
    assert (2, "Type") in {(row, column) for row, column, _ in problems(found)}


def test_variations_of_a_simple_product_make_no_sense(tmp_path: Path) -> None:
    found = parsed(written(tmp_path, [TEE | {"Type": "simple", "Regular price": "3"}, RED]))
    assert ("Type", "has variations, but is not variable") in {(c, r) for _, c, r in problems(found)}


def test_the_sample_is_read_whole() -> None:
    path = REAL / "woocommerce-sample.csv"
    if not path.exists():
        pytest.skip("the sample catalogs are not here")
    found = parsed(path)
    assert [(row, column) for row, column, _ in problems(found)] == [
        (10, "Type"),
        (11, "Type"),
        (17, "Type"),
        (18, "Type"),
    ]
    variants = {one.product.handle: len(one.product.variants) for one in found if one.product}
    assert variants["t-shirt"] == 9
    assert variants["hoodie"] == 6
