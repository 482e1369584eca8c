"""New choices of a product, with their prices and units. Part of a change."""

from collections.abc import Sequence
from itertools import count

from flask_babel import gettext as _
from sqlalchemy import func, select

from storefront.catalog import prices
from storefront.catalog.importing import adding
from storefront.catalog.importing.handles import sku_of
from storefront.catalog.models import MAX_SKU, MAX_VARIANTS, Variant
from storefront.catalog.refusals import BadWish
from storefront.catalog.wanted import NewVariant, VariantFacts, said
from storefront.inventory import stock
from storefront.platform import audit, db
from storefront.shop.queries import read


def add(product_id: int, slug: str, options: int, new: Sequence[NewVariant]) -> list[int]:
    """Write them below those that are there; returns their ids in order. Raises BadWish. Part of a change."""
    if not new:
        return []
    session = db.inside().session
    here = select(func.count(), func.max(Variant.position)).where(Variant.product_id == product_id)
    there, last = session.execute(here).one()
    _check(there + len(new), options, new)
    currency = read().currency
    skus = _skus(slug, [one.facts for one in new])
    facts = [one.facts for one in new]
    rows = [_row(one, sku, (last or 0) + n) for n, (one, sku) in enumerate(zip(facts, skus, strict=True), 1)]
    costs = [
        {"sku": sku, "variant_id": None, "amount": one.price, "compare_at": one.compare_at}
        for one, sku in zip(facts, skus, strict=True)
    ]
    ids = adding.add(product_id, adding.New(variants=rows, prices=costs), currency)
    units = {ids[sku]: one.on_hand for one, sku in zip(new, skus, strict=True) if one.facts.tracked}
    stock.open_shelves(product_id, units, "count")
    for one, sku in zip(facts, skus, strict=True):
        audit.note("variants", ids[sku], None, said(one) | {"sku": sku, "product_id": product_id}, version=1)
    prices.refresh(product_id)
    return [ids[sku] for sku in skus]


def check_price(facts: VariantFacts) -> None:
    """Refuse a reduced price that is none. Raises BadWish."""
    if facts.compare_at is not None and facts.compare_at <= facts.price:
        raise BadWish("compare_at", _("The price before must be above the price."))


def _check(count_then: int, options: int, new: Sequence[NewVariant]) -> None:
    if count_then > MAX_VARIANTS:
        raise BadWish("values", _("A product has %(most)s choices at most.", most=MAX_VARIANTS))
    for one in new:
        if len(one.facts.values) != options or not all(one.facts.values):
            raise BadWish("values", _("A choice has one value for each option."))
        check_price(one.facts)


def _row(facts: VariantFacts, sku: str, position: int) -> dict[str, object]:
    return {
        "sku": sku,
        "barcode": facts.barcode,
        "option_values": list(facts.values),
        "position": position,
        "weight_g": facts.weight_g,
        "tracked": facts.tracked,
    }


def _skus(slug: str, new: Sequence[VariantFacts]) -> list[str]:
    """Those that were given, and free ones for the others."""
    taken = {one.sku for one in new if one.sku}
    made = []
    for one in new:
        sku = one.sku or free_sku(sku_of(slug, one.values), taken)
        taken.add(sku)
        made.append(sku)
    return made


def free_sku(wish: str, taken: set[str]) -> str:
    """The wish, or the wish with a number that nobody has. Part of a change."""
    numbered = (f"{wish[: MAX_SKU - 6]}-{number}" for number in count(2))
    for sku in (wish, *(next(numbered) for _tries in range(998))):
        known = select(Variant.id).where(Variant.sku == sku)
        if sku not in taken and db.inside().session.scalar(known) is None:
            return sku
    raise BadWish("sku", _("Please give it a SKU."))
