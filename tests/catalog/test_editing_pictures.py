"""Staff bring pictures, say what is seen on them, order them and take them away."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from storefront.catalog.gallery import actions
from storefront.catalog.gallery.actions import ArrangePictures, NewPicture, Said
from storefront.catalog.models import Image
from storefront.catalog.refusals import BadWish, Stale
from storefront.platform import db
from storefront.platform.acting import acting_as
from storefront.platform.errors import NotFound
from storefront.platform.uploads import Stored
from tests.catalog.editing import CHARLIE, a_choice, a_jug, product, troubles, variants


@pytest.fixture(autouse=True)
def _charlie(database: None) -> Iterator[None]:
    with acting_as(CHARLIE, "request-1"):
        yield
        assert troubles() == []


def a_picture(alt: str = "A blue jug", name: str = "a1", variant_id: int | None = None) -> NewPicture:
    return NewPicture(Stored(f"{name}.webp", 40, 50), alt, variant_id)


def pictures(product_id: int) -> list[tuple[str, int | None]]:
    db.release()
    rows = select(Image).where(Image.product_id == product_id).order_by(Image.position, Image.id)
    return [(image.alt, image.variant_id) for image in db.session.scalars(rows)]


def test_several_come_at_once_and_a_job_makes_their_sizes() -> None:
    jug = a_jug()
    ids = actions.add_pictures(jug.id, [a_picture("One"), a_picture("Two", "b2")], 1)
    assert (pictures(jug.id), product(jug.id).version) == ([("One", None), ("Two", None)], 2)
    due = db.session.execute(select(db.Model.metadata.tables["events"].c.name)).scalars().all()
    assert due.count("product.changed") == 1
    assert len(ids) == 2


def test_they_change_places_and_words() -> None:
    jug = a_jug(a_choice("Blue"), options=("Colour",))
    blue = variants(jug.id)[0].id
    one, two, three = actions.add_pictures(jug.id, [a_picture(alt) for alt in ("One", "Two", "Three")])
    actions.move_picture(three, -2)
    assert [alt for alt, _shows in pictures(jug.id)] == ["Three", "One", "Two"]
    version = product(jug.id).version
    assert actions.move_picture(three, -1) == version
    said = {two: Said("Two again", blue), one: Said("One")}
    actions.arrange_pictures(jug.id, ArrangePictures(version, said))
    assert pictures(jug.id) == [("Two again", blue), ("One", None), ("Three", None)]
    again = ArrangePictures(version + 1, said)
    assert actions.arrange_pictures(jug.id, again) == version + 1
    actions.remove_picture(one)
    assert [alt for alt, _shows in pictures(jug.id)] == ["Two again", "Three"]
    with pytest.raises(NotFound):
        actions.remove_picture(one)


def test_a_picture_without_words_or_of_anothers_choice_is_refused() -> None:
    jug, vase = a_jug(), a_jug(title="Vase")
    with pytest.raises(BadWish):
        actions.add_pictures(jug.id, [a_picture(" ")])
    with pytest.raises(NotFound):
        actions.add_pictures(jug.id, [a_picture(variant_id=variants(vase.id)[0].id)])
    (mine,) = actions.add_pictures(vase.id, [a_picture()])
    with pytest.raises(NotFound):
        actions.arrange_pictures(jug.id, ArrangePictures(1, {mine: Said("Mine")}))
    with pytest.raises(Stale):
        actions.add_pictures(jug.id, [a_picture()], 7)


def test_there_is_an_end_to_pictures() -> None:
    jug = a_jug()
    actions.add_pictures(jug.id, [a_picture()] * actions.MAX_PICTURES)
    with pytest.raises(BadWish):
        actions.add_pictures(jug.id, [a_picture()])
