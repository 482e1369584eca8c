"""What the table of a product's choices accepts: one row of fields for each, and the options above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wtforms.validators import ValidationError

from storefront.catalog.models import MAX_OPTIONS, MAX_SKU
from storefront.catalog.pricing import Cost
from storefront.catalog.variants.matrix import Option
from storefront.catalog.variants.writing import facts_of
from storefront.catalog.wanted import VariantFacts
from storefront.inventory.actions import MAX_UNITS
from storefront.platform.amounts import amount_in, decimal_of
from storefront.platform.forms import readable, whole_number
from storefront.platform.i18n import gettext as _

COLUMNS = ("sku", "price", "compare_at", "barcode", "weight_g")
FILLED = ("price", "compare_at", "barcode", "weight_g", "on_hand")
"""What can be given to all rows at once; SKUs are filled with a beginning."""
MAX_CELL = 100
MAX_NAME = 60
MAX_GRAMS = 10**8


@dataclass(slots=True)
class VariantRow:
    """A choice as the table shows it: what was typed, and what is wrong with it, by column."""

    id: int
    words: str
    typed: dict[str, str]
    tracked: bool
    archived: bool
    on_hand: int | None = None
    reserved: int = 0
    wrong: dict[str, str] = field(default_factory=dict)
    sale: Cost | None = None


def rows_of(found: Sequence[Any], currency: str, typed: Mapping[str, str] | None = None) -> list[VariantRow]:
    """The table's rows, with what is there or with what was typed."""
    rows = []
    for one in found:
        facts = facts_of(one.Variant, one.cost)
        told = {
            "sku": facts.sku,
            "price": decimal_of(facts.price, currency) if one.cost else "",
            "compare_at": decimal_of(facts.compare_at, currency),
            "barcode": facts.barcode,
            "weight_g": "" if facts.weight_g is None else str(facts.weight_g),
            "on_hand": "" if one.on_hand is None else str(one.on_hand),
        }
        tracked, archived = facts.tracked, one.Variant.archived_at is not None
        if typed is not None and f"sku-{one.Variant.id}" in typed:
            told |= {name: readable(typed.get(f"{name}-{one.Variant.id}", "").strip()) for name in told}
            tracked = f"tracked-{one.Variant.id}" in typed
        words = one.Variant.choice or one.Variant.sku
        row = VariantRow(one.Variant.id, words, told, tracked, archived, one.on_hand, one.reserved or 0)
        row.sale = one.cost if one.cost and one.cost.sale is not None else None
        rows.append(row)
    return rows


def fill(rows: Sequence[VariantRow], given: Mapping[str, str]) -> None:
    """Write one value into all rows that are sold, wherever one is given."""
    for row in rows:
        if row.archived:
            continue
        for name in FILLED:
            if value := given.get(f"all-{name}", "").strip():
                row.typed[name] = value
                row.tracked = row.tracked or name == "on_hand"
        if beginning := given.get("all-sku", "").strip():
            row.typed["sku"] = "-".join([beginning, *row.words.replace(" / ", "-").split()])[:MAX_SKU]


def read(rows: Sequence[VariantRow], currency: str) -> dict[int, VariantFacts]:
    """What the rows say of the choices; a row that cannot be read notes why."""
    return {row.id: facts for row in rows if not row.archived and (facts := _facts(row, currency))}


def counts(rows: Sequence[VariantRow]) -> dict[int, int]:
    """Of which rows another number of units was typed, and which."""
    found = {}
    for row in rows:
        said = row.typed["on_hand"]
        if row.archived or not row.tracked or not said or said == str(row.on_hand):
            continue
        try:
            found[row.id] = whole_number(said, least=0, most=MAX_UNITS)
        except ValidationError as error:
            row.wrong["on_hand"] = str(error)
    return found


def options_of(form: Mapping[str, str]) -> tuple[Option, ...]:
    """The options that were typed: a name, and its values with commas between them."""
    names = [" ".join(form.get(f"option-{n}", "").split())[:MAX_NAME] for n in range(MAX_OPTIONS)]
    values = [form.get(f"values-{n}", "").split(",") for n in range(MAX_OPTIONS)]
    tidy = [
        tuple(value for part in parts if (value := " ".join(part.split())[:MAX_CELL])) for parts in values
    ]
    readables = zip(map(readable, names), tidy, strict=True)
    return tuple(Option(name, tuple(map(readable, some))) for name, some in readables if name or some)


def _facts(row: VariantRow, currency: str) -> VariantFacts | None:
    facts = VariantFacts(price=0, tracked=row.tracked)
    for name in COLUMNS:
        try:
            facts = replace(facts, **{name: _read(name, row.typed[name], currency)})
        except ValidationError as error:
            row.wrong[name] = str(error)
    if not row.wrong and facts.compare_at is not None and facts.compare_at <= facts.price:
        row.wrong["compare_at"] = _("The price before must be above the price.")
    return None if row.wrong else facts


def _read(name: str, typed: str, currency: str) -> Any:
    """Raises ValidationError."""
    if name == "price":
        return amount_in(typed, currency)
    if name == "compare_at":
        return amount_in(typed, currency) if typed else None
    if name == "weight_g":
        return whole_number(typed, least=0, most=MAX_GRAMS) if typed else None
    if len(typed) > MAX_CELL:
        raise ValidationError(_("Please use at most %(max)d characters.", max=MAX_CELL))
    return typed
