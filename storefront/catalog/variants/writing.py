"""Write choices that are there already: their codes and prices, and whether they are counted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from storefront.catalog import pricing
from storefront.catalog.models import Product, Variant
from storefront.catalog.pricing import Cost
from storefront.catalog.refusals import BadWish
from storefront.catalog.variants.adding import check_price
from storefront.catalog.variants.refusals import StillPromised
from storefront.catalog.wanted import VariantFacts, said
from storefront.inventory import stock
from storefront.platform import audit, db
from storefront.platform.errors import NotFound
from storefront.shop.queries import read

COLUMNS = ("sku", "barcode", "weight_g", "tracked")


def write(product: Product, wished: Mapping[int, VariantFacts]) -> bool:
    """Make the variants so, those of a product that is held; whether anything changed.

    Raises NotFound for one that is not of this product, BadWish or StillPromised. Part of a change.
    """
    currency = read().currency
    costs = pricing.costs_of(product.id, currency)
    variants = _variants(product.id)
    changed: dict[int, tuple[VariantFacts, VariantFacts]] = {}
    for variant_id, wish in sorted(wished.items()):
        if variant_id not in variants:
            raise NotFound
        before = facts_of(variants[variant_id], costs.get(variant_id))
        after = replace(wish, sku=wish.sku or before.sku, values=wish.values or before.values)
        _check(after, len(before.values))
        if after != before:
            changed[variant_id] = before, after
    _make_room(changed)
    for variant_id, (before, after) in changed.items():
        _write_one(variant_id, before, after, currency)
    _count(product.id, changed)
    return bool(changed)


def facts_of(variant: Variant, cost: Cost | None) -> VariantFacts:
    """A choice as it is, at its usual price; without a price it costs nothing yet."""
    return VariantFacts(
        price=cost.amount if cost else 0,
        compare_at=cost.compare_at if cost else None,
        sku=variant.sku,
        values=tuple(variant.option_values),
        barcode=variant.barcode,
        weight_g=variant.weight_g,
        tracked=variant.tracked,
    )


def touch(variant_id: int, before: Mapping[str, Any], after: Mapping[str, Any], **values: Any) -> None:
    """Change columns of one variant and write it down. Part of a change."""
    version = db.inside().session.execute(
        update(Variant)
        .where(Variant.id == variant_id)
        .values(**values, version=Variant.version + 1)
        .returning(Variant.version)
    )
    audit.note("variants", variant_id, before, after, version.scalar_one())


def _variants(product_id: int) -> dict[int, Variant]:
    rows = select(Variant).where(Variant.product_id == product_id)
    again = db.inside().session.scalars(rows.execution_options(populate_existing=True))
    return {variant.id: variant for variant in again}


def _check(facts: VariantFacts, options: int) -> None:
    if len(facts.values) != options:
        raise BadWish("values", _("A choice has one value for each option."))
    check_price(facts)


def set_aside(ids: Iterable[int]) -> None:
    """Let go of what these are chosen by: two that swap would meet on the way. Part of a change."""
    moved = sorted(ids)
    if len(moved) > 1:
        aside = func.string_to_array(func.concat("#", Variant.id), "")
        db.inside().session.execute(update(Variant).where(Variant.id.in_(moved)).values(option_values=aside))


def _make_room(changed: Mapping[int, tuple[VariantFacts, VariantFacts]]) -> None:
    skus = sorted(one for one, (before, after) in changed.items() if before.sku != after.sku)
    if len(skus) > 1:
        aside = func.concat("#", Variant.id)
        db.inside().session.execute(update(Variant).where(Variant.id.in_(skus)).values(sku=aside))
    set_aside(one for one, (before, after) in changed.items() if before.values != after.values)


def _write_one(variant_id: int, before: VariantFacts, after: VariantFacts, currency: str) -> None:
    values = {name: getattr(after, name) for name in COLUMNS if getattr(after, name) != getattr(before, name)}
    if after.values != before.values:
        values["option_values"] = list(after.values)
    touch(variant_id, said(before), said(after), **values)
    if (before.price, before.compare_at) != (after.price, after.compare_at):
        pricing.write(variant_id, currency, after.price, after.compare_at)


def _count(product_id: int, changed: Mapping[int, tuple[VariantFacts, VariantFacts]]) -> None:
    """Begin and end to count, last of all and by ascending variant. Raises StillPromised."""
    for variant_id, (before, after) in changed.items():
        if after.tracked and not before.tracked:
            stock.open_shelf(variant_id, product_id)
        elif before.tracked and not after.tracked and not stock.close_shelf(variant_id):
            raise StillPromised(after.sku)
