"""Staff's pictures of a product: brought several at once, described, ordered and taken away."""

from typing import Any

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from sqlalchemy import select

from storefront.catalog.editing_views import found
from storefront.catalog.gallery import actions, picture_forms
from storefront.catalog.gallery.actions import MAX_ALT, ArrangePictures, NewPicture
from storefront.catalog.models import Image, Product, Variant
from storefront.catalog.product_forms import STATUS_WORDS, version_of
from storefront.catalog.refusals import BadWish, Stale
from storefront.platform import db, http, refusals, staff_pages, storage, uploads
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.forms import readable
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only
from storefront.platform.uploads import BadPicture

bp = Blueprint("gallery_admin", __name__, url_prefix="/admin")
keep_forms(bp)
staff_only(bp, "catalogue")
OF_ONE = f"/products/{staff_pages.KEY}/pictures"
ONE = f"/pictures/{staff_pages.KEY}"
_SAVED: Any = lazy_gettext("The pictures are saved.")
staff_pages.confirmation("pictures-saved", lambda _count: str(_SAVED))
staff_pages.confirmation(
    "pictures-added", lambda count: ngettext("%(num)s picture came.", "%(num)s pictures came.", count)
)


@bp.before_request
def allow_large() -> None:
    """Several pictures weigh more than any other form may."""
    if request.endpoint == f"{bp.name}.{add.__name__}":
        request.max_content_length = picture_forms.MAX_FILES * uploads.MAX_BYTES


@bp.get(OF_ONE)
def index(key: int) -> Response:
    """The pictures of a product, in their order."""
    return _page(found(key))


@bp.post(OF_ONE)
def add(key: int) -> Response:
    """Bring new ones. What is no picture is refused by its name, and the others are not lost for it."""
    product = found(key)
    files = picture_forms.chosen(request.files.getlist("files"))
    alt = " ".join(readable(request.form.get("alt", "")).split())[:MAX_ALT]
    if not files or len(files) > picture_forms.MAX_FILES or not alt:
        return _page(product, status=422, problems=_missing(files, alt), alt=alt)
    kept, problems = _kept(files, alt)
    try:
        if kept:
            actions.add_pictures(key, kept)
    except BadWish as refusal:
        return _page(product, refusal=refusal, alt=alt)
    if problems:
        return _page(found(key), status=422, problems=problems, alt=alt, came=len(kept))
    return http.see(".index", key=key, done="pictures-added", count=len(kept))


@bp.post(f"{OF_ONE}/arrangement")
def arrange(key: int) -> Response:
    """Say what is seen on them, and which choice each shows."""
    said = picture_forms.said(request.form)
    try:
        actions.arrange_pictures(key, ArrangePictures(version_of(request.form.get("version")), said))
    except (Stale, BadWish) as refusal:
        return _page(found(key), refusal=refusal)
    return http.see(".index", key=key, done="pictures-saved")


@bp.post(f"{ONE}/place")
def move(key: int) -> Response:
    """One place further up, or further down."""
    product_id = _owner(key)
    actions.move_picture(key, -1 if request.form.get("way") == "up" else 1)
    return http.see(".index", key=product_id, _anchor=f"picture-{key}")


@bp.post(f"{ONE}/deletion")
def delete(key: int) -> Response:
    """Take it away."""
    product_id = _owner(key)
    actions.remove_picture(key)
    return http.see(".index", key=product_id, done="pictures-saved")


def _kept(files: list[tuple[str, bytes]], alt: str) -> tuple[list[NewPicture], list[tuple[str, str]]]:
    """Store what can be stored, before any transaction: that takes a while."""
    kept, problems = [], []
    for name, content in files:
        try:
            kept.append(NewPicture(uploads.keep(content, storage.media()), alt))
        except BadPicture as refusal:
            refusals.note(refusal)
            problems.append(("files", f"{name}: {refusal.message()}"))
    return kept, problems


def _missing(files: list[tuple[str, bytes]], alt: str) -> list[tuple[str, str]]:
    problems = []
    if not files:
        problems.append(("files", _("Please choose at least one picture.")))
    if len(files) > picture_forms.MAX_FILES:
        most = _("Please bring at most %(most)s pictures at a time.", most=picture_forms.MAX_FILES)
        problems.append(("files", most))
    if not alt:
        problems.append(("alt", _("Please say in a few words what is seen on the picture.")))
    return problems


def _owner(key: int) -> int:
    product_id = db.session.scalar(select(Image.product_id).where(Image.id == key))
    if product_id is None:
        raise NotFound
    return product_id


def _page(product: Product, status: int = 200, refusal: Refusal | None = None, **more: Any) -> Response:
    if refusal:
        refusals.note(refusal)
    pictures = select(Image).where(Image.product_id == product.id).order_by(Image.position, Image.id)
    variants = select(Variant).where(Variant.product_id == product.id, Variant.archived_at.is_(None))
    return render(
        "catalog/admin/pictures.html",
        status=refusal.status if refusal else status,
        product=product,
        statuses=STATUS_WORDS,
        pictures=db.session.scalars(pictures).all(),
        variants=db.session.scalars(variants.order_by(Variant.position, Variant.id)).all(),
        said=picture_forms.said(request.form) if refusal else {},
        refusal=refusal,
        most=picture_forms.MAX_FILES,
        largest=uploads.MAX_BYTES // 1024**2,
        max_alt=MAX_ALT,
        **{"problems": (), "alt": "", "came": 0} | more,
    )
