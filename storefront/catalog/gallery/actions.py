"""Changes of a product's pictures: added, described, ordered and taken away."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update

from storefront.catalog import changing
from storefront.catalog.models import Image, Variant
from storefront.catalog.refusals import BadWish
from storefront.platform import db, jobs
from storefront.platform.errors import NotFound
from storefront.platform.uploads import Stored

MAX_PICTURES = 40
"""Of a product; more would be no help to anyone, and all of them are on its page."""
MAX_ALT = 500


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A stored picture, what is seen on it in words, and which variant it shows if it shows one."""

    stored: Stored
    alt: str
    variant_id: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a picture shows."""

    alt: str
    variant_id: int | None = None


@dataclass(frozen=True, slots=True)
class ArrangePictures:
    """Say what pictures show and in which order they stand; those that are left out come after."""

    version: int
    pictures: dict[int, Said] = field(default_factory=dict)


@db.retried
def add_pictures(product_id: int, new: Sequence[NewPicture], version: int | None = None) -> list[int]:
    """Put pictures behind those that are there; returns their ids. Raises Stale, NotFound or BadWish."""
    with db.transaction() as session:
        product = changing.hold(product_id)
        changing.expect(product, version)
        _check(product_id, [Said(one.alt, one.variant_id) for one in new])
        here = select(func.count(), func.coalesce(func.max(Image.position), 0))
        there, last = session.execute(here.where(Image.product_id == product_id)).one()
        if there + len(new) > MAX_PICTURES:
            raise BadWish("files", _("A product has %(most)s pictures at most.", most=MAX_PICTURES))
        ids = [_add(product_id, one, last + place) for place, one in enumerate(new, 1)]
        changing.finish(product, {}, {"pictures": [one.alt for one in new]}, found_otherwise=False)
        return ids


@db.retried
def arrange_pictures(product_id: int, wish: ArrangePictures) -> int:
    """Describe and order them; returns the version. Raises Stale, NotFound or BadWish."""
    with db.transaction() as session:
        product = changing.hold(product_id)
        changing.expect(product, wish.version)
        _check(product_id, list(wish.pictures.values()))
        before = _all(product_id)
        known = {image.id: image for image in before}
        if wish.pictures.keys() - known.keys():
            raise NotFound
        order = [*wish.pictures, *(image.id for image in before if image.id not in wish.pictures)]
        old = [{"picture": image.id, "text": image.alt, "shows": image.variant_id} for image in before]
        for place, image_id in sorted(enumerate(order, 1), key=lambda pair: pair[1]):
            said = wish.pictures.get(image_id)
            values = {"alt": said.alt, "variant_id": said.variant_id} if said else {}
            session.execute(update(Image).where(Image.id == image_id).values(position=place, **values))
        new = [
            {"picture": image.id, "text": image.alt, "shows": image.variant_id} for image in _all(product_id)
        ]
        if old == new:
            return product.version
        return changing.finish(product, {"pictures": old}, {"pictures": new}, found_otherwise=False)


@db.retried
def move_picture(image_id: int, by: int, version: int | None = None) -> int:
    """Let it stand so many places further on (or, below zero, further up). Raises Stale or NotFound."""
    with db.transaction() as session:
        product_id = _owner(image_id)
        product = changing.hold(product_id)
        changing.expect(product, version)
        order = [image.id for image in _all(product_id)]
        before = list(order)
        place = order.index(image_id)
        order.insert(min(max(0, place + by), len(order) - 1), order.pop(place))
        for place, one in sorted(enumerate(order, 1), key=lambda pair: pair[1]):
            session.execute(update(Image).where(Image.id == one).values(position=place))
        if order == before:
            return product.version
        return changing.finish(product, {"pictures": before}, {"pictures": order}, found_otherwise=False)


@db.retried
def remove_picture(image_id: int, version: int | None = None) -> int:
    """Take it away; its files go by themselves some days later. Raises Stale or NotFound."""
    with db.transaction() as session:
        product = changing.hold(_owner(image_id))
        changing.expect(product, version)
        alt = session.scalar(delete(Image).where(Image.id == image_id).returning(Image.alt))
        return changing.finish(product, {"picture": alt}, {"picture": None}, found_otherwise=False)


def _add(product_id: int, new: NewPicture, position: int) -> int:
    stored = new.stored
    made = insert(Image).values(
        product_id=product_id,
        variant_id=new.variant_id,
        file=stored.file,
        width=stored.width,
        height=stored.height,
        alt=new.alt,
        position=position,
    )
    image_id: int = db.inside().session.execute(made.returning(Image.id)).scalar_one()
    jobs.defer_apart("catalog.render_image", image_id=image_id)
    return image_id


def _owner(image_id: int) -> int:
    product_id = db.inside().session.scalar(select(Image.product_id).where(Image.id == image_id))
    if product_id is None:
        raise NotFound
    return product_id


def _all(product_id: int) -> list[Image]:
    rows = select(Image).where(Image.product_id == product_id).order_by(Image.position, Image.id)
    again = rows.execution_options(populate_existing=True)
    return list(db.inside().session.scalars(again))


def _check(product_id: int, all_said: Sequence[Said]) -> None:
    """Each says what is seen on it, and shows a variant of this product if any."""
    if any(not said.alt.strip() for said in all_said):
        raise BadWish("alt", _("Please say in a few words what is seen on the picture."))
    shown = {said.variant_id for said in all_said if said.variant_id is not None}
    mine = select(Variant.id).where(Variant.product_id == product_id, Variant.id.in_(shown))
    if shown and shown - set(db.inside().session.scalars(mine)):
        raise NotFound
