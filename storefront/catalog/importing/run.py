"""Import a whole file, product by product, and say of each row what became of it."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from storefront.catalog.importing import memory as memories
from storefront.catalog.importing.actions import import_product, make_lasting
from storefront.catalog.importing.glance import Glance, glance_at
from storefront.catalog.importing.memory import Memory
from storefront.catalog.importing.planning import Asked, Plan
from storefront.catalog.importing.products import Parsed, products_of
from storefront.catalog.importing.reading import DELIMITERS, FORMATS, Opened
from storefront.catalog.importing.records import Rules
from storefront.catalog.importing.refusals import RowsRefused
from storefront.catalog.importing.report import Line, Outcome, printable
from storefront.catalog.importing.rows import Row
from storefront.catalog.importing.spool import Spool
from storefront.config import Settings
from storefront.shop.models import Shop

BATCH = 50  # Fewer statements for more; beyond this, little is gained and memory grows.


def rules_of(shop: Shop, settings: Settings, now: datetime, opened: Opened) -> Rules:
    """What this shop allows, and how this file writes numbers."""
    return Rules(
        currency=shop.currency,
        min_price=settings.min_price,
        max_price=settings.max_price,
        today=now.astimezone(ZoneInfo(shop.time_zone)).date(),
        decimal_comma=opened.decimal_comma,
    )


def head_of(opened: Opened, spool: Spool) -> list[str]:
    """What was recognised, and which columns nobody reads."""
    kind, delimiter = FORMATS[opened.columns.format], DELIMITERS[opened.delimiter]
    place = f"row {opened.skipped + 1} is the header"
    lines = [f"{opened.path.name}: {kind}, {opened.encoding}, {delimiter}, {spool.count} rows; {place}"]
    for words, names in (
        ("ignored columns", spool.ignored_columns(filled=True)),
        ("ignored columns that are blank anyway", spool.ignored_columns(filled=False)),
        ("columns given twice, of which the first counts", opened.columns.twice),
    ):
        if names:
            lines.append(f"{words}: {', '.join(names)}")
    return [printable(line) for line in lines]


def lines_of(spool: Spool, rules: Rules, asked: Asked) -> Iterator[Line]:
    """Import it all, or rehearse it; each row's line comes when its product is done."""
    memory = memories.fresh()
    for some in batched(products_of(spool, rules)):
        glance = glance_at([parsed.product for parsed in some if parsed.product], asked.currency)
        for parsed in some:
            plan = _take(parsed, glance, memory, asked)
            _explain(parsed.rows, plan)
            yield from (_line(row, parsed, plan) for row in parsed.rows)
    if not asked.rehearsal:
        make_lasting()


def batched(products: Iterator[Parsed]) -> Iterator[list[Parsed]]:
    """Products that are looked up together."""
    while some := list(islice(products, BATCH)):
        yield some


def _take(parsed: Parsed, glance: Glance, memory: Memory, asked: Asked) -> Plan | None:
    """Take what can be taken of a product: without the rows that are refused, the rest is tried again."""
    rows = {row.number: row for row in parsed.rows}
    product = parsed.product
    while product is not None and (product.headed or product.variants or product.images):
        try:
            return import_product(product, glance, memory, asked)
        except RowsRefused as refused:
            again = [bad for bad in refused.rows if not rows[bad.row].problems]
            for bad in again:
                rows[bad.row].refuse(bad.meaning, bad.reason)
            product = product.without({bad.row for bad in again}) if again else None
    return None


def _explain(rows: list[Row], plan: Plan | None) -> None:
    """Notes of the plan, and why rows without a fault of their own were not taken."""
    by_number = {row.number: row for row in rows}
    for note in plan.notes if plan else ():
        by_number[note.row].note(note.meaning, note.text)
    first_bad = next((row.number for row in rows if row.problems), 0)
    for row in rows:
        if plan is None and not row.problems:
            row.refuse("the row", f"its product was refused, see row {first_bad}")


def _line(row: Row, parsed: Parsed, plan: Plan | None) -> Line:
    changes = tuple(plan.changes[row.number]) if plan and not row.problems else ()
    if row.problems:
        outcome = Outcome.REFUSED
    elif plan and plan.creates(row.number):
        outcome = Outcome.NEW
    else:
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Line(
        row=row.number,
        outcome=outcome,
        subject=_subject(row, parsed, plan),
        changes=changes,
        problems=tuple(row.problems),
        notes=tuple(row.notes),
        original=tuple(row.original),
    )


def _subject(row: Row, parsed: Parsed, plan: Plan | None) -> str:
    """The product's address, and which choices of it stand on this row."""
    product = parsed.product
    name = plan.slug if plan else product.handle if product else ""
    name = name or row.word("sku") or row.word("title") or "?"
    pairs = [pair for pair in plan.pairs if pair.given.row == row.number] if plan else []
    choices = ", ".join(" / ".join(pair.values) for pair in pairs if pair.values)
    return f"{name} ({choices})" if choices else name[:100]
