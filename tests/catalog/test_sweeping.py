"""Files of pictures that are gone do not stay for ever, and no picture loses its own."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from storefront.catalog.models import Image
from storefront.catalog.sweeping import SPARED, sweep_pictures
from storefront.config import Settings
from storefront.platform import clock, db, jobs, storage, uploads
from storefront.shop.actions import describe_shop
from tests.catalog.test_pictures import a_drawing, a_pictured_kettle, rendered


@pytest.fixture
def folder(database: None, settings: Settings) -> Path:
    path = settings.storefront_var / "media"
    for file in path.glob("*"):
        file.unlink()
    return path


def grow_old(folder: Path) -> None:
    """As if everything there had been stored long ago."""
    then = (clock.now() - SPARED - timedelta(hours=1)).timestamp()
    for file in folder.iterdir():
        os.utime(file, (then, then))


def forget(image_id: int) -> None:
    with db.transaction() as session:
        session.execute(delete(Image).where(Image.id == image_id))


def test_the_files_of_a_deleted_picture_go_and_those_of_others_stay(folder: Path) -> None:
    kettle, gone = a_pictured_kettle()
    rendered(gone)
    size = len(list(folder.iterdir()))
    _, kept = a_pictured_kettle((640, 800))
    of_kept = rendered(kept)
    grow_old(folder)
    forget(gone)
    jobs.run_now("office.sweep")
    stems = {file.name.split(".")[0].split("-")[0] for file in folder.iterdir()}
    assert kettle.product_id
    assert of_kept.file is not None
    assert stems == {of_kept.file.split(".")[0]}
    assert len(list(folder.iterdir())) > size // 2


def test_what_was_stored_a_moment_ago_may_yet_be_named(folder: Path) -> None:
    stored = uploads.keep(a_drawing(), storage.media())
    assert sweep_pictures(storage.media()) == 0
    grow_old(folder)
    assert uploads.keep(a_drawing(), storage.media()) == stored  # stored again: young again
    assert sweep_pictures(storage.media()) == 0
    grow_old(folder)
    assert sweep_pictures(storage.media()) == 1
    assert not (folder / stored.file).exists()


def test_the_logo_and_files_that_are_not_ours_stay(folder: Path) -> None:
    stored = uploads.keep(a_drawing(), storage.media())
    describe_shop(logo={"file": stored.file, "width": stored.width, "height": stored.height})
    (folder / "LIES MICH.txt").touch()
    grow_old(folder)
    assert sweep_pictures(storage.media()) == 0
    assert {file.name for file in folder.iterdir()} == {stored.file, "LIES MICH.txt"}


def test_a_shop_without_pictures_has_nothing_to_sweep(database: None, tmp_path: Path) -> None:
    assert sweep_pictures(storage.Folder(tmp_path / "nowhere")) == 0
