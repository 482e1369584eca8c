"""Import one product: all of it that can be taken, or nothing."""

from sqlalchemy.exc import IntegrityError

from storefront.catalog.importing import known as shop
from storefront.catalog.importing.handles import slug_of
from storefront.catalog.importing.known import KnownProduct, Owner
from storefront.catalog.importing.lists import Path
from storefront.catalog.importing.memory import Memory
from storefront.catalog.importing.planning import Asked, Plan, plan
from storefront.catalog.importing.records import ImportedProduct
from storefront.catalog.importing.refusals import BadRow, RowsRefused
from storefront.catalog.importing.writing import write
from storefront.catalog.models import MAX_SLUG, Product
from storefront.platform import db

CHANGED_MEANWHILE = "the shop was changed by someone else at this moment; import the row again"


def import_product(product: ImportedProduct, memory: Memory, asked: Asked) -> Plan:
    """Compare a product of the file with the shop and change what differs; a rehearsal undoes it again.

    Raises RowsRefused naming the rows that cannot be taken; then nothing was changed.
    """
    try:
        done, shelves = _import(product, memory, asked)
    except IntegrityError:
        raise RowsRefused(BadRow(product.row, "the row", CHANGED_MEANWHILE)) from None
    _remember(done, shelves, memory, asked)
    return done


@db.retried
def _import(product: ImportedProduct, memory: Memory, asked: Asked) -> tuple[Plan, dict[Path, int]]:
    with db.transaction(rehearsal=asked.rehearsal):
        owners = shop.owners_of([one.sku or one.made_sku for one in product.variants])
        known = _find(product, owners, memory, asked)
        slug = known.slug if known else _new_slug(product, memory)
        made = plan(product, known, slug, owners, memory, asked)
        return made, write(made, memory, asked) if made.changes_anything else {}


def _find(
    product: ImportedProduct, owners: dict[str, Owner], memory: Memory, asked: Asked
) -> KnownProduct | None:
    """The shop's own: by its address, or by its SKUs where those say which product it is."""
    if not product.known_by_sku or not product.variants:
        if product.handle in memory.slugs:
            return None
        return shop.find(shop.with_slug(product.handle), asked.currency)
    mine = {
        owners[sku].product_id
        for sku in (one.sku or one.made_sku for one in product.variants)
        if sku in owners and sku not in memory.freed and sku not in memory.skus
    }
    if not mine:
        return None
    return shop.find(Product.id == min(mine), asked.currency)


def _new_slug(product: ImportedProduct, memory: Memory) -> str:
    """The handle; where SKUs tell products apart, two of one name get addresses of their own."""
    if product.handle in memory.slugs and not product.known_by_sku:
        row = memory.slugs[product.handle]
        raise RowsRefused(
            BadRow(product.row, "handle", f'"{product.handle}" is the product of row {row} already')
        )
    if not product.known_by_sku:
        return product.handle
    skus = [one.sku or one.made_sku for one in product.variants][:1]
    base = slug_of("-".join([product.handle, *skus]))[: MAX_SLUG - 5]
    wishes = [product.handle, base, *(f"{base}-{number}" for number in range(2, 100))]
    return next(wish for wish in wishes if wish not in memory.slugs and not shop.is_taken(wish))


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
