"""The demo catalog: what is written in it, and what its pictures weigh."""

import csv
from collections import defaultdict
from decimal import Decimal

import pytest
from click.testing import CliRunner
from PIL import Image
from sqlalchemy import func, select
from stdnum import ean

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
LARGEST, ALL_TOGETHER = 25_000, 4_000_000  # bytes of pictures


@pytest.fixture(scope="module")
def rows() -> Rows:
    with seed.CATALOG.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def choices(rows: Rows) -> Rows:
    """The rows of what can be bought; each other row brings one more picture."""
    return [row for row in rows if row["Variant SKU"]]


@pytest.fixture(autouse=True)
def _fresh_data_folder(settings: Settings) -> None:
    (settings.storefront_var / mark.NAME).unlink(missing_ok=True)


def test_every_picture_is_there_fits_its_frame_and_is_light(rows: Rows) -> None:
    named = {row["Image Src"] for row in rows if row["Image Src"]}
    files = {path.name: path.stat().st_size for path in seed.PICTURES.iterdir()}
    assert files.keys() == named
    assert max(files.values()) <= LARGEST
    assert sum(files.values()) <= ALL_TOGETHER
    for name in files:
        with Image.open(seed.PICTURES / name) as picture:
            assert (picture.format, picture.size) == ("WEBP", (960, 1200)), name


def test_everything_is_seen_from_more_than_one_side(rows: Rows) -> None:
    """Its first colour first, then a picture that shows something else, then its other colours."""
    shown: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: int(row["Image Position"] or 0)):
        if row["Image Src"]:
            shown[row["Handle"]].append(row["Image Src"])
    of_choices = {row["Variant Image"] for row in rows}
    assert shown.keys() == {row["Handle"] for row in rows}
    for handle, pictures in shown.items():
        assert len(pictures) >= 2, handle
        assert all(picture.startswith(handle) for picture in pictures), handle
        assert pictures[1] not in of_choices, handle


def test_the_colour_of_a_choice_is_the_colour_of_its_picture(choices: Rows) -> None:
    """Whatever its size: `harbour-vase-oat.webp` shows Oat, and nothing else is Oat."""
    pictured = {row["Image Src"]: row for row in choices if row["Image Src"]}
    for row in choices:
        if row["Variant Image"]:
            colour = row["Option1 Value"].lower().replace(" ", "-")
            assert row["Variant Image"] == f"{row['Handle']}-{colour}.webp"
            assert pictured[row["Variant Image"]]["Option1 Value"] == row["Option1 Value"]


def test_everything_has_words_of_its_own(rows: Rows, choices: Rows) -> None:
    heads = [row for row in rows if row["Title"]]
    for column in ("Title", "Body (HTML)", "SEO Title", "SEO Description"):
        words = [row[column] for row in heads]
        assert all(words), column
        assert len(set(words)) == len(words), column
    told = [row["Image Alt Text"] for row in rows if row["Image Src"]]
    assert all(told)
    assert len(set(told)) == len(told)
    assert all(len(row["SEO Description"]) <= 160 for row in heads)
    for column in ("Variant SKU", "Variant Barcode"):
        assert len({row[column] for row in choices}) == len(choices), column
    assert all(ean.is_valid(row["Variant Barcode"]) for row in choices)


def test_there_is_something_of_everything(rows: Rows, choices: Rows) -> None:
    """A shop one can try out: reduced, rare, sold out and never counted things."""
    units: defaultdict[str, list[str]] = defaultdict(list)
    for row in choices:
        units[row["Handle"]].append(row["Variant Inventory Qty"])
    counts = [int(count) for row in units.values() for count in row if count]
    reduced = [row for row in choices if row["Variant Compare At Price"]]
    shelves = [row["Type"].split(" > ")[0] for row in rows if row["Type"]]
    assert len(units) >= 60
    assert len(choices) >= 200
    assert len(set(shelves)) >= 8
    assert all(shelves.count(shelf) >= 3 for shelf in shelves)
    assert min(map(len, units.values())) == 1
    assert max(map(len, units.values())) == 12
    assert any(row["Option3 Value"] for row in choices)
    assert counts.count(0) >= 10
    assert sum(0 < count <= 3 for count in counts) >= 20
    assert any(set(row) == {"0"} for row in units.values())
    assert any(not row["Variant Inventory Tracker"] for row in choices)
    assert len(reduced) >= 10
    assert all(Decimal(row["Variant Compare At Price"]) > Decimal(row["Variant Price"]) for row in reduced)


def test_an_empty_shop_is_filled_once(database: None, settings: Settings, choices: Rows) -> None:
    loaded = seed.load()
    assert loaded is not None
    assert loaded.choices == len(choices)
    assert loaded.pictures == len(list(seed.PICTURES.iterdir()))
    assert mark.is_settled(settings.storefront_var)
    assert db.session.scalar(select(func.count()).select_from(Variant)) == len(choices)
    assert db.session.scalar(select(func.count()).where(Pictured.file.is_(None))) == 0
    breaks_no_invariant()
    shelves_stand_in_order()
    the_window_is_dressed()
    assert seed.load() is None


def breaks_no_invariant() -> None:
    with verify.snapshot() as connection:
        assert [found.rows for found in verify.examine(connection) if found.violations] == []


def shelves_stand_in_order() -> None:
    tops = select(Category.title).where(Category.parent_id.is_(None)).order_by(Category.position)
    assert tuple(db.session.scalars(tops)) == tuple(window.SHELVES)


def the_window_is_dressed() -> None:
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


def test_the_command_says_what_came_and_that_a_full_shop_is_left_alone(
    database: None, rows: Rows, choices: Rows
) -> None:
    pictures = sum(bool(row["Image Src"]) for row in rows)
    said = CliRunner().invoke(demo)
    assert said.output == f"{len(choices)} choices and {pictures} pictures came into the shop.\n"
    said = CliRunner().invoke(demo)
    assert said.output == "There are products in this shop already: nothing was changed.\n"
