"""What the shop writes of its catalog it takes again, and an empty shop becomes the same by it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from storefront.catalog.commands import export_catalog
from storefront.catalog.exporting import catalog_file
from storefront.catalog.exporting.lists import paths as paths_written
from storefront.catalog.gallery.actions import NewPicture, add_pictures
from storefront.catalog.importing import known, memory
from storefront.catalog.importing.formulas import guarded, unguarded
from storefront.catalog.importing.lists import Path as ShelfPath
from storefront.catalog.importing.our_columns import paths
from storefront.catalog.models import Image, Product
from storefront.catalog.variants.actions import archive_variant
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from storefront.platform.uploads import Stored
from tests import characters
from tests.catalog.catalog_files import written
from tests.catalog.editing import a_choice, a_jug, a_shelf, troubles, variants
from tests.catalog.importing_files import both, changes, imported, outcomes, refusals
from tests.catalog.test_import_shopify import KETTLE
from tests.sweeping import sweep

TEXT = "- *first*\n- <b>second</b> &amp; third\n\n\n\n=done"


@pytest.fixture(autouse=True)
def _the_command(database: None) -> Iterator[None]:
    with acting_as(Actor("cli")):
        yield
        assert troubles() == []


def exported(folder: Path) -> Path:
    """The file that the command writes."""
    path = folder / "exported.csv"
    done = CliRunner().invoke(export_catalog, [str(path)])
    assert done.exit_code == 0, done.output
    return path


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def catalog() -> list[dict[str, Any]]:
    """The catalog by its fields: everything but keys and moments."""
    paths_of = memory.fresh().paths
    found = known.read(list(db.session.scalars(select(Product.id))), "EUR").values()
    return [_plain(one, paths_of) for one in sorted(found, key=lambda one: one.slug)]


def _plain(product: known.KnownProduct, paths_of: dict[int, ShelfPath]) -> dict[str, Any]:
    skus = {variant.id: variant.sku for variant in product.variants}
    facts = asdict(product) | {
        "main": paths_of.get(product.category_id or 0),
        "shelves": sorted(paths_of[one] for one in product.shelf_ids),
        "variants": [{**asdict(one), "id": 0} for one in product.variants],
        "images": [(one.name, one.alt, skus.get(one.variant_id or 0)) for one in product.images],
        "published": product.published_at is not None,
    }
    return {
        name: value
        for name, value in facts.items()
        if name not in ("id", "category_id", "shelf_ids", "published_at")
    }


def a_whole_catalog() -> None:
    """A jug with everything, a draft without anything, and something that was imported."""
    kitchen = a_shelf("Pots, pans > lids")
    deep = a_shelf("Back\\slash", kitchen.id)
    sale = a_shelf("Sale")
    jug = a_jug(
        a_choice("S", price=1999, on_hand=3, compare_at=2500, barcode="0040", weight_g=900, sku="=J-S"),
        a_choice("L, wide", price=2999, sku="'=J-L", tracked=False),
        a_choice("XL", price=3999, sku="J-XL"),
        options=("Size",),
        title="+Jug",
        description=TEXT,
        brand="@Kiln",
        tags=("a, b", "salt &amp; pepper", "c"),
        shelves=(deep.id, sale.id, kitchen.id),
        tax_class="reduced",
        seo_title="A jug",
        seo_description="-10 % today",
    )
    small, large, _xl = (one.id for one in variants(jug.id))
    pictures = [("One", "a1", large), ("Two", "b2", None), ("Three", "c3", large), ("Four", "d4", small)]
    add_pictures(jug.id, [NewPicture(Stored(f"{file}.webp", 40, 50), alt, of) for alt, file, of in pictures])
    a_jug(title="Plain", status="draft", tax_class="zero")
    a_jug(title="Old", status="archived")


def test_importing_it_again_changes_nothing(tmp_path: Path) -> None:
    a_whole_catalog()
    imported(written(tmp_path, [KETTLE, {"Handle": "kettle", "Image Src": "https://example.com/2.jpg"}]))
    with db.transaction() as session:  # Where pictures stand is counted with gaps.
        session.execute(update(Image).values(position=Image.position * 3))
    before = catalog()
    lines = both(exported(tmp_path), stock=True)
    assert refusals(lines) == []
    assert changes(lines) == []
    assert set(outcomes(lines)) == {"unchanged"}
    assert catalog() == before


def test_an_empty_shop_gets_the_same_catalog(tmp_path: Path) -> None:
    a_whole_catalog()
    before, path = catalog(), exported(tmp_path)
    sweep(db.engine())
    characters.open_shop()
    lines = both(path)
    assert refusals(lines) == []
    assert catalog() == before
    assert set(outcomes(both(path))) == {"unchanged"}


def test_what_is_no_longer_sold_is_left_out(tmp_path: Path) -> None:
    jug = a_jug(a_choice("S"), a_choice("L"), options=("Size",))
    small, large = variants(jug.id)
    archive_variant(small.id)
    assert [row["Variant SKU"] for row in read(exported(tmp_path))] == [large.sku]
    archive_variant(large.id)
    (row,) = read(exported(tmp_path))
    assert (row["Title"], row["Variant SKU"]) == ("Jug", "")
    assert outcomes(both(exported(tmp_path))) == ["unchanged"]


def test_a_spreadsheet_runs_nothing_of_it(tmp_path: Path) -> None:
    a_whole_catalog()
    cells = [cell for row in read(exported(tmp_path)) for cell in row.values()]
    assert "'=J-S" in cells
    assert "''=J-L" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


@pytest.mark.parametrize("value", ["=1", "'=1", "''@x", "-5", "'-5", "- a", "'tis", "", "+49 30", "a=b"])
def test_the_quote_in_front_is_no_part_of_the_value(value: str) -> None:
    assert unguarded(guarded(value)) == value


@pytest.mark.parametrize("titles", [("a > b", "c, d"), ("\\", "x\\,"), ("\\>", ",")])
def test_titles_of_shelves_hold_any_letter(titles: tuple[str, ...]) -> None:
    assert paths(paths_written([titles, ("other",)])) == (titles, ("other",))


def test_staff_change_words_and_places_of_their_own_pictures_in_the_file(tmp_path: Path) -> None:
    a_whole_catalog()
    rows = read(exported(tmp_path))
    rows[0]["Image Alt Text"], rows[0]["Image Position"] = "Uno", "9"
    lines = both(written(tmp_path, rows))
    assert "picture text: One → Uno" in changes(lines)
    jug = db.session.scalars(select(Product).where(Product.title == "+Jug")).one()
    found = select(Image.alt).where(Image.product_id == jug.id).order_by(Image.position)
    assert list(db.session.scalars(found)) == ["Two", "Three", "Four", "Uno"]
    for row in rows:
        row["Image Src"] = row["Variant Image"] = row["More Variant Images"] = ""
    imported(written(tmp_path, [row for row in rows if row["Variant SKU"]]))
    assert len(list(db.session.scalars(found))) == 4


def test_our_columns_refuse_what_they_cannot_mean(tmp_path: Path) -> None:
    ours = {"Description Format": "Markdown", "Shelves": "", "Tax Class": ""}
    deep = KETTLE | ours | {"Shelves": " > ".join("abcdefghi")}
    taxed = KETTLE | ours | {"Handle": "b", "Variant SKU": "B", "Tax Class": "luxury"}
    long = KETTLE | ours | {"Handle": "c", "Variant SKU": "C", "Body (HTML)": "x" * 50_001}
    found = refusals(both(written(tmp_path, [deep, taxed, long])))
    assert [column for _row, column, _reason in found] == ["Shelves", "Tax Class", "Body (HTML)"]
    kettle = KETTLE | ours
    assert refusals(both(written(tmp_path, [kettle]))) == []
    assert catalog()[0]["tax_class"] == "standard"
    assert catalog()[0]["description"] == KETTLE["Body (HTML)"]


def test_it_is_written_some_products_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog_file, "AT_ONCE", 2)
    for number in range(5):
        a_jug(title=f"Jug {number}")
    pieces = list(catalog_file.written())
    assert len(pieces) == 4
    assert [len(list(csv.reader(io.StringIO(piece)))) for piece in pieces] == [1, 2, 2, 1]


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    refused = CliRunner().invoke(export_catalog, [str(tmp_path / "nowhere" / "file.csv")])
    assert refused.exit_code == 1
    assert "cannot be written" in refused.stderr
    shown = CliRunner().invoke(export_catalog, ["-"])
    assert "Handle,Title" in shown.stdout
