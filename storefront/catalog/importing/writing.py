"""Write a plan: the product, its choices, prices, shelves, pictures and stock. Part of a change."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, update

from storefront.catalog import bringing, prices
from storefront.catalog.importing import adding, picturing, placing, stocking
from storefront.catalog.importing.adding import New
from storefront.catalog.importing.comparing import Difference
from storefront.catalog.importing.lists import Path
from storefront.catalog.importing.matching import Pair
from storefront.catalog.importing.memory import Memory
from storefront.catalog.importing.planning import Asked, Plan
from storefront.catalog.importing.records import MISSING
from storefront.catalog.models import Image, Product, Variant
from storefront.catalog.searching import index
from storefront.platform import db, events
from storefront.platform.statements import given

# The table itself, and a statement made once: what the ORM makes anew each time costs several times as much.
PRODUCTS = db.table(Product)
LEFT_ALONE = ("id", "featured", "rating_average", "rating_count", "version")
_ADD_PRODUCT = (
    insert(PRODUCTS)
    .values({name: bindparam(name) for name in given(Product, *LEFT_ALONE)})
    .returning(PRODUCTS.c.id)
)
NEW_PRODUCT: dict[str, Any] = {
    "description": "",
    "brand": "",
    "tags": [],
    "seo_title": "",
    "seo_description": "",
    "status": "active",
    "tax_class": "standard",
    "option_names": [],
    "category_id": None,
    "published_at": None,
}
NEW_VARIANT = {"barcode": "", "weight_g": None, "tracked": False}


def write(plan: Plan, memory: Memory, asked: Asked) -> dict[Path, int]:
    """Make the shop as the plan says; returns the shelves that were made. Raises RowsRefused."""
    if asked.rehearsal:
        _make_room(plan, memory)
    shelves, made = placing.find_or_make(plan.places, memory) if plan.places else ([], {})
    product_id = _write_product(plan, shelves)
    if plan.places and plan.known:
        placing.leave(product_id)
    picturing.write(plan.pictures)
    ids = _write_known_variants(plan)
    ids |= adding.add(product_id, _new(plan, ids, shelves), asked.currency)
    if plan.pictures.to_fetch:
        bringing.ask_for_pictures(product_id)
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
        return _add_product(plan, NEW_PRODUCT | values, now)
    if values.get("status") == "active" and plan.known.published_at is None:
        values["published_at"] = now
    values |= {"updated_at": now, "version": Product.version + 1}
    _session().execute(update(Product).where(Product.id == plan.known.id).values(**values))
    return plan.known.id


def _add_product(plan: Plan, values: dict[str, Any], now: datetime) -> int:
    if values["status"] == "active":
        values["published_at"] = now
    values["price_from"] = min(pair.given.price for pair in plan.pairs if pair.given.price is not MISSING)
    values |= {"slug": plan.slug, "created_at": now, "updated_at": now}
    product_id: int = db.inside().execute(_ADD_PRODUCT, values).scalar_one()
    return product_id


def _write_known_variants(plan: Plan) -> dict[str, int]:
    """What they let go of is free then for those that are new; returns the id of each SKU."""
    ids = {pair.sku: pair.known.id for pair in plan.pairs if pair.known}
    moved = sorted(ids[pair.sku] for pair, found in plan.variants if pair.known and _moves(found))
    if len(moved) > 1:
        aside = func.string_to_array(func.concat("#", Variant.id), "")
        _session().execute(update(Variant).where(Variant.id.in_(moved)).values(option_values=aside))
    for pair, differences in sorted(plan.variants, key=lambda one: one[0].known.id if one[0].known else 0):
        if pair.known:
            values = _variant_columns(differences) | {"version": Variant.version + 1}
            _session().execute(update(Variant).where(Variant.id == pair.known.id).values(**values))
    return ids


def _new(plan: Plan, ids: dict[str, int], shelves: list[int]) -> New:
    last = len(plan.known.variants) if plan.known else 0
    fresh = [_variant_columns(found) for pair, found in plan.variants if not pair.known]
    shown = {source: pair.sku for source, pair in plan.links.items()}
    return New(
        variants=[NEW_VARIANT | row | {"position": last + n} for n, row in enumerate(fresh, start=1)],
        prices=[_price_row(pair, found) | _named(pair.sku, ids) for pair, found in plan.prices],
        shelves=shelves,
        pictures=[row | _named(shown.get(str(row["source"])), ids) for row in plan.pictures.new],
    )


def _named(sku: str | None, ids: dict[str, int]) -> dict[str, Any]:
    return {"sku": sku, "variant_id": ids.get(sku or "")}


def _variant_columns(differences: list[Difference]) -> dict[str, Any]:
    names = {"values": "option_values"}
    return {names.get(one.column, one.column): _stored(one.new) for one in differences}


def _moves(differences: list[Difference]) -> bool:
    return any(one.column == "values" for one in differences)


def _price_row(pair: Pair, differences: list[Difference]) -> dict[str, Any]:
    known = pair.known
    row = {"amount": known and known.price, "compare_at": known and known.compare_at}
    return row | {one.column: one.new for one in differences}


def _tell(plan: Plan, product_id: int) -> None:
    here = db.inside()
    here.tag(f"product:{product_id}", "catalog")
    here.tag(*(f"category:{shelf_id}" for shelf_id in (plan.known.shelf_ids if plan.known else ())))
    name = "product.changed" if plan.known else "product.created"
    events.record(name, f"product:{product_id}", {"by": "import"})


def _stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
