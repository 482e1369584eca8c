"""Write a plan: the product, its choices, prices, shelves, pictures and stock. Part of a change."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, update
from sqlalchemy.dialects.postgresql import insert as upsert

from storefront.catalog import prices
from storefront.catalog.importing import picturing, placing, stocking
from storefront.catalog.importing.comparing import Difference
from storefront.catalog.importing.lists import Path
from storefront.catalog.importing.matching import Pair
from storefront.catalog.importing.memory import Memory
from storefront.catalog.importing.planning import Asked, Plan
from storefront.catalog.importing.records import MISSING
from storefront.catalog.models import Image, Product, Variant
from storefront.catalog.searching import index
from storefront.platform import db, events

# The tables themselves: the ORM's own inserts cost several times as much, and nothing here needs them.
PRODUCTS, VARIANTS, PRICES = (db.Model.metadata.tables[name] for name in ("products", "variants", "prices"))


def write(plan: Plan, memory: Memory, asked: Asked) -> dict[Path, int]:
    """Make the shop as the plan says; returns the shelves that were made. Raises RowsRefused."""
    if asked.rehearsal:
        _make_room(plan, memory)
    shelves, made = placing.find_or_make(plan.places, memory) if plan.places else ([], {})
    product_id = _write_product(plan, shelves)
    if plan.places:
        placing.place(product_id, plan.known, shelves)
    ids = _write_variants(plan, product_id)
    _write_prices(plan, ids, asked.currency)
    shows = {source: ids[pair.sku] for source, pair in plan.links.items()}
    picturing.write(product_id, plan.pictures, shows)
    for image_id, pair in plan.relinked:
        shown = ids[pair.sku] if pair else None
        _session().execute(update(Image).where(Image.id == image_id).values(variant_id=shown))
    stocking.count_all(plan.countings, ids, product_id)
    if plan.prices and plan.known:
        prices.refresh(product_id)
    if _is_found_otherwise(plan) and not asked.rehearsal:
        index.refresh(product_id)
    _tell(plan, product_id)
    return made


def _is_found_otherwise(plan: Plan) -> bool:
    """Whether more changed than pictures and counts, which nobody searches for."""
    return bool(not plan.known or plan.facts or plan.places or plan.variants or plan.prices)


def _session() -> Any:
    return db.inside().session


def _make_room(plan: Plan, memory: Memory) -> None:
    """An earlier row let go of these SKUs, but that was undone: let go of them here once more."""
    freed = memory.freed.intersection(pair.sku for pair in plan.pairs)
    if freed:
        renamed = func.concat(Variant.sku, "#", Variant.id)
        _session().execute(update(Variant).where(Variant.sku.in_(freed)).values(sku=renamed))


def _write_product(plan: Plan, shelves: list[int]) -> int:
    now = db.inside().now
    values: dict[str, Any] = {one.column: _stored(one.new) for one in plan.facts}
    if plan.places:
        values["category_id"] = shelves[0] if shelves else None
    if plan.known is None:
        return _add_product(plan, {"status": "active", "published_at": None} | values, now)
    if values.get("status") == "active" and plan.known.published_at is None:
        values["published_at"] = now
    values |= {"updated_at": now, "version": Product.version + 1}
    _session().execute(update(Product).where(Product.id == plan.known.id).values(**values))
    return plan.known.id


def _add_product(plan: Plan, values: dict[str, Any], now: datetime) -> int:
    if values["status"] == "active":
        values["published_at"] = now
    values["price_from"] = min(pair.given.price for pair in plan.pairs if pair.given.price is not MISSING)
    added = insert(PRODUCTS).values(slug=plan.slug, created_at=now, updated_at=now, **values)
    product_id: int = _session().execute(added.returning(PRODUCTS.c.id)).scalar_one()
    return product_id


def _write_variants(plan: Plan, product_id: int) -> dict[str, int]:
    """Known choices first, so that what they let go of is free; returns the id of each SKU."""
    ids = {pair.sku: pair.known.id for pair in plan.pairs if pair.known}
    moved = sorted(ids[pair.sku] for pair, found in plan.variants if pair.known and _moves(found))
    if len(moved) > 1:
        aside = func.string_to_array(func.concat("#", Variant.id), "")
        _session().execute(update(Variant).where(Variant.id.in_(moved)).values(option_values=aside))
    for pair, differences in sorted(plan.variants, key=lambda one: one[0].known.id if one[0].known else 0):
        if pair.known:
            values = _variant_columns(differences) | {"version": Variant.version + 1}
            _session().execute(update(Variant).where(Variant.id == pair.known.id).values(**values))
    return ids | _add_variants(plan, product_id)


def _add_variants(plan: Plan, product_id: int) -> dict[str, int]:
    known = len(plan.known.variants) if plan.known else 0
    rows = [
        {"product_id": product_id, "position": known + place}
        | {"barcode": "", "weight_g": None, "tracked": False}
        | _variant_columns(differences)
        for place, (_, differences) in enumerate((one for one in plan.variants if not one[0].known), start=1)
    ]
    if not rows:
        return {}
    added = insert(VARIANTS).returning(VARIANTS.c.sku, VARIANTS.c.id)
    return {row.sku: row.id for row in _session().execute(added, rows)}


def _variant_columns(differences: list[Difference]) -> dict[str, Any]:
    names = {"values": "option_values"}
    return {names.get(one.column, one.column): _stored(one.new) for one in differences}


def _moves(differences: list[Difference]) -> bool:
    return any(one.column == "values" for one in differences)


def _write_prices(plan: Plan, ids: dict[str, int], currency: str) -> None:
    rows = [_price_row(pair, found, ids[pair.sku], currency) for pair, found in plan.prices]
    if rows:
        put = upsert(PRICES)
        put = put.on_conflict_do_update(
            index_elements=[PRICES.c.variant_id, PRICES.c.currency],
            set_={"amount": put.excluded.amount, "compare_at": put.excluded.compare_at},
        )
        _session().execute(put, rows)


def _price_row(pair: Pair, differences: list[Difference], variant_id: int, currency: str) -> dict[str, Any]:
    known = pair.known
    row = {"amount": known and known.price, "compare_at": known and known.compare_at}
    row |= {one.column: one.new for one in differences}
    return row | {"variant_id": variant_id, "currency": currency}


def _tell(plan: Plan, product_id: int) -> None:
    here = db.inside()
    here.tag(f"product:{product_id}", "catalog")
    here.tag(*(f"category:{shelf_id}" for shelf_id in (plan.known.shelf_ids if plan.known else ())))
    name = "product.changed" if plan.known else "product.created"
    events.record(name, f"product:{product_id}", {"by": "import"})


def _stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
