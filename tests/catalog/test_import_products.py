"""Importing into a shop: what is new, what changes, what stays, and that the rehearsal foretells it."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from storefront.catalog.models import Category, FormerSlug, Image, Product, Variant, shelf_places
from storefront.inventory import stock
from storefront.inventory.models import Stock, StockMovement
from storefront.platform import clock, db
from storefront.platform.events import Event
from tests.catalog.catalog_files import REAL
from tests.catalog.importing_files import (
    both,
    changes,
    everything,
    imported,
    outcomes,
    product,
    refusals,
    rows,
    variants,
)
from tests.catalog.test_import_shopify import KETTLE

pytestmark = pytest.mark.usefixtures("database")

SMALL = KETTLE | {"Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "K-S"}
LARGE = {
    "Handle": "kettle",
    "Option1 Value": "L",
    "Variant SKU": "K-L",
    "Variant Price": "59",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "2",
}


def test_a_new_product_can_be_sold(tmp_path: Path) -> None:
    assert outcomes(rows(tmp_path, SMALL, LARGE)) == ["new", "new"]
    kettle = product("kettle")
    assert (kettle.title, kettle.status, kettle.tax_class) == ("Kettle", "active", "standard")
    assert (kettle.option_names, kettle.tags) == (["Size"], ["steel", "tea"])
    assert kettle.price_from == 3990
    assert kettle.published_at is not None
    assert variants("kettle") == {("S",): ("K-S", 3990, 4990, 7), ("L",): ("K-L", 5900, None, 2)}
    movements = db.session.scalars(select(StockMovement).order_by(StockMovement.id)).all()
    assert [(one.quantity, one.reason) for one in movements] == [(7, "import"), (2, "import")]
    [image] = db.session.scalars(select(Image)).all()
    assert (image.source, image.alt) == ("https://example.com/kettle.jpg", "A kettle")
    [event] = db.session.scalars(select(Event)).all()
    assert (event.name, event.subject) == ("product.created", f"product:{kettle.id}")


def test_a_second_run_changes_nothing_also_after_sales(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    with db.transaction() as session:
        session.execute(update(Stock).values(on_hand=1, reserved=1))
    before = everything()
    assert outcomes(rows(tmp_path, SMALL, LARGE)) == ["unchanged", "unchanged"]
    assert everything() == before


def test_what_differs_is_changed_and_said(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    version = product("kettle").version
    new = {
        "Title": "Electric kettle",
        "Tags": "steel",
        "Vendor": "",
        "Type": "Home",
        "Variant Price": "41.00",
        "Variant Compare At Price": "",
        "Variant Grams": "950",
        "Variant Barcode": "",
        "Image Alt Text": "Steel kettle",
        "Variant Taxable": "false",
    }
    lines = rows(tmp_path, SMALL | new, LARGE | {"Option1 Value": "XL"})
    assert outcomes(lines) == ["changed", "changed"]
    assert changes(lines) == [
        "title: Kettle → Electric kettle",
        "brand: Northern Works → (blank)",
        "tags: steel, tea → steel",
        "tax class: standard → zero",
        "shelves: Kitchen → Home",
        "barcode: 4006381333931 → (blank)",
        "weight: 900 g → 950 g",
        "price: 39.90 → 41.00",
        "compare-at price: 49.90 → (blank)",
        "picture text: A kettle → Steel kettle",
        "choice: L → XL",
    ]
    assert product("kettle").title == "Electric kettle"
    assert product("kettle").version == version + 1
    assert product("kettle").price_from == 4100
    assert variants("kettle") == {("S",): ("K-S", 4100, None, 7), ("XL",): ("K-L", 5900, None, 2)}


def test_a_missing_column_leaves_data_alone(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    lines = rows(tmp_path, {"Handle": "kettle", "Title": "Pot"})
    assert changes(lines) == ["title: Kettle → Pot"]
    assert product("kettle").brand == "Northern Works"
    assert len(variants("kettle")) == 2


def test_a_taxable_product_keeps_the_class_the_merchant_gave_it(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    with db.transaction() as session:
        session.execute(update(Product).values(tax_class="reduced"))
    assert outcomes(rows(tmp_path, KETTLE)) == ["unchanged"]
    assert product("kettle").tax_class == "reduced"


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


def test_stock_of_known_choices_is_taken_only_when_asked(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    recounted = KETTLE | {"Variant Inventory Qty": "12"}
    assert outcomes(rows(tmp_path, recounted)) == ["unchanged"]
    assert changes(rows(tmp_path, recounted, stock=True)) == ["on hand: 7 → 12"]
    assert outcomes(rows(tmp_path, recounted, stock=True)) == ["unchanged"]
    assert variants("kettle")[()][3] == 12
    reasons = db.session.scalars(select(StockMovement.reason).order_by(StockMovement.id)).all()
    assert reasons == ["import", "count"]


def test_a_count_below_what_is_reserved_is_refused(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    with db.transaction() as session:
        session.execute(update(Stock).values(reserved=3))
    lines = rows(tmp_path, KETTLE | {"Variant Inventory Qty": "2", "Title": "Pot"}, stock=True)
    assert refusals(lines) == [(2, "Variant Inventory Qty", "2 is below the 3 reserved")]
    assert product("kettle").title == "Kettle"


def test_counting_begins_with_the_file_s_count_and_ends_with_its_blank_tracker(tmp_path: Path) -> None:
    uncounted = KETTLE | {"Variant Inventory Tracker": ""}
    rows(tmp_path, uncounted)
    assert variants("kettle")[()][3] is None
    assert changes(rows(tmp_path, KETTLE)) == ["counted: no → yes", "on hand: (blank) → 7"]
    assert changes(rows(tmp_path, uncounted)) == ["counted: yes → no"]
    assert variants("kettle")[()][3] is None


def test_counting_cannot_end_while_orders_hold_units(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    with db.transaction() as session:
        session.execute(update(Stock).values(reserved=1))
    [(_, column, reason)] = refusals(rows(tmp_path, KETTLE | {"Variant Inventory Tracker": ""}))
    assert (column, reason) == (
        "Variant Inventory Tracker",
        "orders hold units of it, so it must stay counted",
    )


def test_shelves_are_made_along_their_paths_once(tmp_path: Path) -> None:
    woo = {"Type": "simple", "Regular price": "5"}
    lines = rows(
        tmp_path,
        woo | {"SKU": "a", "Name": "A", "Categories": "Clothing > Hats, Sale"},
        woo | {"SKU": "b", "Name": "B", "Categories": "clothing > Hats > Wool"},
        woo | {"SKU": "c", "Name": "C", "Categories": "Home > Hats"},
    )
    assert outcomes(lines) == ["new"] * 3
    shelves = db.session.execute(select(Category.title, Category.slug).order_by(Category.id)).all()
    assert [tuple(shelf) for shelf in shelves] == [
        ("Clothing", "clothing"),
        ("Hats", "hats"),
        ("Sale", "sale"),
        ("Wool", "wool"),
        ("Home", "home"),
        ("Hats", "home-hats"),
    ]
    places = db.session.execute(select(shelf_places)).all()
    assert len(places) == 4
    main = db.session.scalar(select(Category.slug).join(Product).where(Product.slug == "a"))
    assert main == "hats"


def test_a_former_shelf_address_is_not_given_away(tmp_path: Path) -> None:
    with db.transaction() as session:
        shelf = Category(title="Pans", slug="pans")
        session.add(shelf)
        session.flush()
        session.add(FormerSlug(kind="category", slug="kitchen", category_id=shelf.id, since=clock.now()))
    rows(tmp_path, KETTLE)
    assert db.session.scalar(select(Category.slug).where(Category.title == "Kitchen")) == "kitchen-2"


def test_a_blank_type_clears_the_shelves(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    assert changes(rows(tmp_path, KETTLE | {"Type": ""})) == ["shelves: Kitchen → (blank)"]
    assert product("kettle").category_id is None


def test_an_old_handle_finds_the_renamed_product(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    with db.transaction() as session:
        kettle = session.scalars(select(Product)).one()
        session.execute(update(Product).values(slug="steel-kettle"))
        session.add(FormerSlug(kind="product", slug="kettle", product_id=kettle.id, since=clock.now()))
    assert outcomes(rows(tmp_path, KETTLE)) == ["unchanged"]
    assert product("steel-kettle").title == "Kettle"


def test_two_handles_that_come_to_one_address(tmp_path: Path) -> None:
    other = KETTLE | {"Handle": "Fast Kettle", "Variant SKU": "F-1"}
    lines = rows(tmp_path, other, other | {"Handle": "fast-kettle", "Variant SKU": "F-2"})
    assert refusals(lines) == [(3, "Handle", '"fast-kettle" is the product of row 2 already')]


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


def test_a_new_product_without_its_first_row_is_refused_whole(tmp_path: Path) -> None:
    lines = rows(tmp_path, SMALL | {"Variant Price": "x"}, LARGE)
    assert outcomes(lines) == ["refused", "refused"]
    assert refusals(lines)[1] == (3, "the row", "its product was refused, see row 2")


def test_a_refused_later_row_can_be_imported_alone(tmp_path: Path) -> None:
    assert outcomes(rows(tmp_path, SMALL, LARGE | {"Variant Price": "x"})) == ["new", "refused"]
    corrected = dict.fromkeys(SMALL, "") | LARGE
    assert outcomes(rows(tmp_path, corrected)) == ["new"]
    assert product("kettle").title == "Kettle"
    assert len(variants("kettle")) == 2
    assert db.session.scalar(select(Image.source)) is not None


def test_more_than_a_hundred_choices(tmp_path: Path) -> None:
    many = [LARGE | {"Variant SKU": f"K-{number}", "Option1 Value": str(number)} for number in range(102)]
    lines = rows(tmp_path, SMALL, *many)
    assert [row for row, _, _ in refusals(lines)] == [102, 103, 104]
    assert len(variants("kettle")) == 100


def test_pictures_come_change_and_go(tmp_path: Path) -> None:
    second = {"Handle": "kettle", "Image Src": "https://example.com/b.jpg", "Image Position": "2"}
    rows(tmp_path, SMALL | {"Variant Image": "https://example.com/kettle.jpg"}, second)
    shown = db.session.scalar(select(Variant.sku).join(Image, Image.variant_id == Variant.id))
    assert shown == "K-S"
    lines = rows(tmp_path, SMALL | {"Variant Image": ""}, second)
    assert changes(lines) == ["choice shown by https://example.com/kettle.jpg: S → (blank)"]
    lines = rows(tmp_path, SMALL | {"Image Position": "2"}, second | {"Image Position": "1"})
    assert changes(lines) == ["picture place: 1 → 2", "picture place: 2 → 1"]
    lines = rows(tmp_path, SMALL | {"Image Position": "2"})
    assert "picture: https://example.com/b.jpg → (blank)" in changes(lines)
    third = second | {"Image Src": "https://example.com/c.jpg"}
    assert outcomes(rows(tmp_path, SMALL, third)) == ["unchanged", "new"]


def test_pictures_that_staff_uploaded_stay(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    with db.transaction() as session:
        session.add(Image(product_id=product("kettle").id, file="own.avif", position=9))
    rows(tmp_path, KETTLE | {"Image Src": ""})
    assert db.session.scalars(select(Image.file)).all() == ["own.avif"]


def test_a_withdrawn_choice_stays_withdrawn(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    with db.transaction() as session:
        session.execute(update(Variant).where(Variant.sku == "K-L").values(archived_at=clock.now()))
    lines = rows(tmp_path, SMALL, LARGE)
    assert "no longer sold here" in str(lines[1])
    assert db.session.scalar(select(Variant.archived_at).where(Variant.sku == "K-L")) is not None


def test_a_former_price_below_the_new_one_is_dropped(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    dearer = {"Handle": "kettle", "Title": "Kettle", "Variant SKU": "K-1", "Variant Price": "60"}
    assert changes(rows(tmp_path, dearer)) == ["price: 39.90 → 60.00", "compare-at price: 49.90 → (blank)"]


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


def test_woocommerce_products_are_known_by_their_skus(tmp_path: Path) -> None:
    one = {"Type": "simple", "SKU": "a", "Name": "Hat", "Regular price": "5", "Stock": "3"}
    two = one | {"SKU": "b"}
    assert outcomes(rows(tmp_path, one, two)) == ["new", "new"]
    assert variants("hat")[()][0] == "a"
    assert variants("hat-b")[()][0] == "b"
    assert changes(rows(tmp_path, two | {"Name": "Cap"}, one)) == ["title: Hat → Cap"]
    assert product("hat-b").title == "Cap"
    assert outcomes(rows(tmp_path, one | {"SKU": "c"})) == ["new"]


def test_the_real_catalogs_import_and_import_again(tmp_path: Path) -> None:
    if not REAL.exists():
        pytest.skip("the sample catalogs are not here")
    for name, new, refused in (("shopify-apparel", 22, 0), ("woocommerce-sample", 20, 4)):
        lines = both(REAL / f"{name}.csv")
        assert outcomes(lines).count("new") == new
        assert outcomes(lines).count("refused") == refused
        again = both(REAL / f"{name}.csv")
        assert outcomes(again).count("unchanged") == new
    sold = db.session.scalars(select(Product.slug).where(Product.status == "active", Product.price_from > 0))
    assert {"ocean-blue-shirt", "t-shirt", "hoodie", "beanie"} <= set(sold)


def test_a_change_by_someone_else_at_the_same_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows(tmp_path, KETTLE)
    monkeypatch.setattr("storefront.catalog.importing.known.owners_of", lambda _skus: {})
    pot = KETTLE | {"Handle": "pot"}
    [(row, _, reason)] = refusals(rows(tmp_path, pot))
    assert row == 2
    assert "import the row again" in reason


def test_the_inventory_s_ledger_adds_up(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    rows(
        tmp_path,
        SMALL | {"Variant Inventory Qty": "1"},
        LARGE | {"Variant Inventory Tracker": ""},
        stock=True,
    )
    with db.transaction():
        counts = {variant.sku: stock.lock(variant.id) for variant in db.session.scalars(select(Variant))}
    assert counts["K-S"] == stock.Count(1, 0)
    assert counts["K-L"] is None
    ledger = db.session.execute(
        select(Variant.sku, StockMovement.quantity).join(StockMovement).order_by(StockMovement.id)
    ).all()
    assert [tuple(row) for row in ledger] == [("K-S", 7), ("K-L", 2), ("K-S", -6), ("K-L", -2)]


def test_a_rehearsal_alone_writes_nothing(tmp_path: Path) -> None:
    before = everything()
    if REAL.exists():
        imported(REAL / "woocommerce-sample.csv", rehearsal=True)
    assert everything() == before
