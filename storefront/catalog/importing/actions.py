"""Import one product: all of it that can be taken, or nothing."""

from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError

from storefront.catalog.importing.glance import Glance, glance_at
from storefront.catalog.importing.lists import Path
from storefront.catalog.importing.memory import Memory
from storefront.catalog.importing.planning import Asked, Plan, plan
from storefront.catalog.importing.records import ImportedProduct
from storefront.catalog.importing.refusals import BadRow, RowsRefused
from storefront.catalog.importing.writing import write
from storefront.catalog.locks import lock_product
from storefront.platform import db
from storefront.platform.errors import Busy

CHANGED_MEANWHILE = "the shop was changed by someone else at this moment; import the row again"
REASONS: dict[type[Exception], str] = {
    IntegrityError: CHANGED_MEANWHILE,
    DataError: "the database cannot keep it",
    Busy: "others held the product for too long; import the row again",
}

# Waiting for the disk product by product is half of an import's time. Whatever happens, a product is there
# whole or not at all, and at the end `make_lasting` waits once for all of them: a commit is on the disk after
# all that came before it. An empty one would not wait, so it writes a word.
_WITHOUT_WAITING = text("SET LOCAL synchronous_commit = off")
_WAITING = text("SET LOCAL synchronous_commit = on")
_LAST_WORD = text("SELECT pg_logical_emit_message(true, 'storefront', 'imported')")


def import_product(product: ImportedProduct, glance: Glance, memory: Memory, asked: Asked) -> Plan:
    """Compare a product of the file with the shop and change what differs; a rehearsal undoes it again.

    Raises RowsRefused naming the rows that cannot be taken; then nothing was changed.
    """
    done, shelves = plan(product, glance, memory, asked), dict[Path, int]()
    if done.changes_anything:
        try:
            done, shelves = _change(done, memory, asked)
        except (IntegrityError, DataError, Busy) as error:
            raise RowsRefused(BadRow(product.row, "the row", REASONS[type(error)])) from None
    _remember(done, shelves, memory, asked)
    return done


@db.retried
def _change(seen: Plan, memory: Memory, asked: Asked) -> tuple[Plan, dict[Path, int]]:
    with db.transaction(rehearsal=asked.rehearsal):
        db.inside().execute(_WITHOUT_WAITING)
        done = _look_again(seen, memory, asked) if seen.known else seen
        return done, write(done, memory, asked) if done.changes_anything else {}


@db.retried
def make_lasting() -> None:
    """Have the disk confirm every product that was imported so far."""
    with db.transaction() as session:
        session.execute(_WAITING)
        session.execute(_LAST_WORD)


def _look_again(seen: Plan, memory: Memory, asked: Asked) -> Plan:
    """The same comparison with what stands there now that nobody else may change it."""
    if not seen.known or not lock_product(seen.known.id):
        raise RowsRefused(BadRow(seen.product.row, "the row", CHANGED_MEANWHILE))
    return plan(seen.product, glance_at([seen.product], asked.currency), memory, asked)


def _remember(done: Plan, shelves: dict[Path, int], memory: Memory, asked: Asked) -> None:
    """What the rows to come need to know, whether or not it was undone."""
    memory.slugs.setdefault(done.slug, done.product.row)
    for pair in done.pairs:
        memory.skus[pair.sku] = pair.given.row
        if pair.known and pair.known.sku != pair.sku:
            memory.freed.add(pair.known.sku)
        memory.freed.discard(pair.sku)
    for path, shelf_id in shelves.items():
        memory.put(path, None if asked.rehearsal else shelf_id)
