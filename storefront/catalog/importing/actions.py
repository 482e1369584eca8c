"""Import one product: all of it that can be taken, or nothing."""

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
        done = _look_again(seen, memory, asked) if seen.known else seen
        return done, write(done, memory, asked) if done.changes_anything else {}


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
