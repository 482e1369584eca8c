"""Pictures that an import named by their files."""

from pathlib import Path

import pytest
from PIL import Image as Drawn
from sqlalchemy import insert, select

from storefront.catalog.filing import Unfiled, file_pictures, is_there
from storefront.catalog.models import Image
from storefront.platform import db
from storefront.platform.storage import Folder
from tests.characters import a_product


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The folder of the catalog file, with two pictures in it and one beside it."""
    folder = tmp_path / "catalog"
    (folder / "pictures").mkdir(parents=True)
    for name in ("kettle.png", "pictures/from the side.jpg", "../secret.png"):
        Drawn.new("RGB", (30, 40), "sienna").save(folder / name)
    return folder


def waiting(*sources: str) -> None:
    product = a_product()
    with db.transaction() as session:
        rows = [{"product_id": product.id, "source": source, "alt": "A kettle"} for source in sources]
        session.execute(insert(Image), rows)


def stored() -> dict[str | None, Image]:
    return {image.source: image for image in db.session.scalars(select(Image))}


def test_files_beside_the_catalog_become_the_shops_own(database: None, beside: Path, tmp_path: Path) -> None:
    waiting("kettle.png", "pictures/from%20the%20side.jpg", "https://cdn.example/kettle.jpg")
    assert file_pictures(beside, Folder(tmp_path / "media")) == (2, [])
    images = stored()
    kettle = images["kettle.png"]
    assert (kettle.width, kettle.height) == (30, 40)
    assert (tmp_path / "media" / str(kettle.file)).exists()
    assert images["pictures/from%20the%20side.jpg"].file is not None
    assert images["https://cdn.example/kettle.jpg"].file is None
    assert file_pictures(beside, Folder(tmp_path / "media")) == (0, [])


def test_what_gives_no_picture_is_named_with_its_reason(database: None, beside: Path, tmp_path: Path) -> None:
    (beside / "notes.png").write_text("a shopping list")
    (beside / "away.png").symlink_to(tmp_path / "secret.png")
    waiting("missing.png", "notes.png", "%2e%2e/secret.png", "away.png", "pictures", "a%00b.png")
    _, unfiled = file_pictures(beside, Folder(tmp_path / "media"))
    assert unfiled == [
        Unfiled("missing.png", "There is no such file."),
        Unfiled("notes.png", "This is no JPEG, PNG, WebP, GIF or AVIF picture."),
        Unfiled("%2e%2e/secret.png", "The file is outside of the folder."),
        Unfiled("away.png", "The file is outside of the folder."),
        Unfiled("pictures", "There is no such file."),
        Unfiled("a%00b.png", "There is no such file."),
    ]
    assert not (tmp_path / "media").exists()


def test_what_lies_elsewhere_or_has_an_impossible_name_is_not_there(beside: Path, tmp_path: Path) -> None:
    assert is_there(beside, "pictures/from%20the%20side.jpg")
    for name in ("missing.png", "%2e%2e/secret.png", "pictures", "a%00b.png"):
        assert not is_there(beside, name)
