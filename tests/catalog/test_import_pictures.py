"""The pictures an imported file names: by address, by file, and those that are not there."""

from pathlib import Path

import pytest
from sqlalchemy import select

from storefront.catalog.filing import file_pictures
from storefront.catalog.models import Image, Variant
from storefront.platform import db
from storefront.platform.storage import Folder
from tests.catalog.importing_files import (
    SMALL,
    changes,
    outcomes,
    product,
    rows,
)
from tests.catalog.test_import_shopify import KETTLE
from tests.catalog.test_pictures import a_drawing

pytestmark = pytest.mark.usefixtures("database")


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


def test_a_picture_whose_file_is_not_there_is_named_before_it_is_missed(tmp_path: Path) -> None:
    (tmp_path / "box.png").write_bytes(a_drawing((30, 40)))
    box, away = ({"Handle": "kettle", "Image Src": name} for name in ("box.png", "away.png"))
    [_, boxed, missing] = rows(tmp_path, KETTLE, box, away)
    assert boxed.notes == ()
    assert missing.notes == ('picture: no file "away.png" stands beside the catalog',)
    assert outcomes([missing]) == ["new"]


def test_a_picture_that_was_taken_in_may_leave_its_folder(tmp_path: Path) -> None:
    box = {"Handle": "kettle", "Image Src": "box.png"}
    assert rows(tmp_path, KETTLE, box)[1].notes
    (tmp_path / "box.png").write_bytes(a_drawing((30, 40)))
    assert rows(tmp_path, KETTLE, box)[1].notes == ()
    file_pictures(tmp_path, Folder(tmp_path / "media"))
    (tmp_path / "box.png").unlink()
    assert rows(tmp_path, KETTLE, box)[1].notes == ()
