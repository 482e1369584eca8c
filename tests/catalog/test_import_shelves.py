"""The shelves an imported product stands on."""

from pathlib import Path

import pytest
from sqlalchemy import select

from storefront.catalog.models import Category, FormerSlug, Product, shelf_places
from storefront.platform import clock, db
from tests.catalog.importing_files import (
    changes,
    outcomes,
    product,
    rows,
)
from tests.catalog.test_import_shopify import KETTLE

pytestmark = pytest.mark.usefixtures("database")


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
