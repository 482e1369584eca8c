"""Importing into a shop: what is new, what changes, what stays, and that the rehearsal foretells it."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from storefront.catalog.importing.planning import Asked
from storefront.catalog.importing.reading import open_catalog
from storefront.catalog.importing.run import lines_of
from storefront.catalog.importing.spool import Spool
from storefront.catalog.models import FormerSlug, Image, Product
from storefront.inventory.models import Stock, StockMovement
from storefront.platform import clock, db
from storefront.platform.events import Event
from tests.catalog.catalog_files import REAL, RULES, written
from tests.catalog.importing_files import (
    LARGE,
    SMALL,
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


def test_a_former_price_below_the_new_one_is_dropped(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    dearer = {"Handle": "kettle", "Title": "Kettle", "Variant SKU": "K-1", "Variant Price": "60"}
    assert changes(rows(tmp_path, dearer)) == ["price: 39.90 → 60.00", "compare-at price: 49.90 → (blank)"]


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


def test_a_rehearsal_alone_writes_nothing(tmp_path: Path) -> None:
    before = everything()
    if REAL.exists():
        imported(REAL / "woocommerce-sample.csv", rehearsal=True)
    assert everything() == before


def test_what_was_reported_is_on_the_disk(tmp_path: Path) -> None:
    """A crash of the database after the last line takes nothing back."""
    path, asked = written(tmp_path, [SMALL, LARGE]), Asked(RULES.currency)
    with closing(Spool(open_catalog(path))) as spool:
        ends = [
            db.session.scalar(text("SELECT pg_current_wal_insert_lsn()"))
            for _ in lines_of(spool, RULES, asked)
        ]
    on_disk = text("SELECT pg_current_wal_flush_lsn() >= CAST(:end AS pg_lsn)")
    assert db.session.scalar(on_disk, {"end": ends[-1]})
