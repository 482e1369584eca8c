"""The form of a product, what becomes of the product, and what shoppers will see of a draft."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext, ngettext

from storefront.catalog import actions, choosing, merging, product_forms, queries
from storefront.catalog.admin import blame
from storefront.catalog.changing import facts_of
from storefront.catalog.models import Product
from storefront.catalog.product_forms import STATUS_WORDS, TAX_WORDS, ProductForm, shown
from storefront.catalog.refusals import BadWish, NotDeletable, ShelfGone, Stale, Taken
from storefront.catalog.shelving.listing import branches
from storefront.catalog.wanted import EditProduct, ProductFacts
from storefront.platform import db, http, prose, refusals, staff_pages
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only
from storefront.shop.queries import facts as shop_facts

bp = Blueprint("product_admin", __name__, url_prefix="/admin/products")
keep_forms(bp)
staff_only(bp, "catalogue")
ONE = f"/{staff_pages.KEY}"
TRIES = 3  # times that changes of others are taken along before somebody is asked to look


def _saying(words: Any) -> Callable[[int], str]:
    return lambda _count: str(words)


for _name, _words in {
    "product-made": lazy_gettext("The product is there. Now give it pictures and choices."),
    "product-saved": lazy_gettext("Saved."),
    "product-copied": lazy_gettext("This is the copy, a draft so far."),
    "product-active": lazy_gettext("It is on sale."),
    "product-draft": lazy_gettext("It is a draft again, which nobody sees."),
    "product-archived": lazy_gettext("It is archived: nobody sees it, and orders go on telling of it."),
    "product-deleted": lazy_gettext("The product is gone."),
}.items():
    staff_pages.confirmation(_name, _saying(_words))
staff_pages.confirmation(
    "product-merged",
    lambda count: ngettext(
        "Saved, together with %(num)s field that somebody else changed meanwhile.",
        "Saved, together with %(num)s fields that somebody else changed meanwhile.",
        count,
    ),
)


@bp.get(ONE)
def edit(key: int) -> Response:
    """The form of a product."""
    product = found(key)
    return _edit(product, _form(product))


@bp.post(ONE)
def update(key: int) -> Response:
    """Save it; what somebody else changed meanwhile is kept, and asked about where it collides."""
    product = found(key)
    form = _form(product, request.form)
    if "preview" in request.form:
        return _edit(product, form)
    asked = request.form.getlist("asked")
    takes = {name: request.form.get(f"take-{name}", "") for name in asked}
    if not form.validate():
        return _edit(product, form, status=422)
    if not all(whose in ("yours", "theirs") for whose in takes.values()):
        return _meanwhile(product, form, *form.seen(), status=422)
    version, base = form.seen()
    wish = merging.settle(form.facts(), base, takes) if base else form.facts()
    return _save(product, form, wish, version, base)


@bp.post(f"{ONE}/status")
def status(key: int) -> Response:
    """Publish it, archive it, or take it back into the drawer."""
    name = request.form.get("status", "")
    try:
        actions.set_status(key, name, product_forms.version_of(request.form.get("version")) or None)
    except (Stale, BadWish) as refusal:
        return _edit(found(key), _form(found(key)), refusal=refusal)
    return http.see(".edit", key=key, done=f"product-{name}")


@bp.post(f"{ONE}/copies")
def copy(key: int) -> Response:
    """Make another one like it."""
    return http.see(".edit", key=actions.duplicate_product(key), done="product-copied")


@bp.post(f"{ONE}/deletion")
def delete(key: int) -> Response:
    """Forget it, if nobody ever bought it."""
    try:
        actions.delete_product(key)
    except NotDeletable as refusal:
        return _edit(found(key), _form(found(key)), refusal=refusal)
    return http.see("catalog_admin.index", done="product-deleted")


@bp.get(f"{ONE}/preview")
def preview(key: int) -> Response:
    """The product's page as shoppers see it, or will."""
    product = found(key)
    offers = queries.offers(key, shop_facts().currency)
    current = choosing.shown(offers, request.args.get("variant"))
    return render(
        "catalog/admin/preview.html",
        product=product,
        current=current,
        offers=offers,
        pictures=queries.pictures(key, current) if current else [],
    )


def found(key: int) -> Product:
    """The product, whatever its state. Raises NotFound."""
    product = db.session.get(Product, key)
    if product is None:
        raise NotFound
    return product


def _save(
    product: Product, form: ProductForm, wish: ProductFacts, version: int, base: ProductFacts | None
) -> Response:
    taken = 0
    for _try in range(TRIES):
        try:
            actions.edit_product(product.id, EditProduct(version, wish, base))
        except Stale as stale:
            merged = merging.merge(base, wish, stale.theirs)
            if merged.collisions:
                refusals.note(stale)
                return _meanwhile(product, form, stale.version, stale.theirs, merged=merged)
            wish, version, base, taken = merged.facts, stale.version, stale.theirs, len(merged.taken)
        except (Taken, BadWish, ShelfGone) as refusal:
            return _edit(product, form, refusal=refusal)
        else:
            done = "product-merged" if taken else "product-saved"
            return http.see(".edit", key=product.id, done=done, count=taken or None)
    return _edit(product, form, status=409)


def _meanwhile(
    product: Product,
    form: ProductForm,
    version: int,
    theirs: ProductFacts | None,
    *,
    merged: merging.Merged | None = None,
    status: int = 409,
) -> Response:
    """Yours, theirs and what it was, field by field, and the form with all that does not collide."""
    if merged is None:  # Asked once already, and not answered yet.
        asked = request.form.getlist("asked")
        whole = merging.merge(None, form.facts(), theirs) if theirs else None
        both = [one for one in (whole.collisions if whole else ()) if one.field in asked]
        return _edit(product, form, status=status, collisions=_named(both, form), unanswered=True)
    again = _form(product, facts=merged.facts)
    again.version.data, again.base.data = str(version), shown(theirs or merged.facts)
    collisions = _named(merged.collisions, again)
    return _edit(product, again, status=status, collisions=collisions, taken=merged.taken)


def _named(collisions: Sequence[merging.Collision], form: ProductForm) -> list[merging.Collision]:
    """Shelves and states by their names, for people to read."""
    shelves = {choice[0]: choice[1] for choice in form.shelves.choices or ()}
    words = {**STATUS_WORDS, **TAX_WORDS}

    def told(field: str, value: Any) -> Any:
        if field == "shelves" and value is not None:
            return [shelves.get(str(shelf), "") for shelf in value]
        return str(words[value]) if field in ("status", "tax_class") and value in words else value

    return [
        merging.Collision(one.field, *(told(one.field, value) for value in (one.base, one.yours, one.theirs)))
        for one in collisions
    ]


def _form(product: Product, typed: Any = None, facts: ProductFacts | None = None) -> ProductForm:
    now = facts or facts_of(product)
    form = ProductForm(typed, branches=branches(), zone=shop_facts().time_zone, facts=now)
    if typed is None:
        form.version.data, form.base.data = str(product.version), shown(now)
    return form


def _edit(
    product: Product,
    form: ProductForm,
    status: int = 200,
    refusal: Refusal | None = None,
    **meanwhile: Any,
) -> Response:
    status = blame(form, refusal) if refusal else status
    return render(
        "catalog/admin/edit.html",
        "catalog/admin/_written.html",
        status=status,
        product=product,
        form=form,
        refusal=None if isinstance(refusal, (Taken, BadWish, ShelfGone)) else refusal,
        written=prose.html(form.description.data or ""),
        words=product_forms.WORDS,
        statuses=STATUS_WORDS,
        **{"collisions": (), "taken": (), "unanswered": False} | meanwhile,
    )
