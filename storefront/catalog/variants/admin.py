"""Staff's table of a product's choices: options, codes, prices and units, and what is sold no more."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import lazy_gettext

from storefront.catalog.editing_views import found
from storefront.catalog.models import MAX_OPTIONS, Product
from storefront.catalog.product_forms import STATUS_WORDS, version_of
from storefront.catalog.refusals import BadWish, NotDeletable, Stale, Taken
from storefront.catalog.variants import actions, queries, variant_forms
from storefront.catalog.variants.actions import SetOptions, SetPrice
from storefront.catalog.variants.matrix import Option
from storefront.catalog.variants.refusals import PriceMoved, StillPromised
from storefront.catalog.variants.variant_forms import VariantRow
from storefront.catalog.wanted import EditVariants, VariantFacts
from storefront.inventory.actions import CountShelf, count_stock
from storefront.inventory.refusals import CountedMeanwhile, Promised
from storefront.platform import http, refusals, staff_pages
from storefront.platform.amounts import amount_in
from storefront.platform.errors import NotFound, Refusal
from storefront.platform.kept_forms import keep_forms
from storefront.platform.pages import render
from storefront.platform.people import staff_only
from storefront.shop.queries import facts as shop_facts

bp = Blueprint("variants_admin", __name__, url_prefix="/admin")
keep_forms(bp)
staff_only(bp, "catalogue")
OF_ONE = f"/products/{staff_pages.KEY}"
ONE = f"/variants/{staff_pages.KEY}"
_SAVED: Any = lazy_gettext("The choices are saved.")
_PRICED: Any = lazy_gettext("The price is changed.")
staff_pages.confirmation("choices-saved", lambda _count: str(_SAVED))
staff_pages.confirmation("price-saved", lambda _count: str(_PRICED))


@bp.get(f"{OF_ONE}/variants")
def index(key: int) -> Response:
    """The options of a product, and a row for each choice."""
    product = found(key)
    return _page(product, _rows(product))


@bp.post(f"{OF_ONE}/variants")
def save(key: int) -> Response:
    """Write all rows at once, or fill one value into all of them first."""
    product = found(key)
    rows = _rows(product, request.form)
    if "fill" in request.form:
        variant_forms.fill(rows, request.form)
        return _page(product, rows, filled=True)
    wished = variant_forms.read(rows, shop_facts().currency)
    counted = variant_forms.counts(rows)
    if any(row.wrong for row in rows):
        return _page(product, rows, status=422)
    try:
        version = version_of(request.form.get("version"))
        actions.edit_variants(key, EditVariants(version, wished))
        _count(rows, counted)
    except (Stale, Taken, BadWish, StillPromised, CountedMeanwhile, Promised) as refusal:
        return _page(found(key), rows, refusal=refusal)
    return http.see(".index", key=key, done="choices-saved")


@bp.post(f"{OF_ONE}/options")
def choose(key: int) -> Response:
    """Let it come in these options from now on."""
    product = found(key)
    options = variant_forms.options_of(request.form)
    currency = shop_facts().currency
    costs = [one.cost for one in queries.of_product(key, currency) if one.cost]
    pattern = VariantFacts(price=min((cost.amount for cost in costs), default=0))
    try:
        wish = SetOptions(version_of(request.form.get("version")), options, pattern)
        actions.set_options(key, wish)
    except (Stale, Taken, BadWish) as refusal:
        return _page(product, _rows(product), refusal=refusal, options=options)
    return http.see(".index", key=key, done="choices-saved")


@bp.post(f"{ONE}/price")
def price(key: int) -> Response:
    """Change one price where it stands in the list."""
    product = found(_owner(key))
    currency = shop_facts().currency
    try:
        seen = version_of(request.form.get("seen"))
        actions.set_price(key, SetPrice(seen, amount_in(request.form.get("price"), currency)))
    except (PriceMoved, BadWish) as refusal:
        return _page(found(product.id), _rows(product), refusal=refusal)
    except ValueError as error:
        return _page(product, _rows(product), status=422, sentence=str(error))
    return http.see("catalog_admin.index", done="price-saved")


@bp.post(f"{ONE}/archiving")
def archive(key: int) -> Response:
    """Sell one choice no more."""
    return _change(key, actions.archive_variant)


@bp.post(f"{ONE}/restoring")
def restore(key: int) -> Response:
    """Sell it again."""
    return _change(key, actions.restore_variant)


@bp.post(f"{ONE}/deletion")
def delete(key: int) -> Response:
    """Forget a choice that was a slip."""
    return _change(key, actions.delete_variant)


def _change(key: int, action: Any) -> Response:
    product_id = _owner(key)
    try:
        action(key)
    except NotDeletable as refusal:
        product = found(product_id)
        return _page(product, _rows(product), refusal=refusal)
    return http.see(".index", key=product_id, done="choices-saved")


def _owner(key: int) -> int:
    product_id = queries.product_of(key)
    if product_id is None:
        raise NotFound
    return product_id


def _count(rows: Sequence[VariantRow], counted: dict[int, int]) -> None:
    """By ascending variant; each is a count of its own, compared with what the page showed."""
    for row in sorted(rows, key=lambda row: row.id):
        if row.id in counted:
            seen = request.form.get(f"seen-{row.id}", "")
            count_stock(row.id, CountShelf(version_of(seen), counted[row.id]))


def _rows(product: Product, typed: Any = None) -> list[VariantRow]:
    currency = shop_facts().currency
    return variant_forms.rows_of(queries.of_product(product.id, currency), currency, typed)


def _page(
    product: Product,
    rows: Sequence[VariantRow],
    status: int = 200,
    refusal: Refusal | None = None,
    **more: Any,
) -> Response:
    if refusal:
        refusals.note(refusal)
    wrong = [(f"{name}-{row.id}", text) for row in rows for name, text in row.wrong.items()]
    values = _values(rows, product)
    return render(
        "catalog/admin/variants.html",
        status=refusal.status if refusal else status,
        product=product,
        statuses=STATUS_WORDS,
        rows=rows,
        refusal=refusal,
        problems=wrong,
        version=version_of(request.form.get("version")) if wrong else product.version,
        currency=shop_facts().currency,
        places=range(MAX_OPTIONS),
        **{"options": values, "filled": False, "sentence": ""} | more,
    )


def _values(rows: Sequence[VariantRow], product: Product) -> list[Option]:
    """The options as they are, with the values of what is sold, in their order."""
    words = [row.words.split(" / ") for row in rows if not row.archived]
    return [
        Option(name, tuple(dict.fromkeys(parts[place] for parts in words if place < len(parts))))
        for place, name in enumerate(product.option_names)
    ]
