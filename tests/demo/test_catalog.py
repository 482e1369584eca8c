"""The demo catalog: what is written in it, and what its pictures weigh."""

import csv
from collections import defaultdict
from decimal import Decimal

import pytest
from click.testing import CliRunner
from PIL import Image
from sqlalchemy import func, select

from storefront.catalog.models import Category, Product, Variant
from storefront.catalog.models import Image as Pictured
from storefront.config import Settings
from storefront.demo import mark, seed, window
from storefront.demo.commands import demo
from storefront.inventory.models import Stock
from storefront.office import verify
from storefront.platform import db
from storefront.shop.queries import read
from tests.characters import a_product

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    with seed.CATALOG.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(autouse=True)
def _fresh_data_folder(settings: Settings) -> None:
    (settings.storefront_var / mark.NAME).unlink(missing_ok=True)


def test_every_picture_is_there_fits_its_frame_and_is_light(rows: Rows) -> None:
    named = {row["Image Src"] for row in rows if row["Image Src"]}
    files = {path.name: path.stat().st_size for path in seed.PICTURES.iterdir()}
    assert files.keys() == named
    assert max(files.values()) <= 25_000
    assert sum(files.values()) <= 2_500_000
    for name in files:
        with Image.open(seed.PICTURES / name) as picture:
            assert (picture.format, picture.size) == ("WEBP", (960, 1200)), name


def test_the_colour_of_a_choice_is_the_colour_of_its_picture(rows: Rows) -> None:
    """Whatever its size: `harbour-vase-oat.webp` shows Oat, and nothing else is Oat."""
    for row in rows:
        if row["Variant Image"]:
            colour = row["Option1 Value"].lower().replace(" ", "-")
            assert row["Variant Image"] == f"{row['Handle']}-{colour}.webp"


def test_everything_has_words_of_its_own(rows: Rows) -> None:
    heads = [row for row in rows if row["Title"]]
    for column in ("Title", "Body (HTML)", "SEO Title", "SEO Description"):
        words = [row[column] for row in heads]
        assert all(words), column
        assert len(set(words)) == len(words), column
    assert all(row["Image Alt Text"] for row in rows if row["Image Src"])
    assert all(len(row["SEO Description"]) <= 160 for row in heads)
    for column in ("Variant SKU", "Variant Barcode"):
        assert len({row[column] for row in rows}) == len(rows), column


def test_there_is_something_of_everything(rows: Rows) -> None:
    """A shop one can try out: reduced, rare, sold out and never counted things."""
    choices: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        choices[row["Handle"]] += 1
    counts = [int(row["Variant Inventory Qty"]) for row in rows if row["Variant Inventory Qty"]]
    reduced = [row for row in rows if row["Variant Compare At Price"]]
    assert len(choices) >= 24
    assert len(rows) >= 70
    assert len({row["Type"].split(" > ")[0] for row in rows if row["Type"]}) == 8
    assert min(choices.values()) == 1
    assert max(choices.values()) == 9
    assert counts.count(0) >= 3
    assert sum(0 < count <= 3 for count in counts) >= 5
    assert any(not row["Variant Inventory Tracker"] for row in rows)
    assert len(reduced) >= 4
    assert all(Decimal(row["Variant Compare At Price"]) > Decimal(row["Variant Price"]) for row in reduced)


def test_an_empty_shop_is_filled_once(database: None, settings: Settings, rows: Rows) -> None:
    loaded = seed.load()
    assert loaded is not None
    assert loaded.choices == len(rows)
    assert loaded.pictures == len(list(seed.PICTURES.iterdir()))
    assert mark.is_settled(settings.storefront_var)
    assert db.session.scalar(select(func.count()).select_from(Variant)) == len(rows)
    assert db.session.scalar(select(func.count()).where(Pictured.file.is_(None))) == 0
    assert db.session.scalar(select(func.count()).where(Pictured.file.is_(None))) == 0
    assert seed.load() is None


def test_the_demo_breaks_no_invariant(database: None) -> None:
    seed.load()
    with verify.snapshot() as connection:
        assert [found.rows for found in verify.examine(connection) if found.violations] == []


def test_shelves_stand_in_order_and_the_window_is_dressed(database: None) -> None:
    seed.load()
    tops = select(Category.title).where(Category.parent_id.is_(None)).order_by(Category.position)
    assert tuple(db.session.scalars(tops)) == tuple(window.SHELVES)
    shown = select(Product.slug).order_by(Product.featured.desc()).limit(len(window.WINDOW))
    assert tuple(db.session.scalars(shown)) == window.WINDOW


def test_a_load_that_was_killed_is_finished_by_the_next_start(
    database: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr("storefront.catalog.filing.file_pictures", killed)
        with pytest.raises(Killed):
            seed.load()
    assert mark.is_begun(settings.storefront_var)
    before = db.session.scalar(select(func.sum(Stock.on_hand)))
    loaded = seed.load()
    assert loaded is not None
    assert loaded.pictures == len(list(seed.PICTURES.iterdir()))
    assert db.session.scalar(select(func.sum(Stock.on_hand))) == before
    assert mark.is_settled(settings.storefront_var)


def test_a_shop_that_sells_something_is_left_alone(database: None, settings: Settings) -> None:
    a_product()
    assert seed.load() is None
    assert mark.is_settled(settings.storefront_var)
    assert db.session.scalar(select(func.count()).select_from(Product)) == 1


def test_only_a_shop_without_a_name_is_named(database: None) -> None:
    before = read().legal_name
    window.name_shop()
    assert read().legal_name == before


def test_the_command_says_what_came_and_that_a_full_shop_is_left_alone(database: None) -> None:
    said = CliRunner().invoke(demo)
    assert said.output == "91 choices and 61 pictures came into the shop.\n"
    said = CliRunner().invoke(demo)
    assert said.output == "There are products in this shop already: nothing was changed.\n"
