"""Pictures of products for programs."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from flask_babel import gettext as _

from storefront.catalog import told
from storefront.catalog.gallery import actions
from storefront.catalog.gallery.actions import ArrangePictures, NewPicture, Said
from storefront.catalog.said_back import in_api_words
from storefront.catalog.schemas import ImageChange, ImageForm, ImageTold, ProductTold
from storefront.platform import db, pages, storage, uploads
from storefront.platform.errors import NotFound
from storefront.platform.json_api import callers, conditions
from storefront.platform.json_api.answers import Made, made
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.refusals import ChangedSince, Contradiction, Missing
from storefront.platform.json_api.slices import Slice, Slicing, by_id, sliced
from storefront.platform.uploads import BadPicture, Stored

bp = blueprint("images_api", __name__)
TAG = "Images"
READ, WRITE = "products:read", "products:write"
LEADS = {"image_id": "$response.body#/id"}


@bp.get("/products/<key:product_id>/images")
@operation(
    "Pictures of a product",
    TAG,
    kept="product",
    tags=("shop",),
    more=READ,
    query=Slicing,
    out=Slice[ImageTold],
)
def list_images(product_id: int, query: Slicing) -> Slice[ImageTold]:
    """By id; `position` says in which order the shop shows them."""
    found = told.product(product_id, everything=_may())
    if found is None:
        raise NotFound
    pages.about(f"product:{product_id}")
    rest = sorted((one for one in found.images if one.id > query.after_id), key=lambda one: one.id)
    return sliced(query, rest, lambda one: one, by_id)


@bp.get("/images/<key:image_id>")
@operation("One picture", TAG, kept="product", tags=("shop",), more=READ, out=ImageTold)
def show_image(image_id: int) -> ImageTold:
    """Its address changes when its content does."""
    found = told.one_image(image_id, everything=_may())
    if found is None:
        raise NotFound
    pages.about(f"product:{found.product_id}")
    return found


@bp.post("/products/<key:product_id>/images")
@operation(
    "Upload a picture",
    TAG,
    scope=WRITE,
    form=ImageForm,
    files=("file",),
    out=ImageTold,
    status=201,
    makes=True,
    before=lambda product_id, **_form: _stored(product_id),
    refuses=(Contradiction, Missing),
    links=dict.fromkeys(("show_image", "change_image", "delete_image"), LEADS),
)
def upload_image(product_id: int, form: ImageForm, prepared: Stored) -> Made:
    """JPEG, PNG, WebP, GIF or AVIF, 8 MB at most; it is made anew without what else the file holds."""
    with in_api_words(), _its_own_variant():
        (image_id,) = actions.add_pictures(product_id, [NewPicture(prepared, form.alt, form.variant_id)])
    return made("images_api.show_image", image_id=image_id)


@bp.patch("/images/<key:image_id>")
@operation(
    "Describe or move a picture",
    TAG,
    scope=WRITE,
    body=ImageChange,
    out=ImageTold,
    conditional=True,
    refuses=(Contradiction, Missing),
)
def change_image(image_id: int, body: ImageChange) -> ImageTold:
    """What is left out stays; `position` counts from 1 among the product's pictures."""
    before = _existing(image_id)
    version = conditions.demand(before.version)
    product = _existing_product(before.product_id)
    with in_api_words(), _its_own_variant():
        actions.arrange_pictures(before.product_id, _arranged(product, before, version, body))
    return _existing(image_id)


@bp.delete("/images/<key:image_id>")
@operation("Take a picture away", TAG, scope=WRITE, status=204, refuses=(ChangedSince,))
def delete_image(image_id: int) -> None:
    """Its files go by themselves some days later."""
    version = conditions.allow(_existing(image_id).version)
    with in_api_words():
        actions.remove_picture(image_id, version)


@contextmanager
def _its_own_variant() -> Iterator[None]:
    """The picture shows a choice of its own product. Raises Missing."""
    try:
        yield
    except NotFound:
        raise Missing.at(
            "#/variant_id", "reference-missing", _("This product has no such variant.")
        ) from None


def _stored(product_id: int) -> Stored:
    """The picture among the shop's own files; what nobody refers to is swept away later."""
    _existing_product(product_id)
    db.release()
    try:
        return uploads.keep(request.files["file"].stream.read(), storage.media())
    except BadPicture as bad:
        raise Contradiction.at("#/file", bad.code, bad.message()) from None


def _arranged(product: ProductTold, before: ImageTold, version: int, body: ImageChange) -> ArrangePictures:
    """All pictures as they are, but for this one."""
    sent = body.model_fields_set
    variant = body.variant_id if "variant_id" in sent else before.variant_id
    said = {one.id: Said(one.alt or "-", one.variant_id) for one in product.images}
    said[before.id] = Said(body.alt if body.alt is not None else before.alt or "-", variant)
    order = [one.id for one in product.images]
    if body.position is not None:
        order.remove(before.id)
        order.insert(body.position - 1, before.id)
    return ArrangePictures(version, {one: said[one] for one in order})


def _may() -> bool:
    return callers.caller().may(READ) or callers.caller().may(WRITE)


def _existing(image_id: int) -> ImageTold:
    found = told.one_image(image_id, everything=True)
    if found is None:
        raise NotFound
    return found


def _existing_product(product_id: int) -> ProductTold:
    found = told.product(product_id, everything=True)
    if found is None:
        raise NotFound
    return found
