"""The only row locks on stock: reserve, release, hand over and count, always by ascending variant id.

Each change is one statement that locks its rows in order, looks at them as they are under the lock,
and changes all of them or none. It counts from what the lock saw: an UPDATE that counts from its own
column is first checked against the row as it was before the wait, and refuses units that came back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, TextClause, bindparam, delete, insert, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger

from storefront.inventory.models import Stock, StockMovement
from storefront.platform import db
from storefront.platform.spoken import Spoken

LOCK = "FOR NO KEY UPDATE OF stock"
OBTAINABLE = "obtainable"  # the tag of every page that says what can be had at all


@dataclass(frozen=True, slots=True)
class Shortage:
    """A variant of which fewer units are left than were wanted."""

    variant_id: int
    wanted: int
    available: int


@dataclass(frozen=True, slots=True)
class Count:
    """Units on the shelf and promised, as they were found under the lock."""

    on_hand: int
    reserved: int


class BelowReserved(Exception):
    """The shelf cannot hold less than what is promised to orders."""

    def __init__(self, count: Count) -> None:
        super().__init__(f"{count.reserved} are reserved")
        self.count = count


def numbers(*names: str) -> list[BindParameter[Any]]:
    numbers: Any = ARRAY(BigInteger)
    return [bindparam(name, type_=numbers) for name in names]


def _reserve(lock: str) -> TextClause:
    return text(f"""
        WITH wanted AS (
            SELECT * FROM unnest(:variants, :quantities) AS wanted(variant_id, quantity)
        ), locked AS MATERIALIZED (
            SELECT stock.variant_id, stock.on_hand - stock.reserved AS available, stock.reserved
            FROM stock JOIN wanted USING (variant_id)
            ORDER BY stock.variant_id {lock}
        ), short AS (
            SELECT variant_id, wanted.quantity, coalesce(locked.available, 0) AS available
            FROM wanted LEFT JOIN locked USING (variant_id)
            WHERE coalesce(locked.available, 0) < wanted.quantity
        ), taken AS (
            UPDATE stock SET reserved = locked.reserved + wanted.quantity
            FROM wanted, locked
            WHERE stock.variant_id = wanted.variant_id AND locked.variant_id = wanted.variant_id
              AND NOT EXISTS (SELECT FROM short)
            RETURNING stock.variant_id, stock.product_id, wanted.quantity, stock.on_hand - stock.reserved
        ), held AS (
            INSERT INTO reservations (order_id, variant_id, quantity)
            SELECT :order, variant_id, quantity FROM taken
            ON CONFLICT (order_id, variant_id) DO UPDATE SET state = 'held'
        )
        SELECT true AS short, variant_id, quantity, available, 0 AS product_id FROM short
        UNION ALL
        SELECT false, variant_id, quantity, available, product_id
        FROM taken AS taken(variant_id, product_id, quantity, available)
        ORDER BY variant_id
    """).bindparams(*numbers("variants", "quantities"))  # noqa: S608 - LOCK is ours


_RESERVE = Spoken(_reserve(LOCK))


def _let_go(state: str, on_hand: str) -> TextClause:
    return text(f"""
        WITH locked AS MATERIALIZED (
            SELECT stock.variant_id, stock.on_hand, stock.reserved, held.id, held.quantity
            FROM stock JOIN reservations AS held USING (variant_id)
            WHERE held.order_id = :order AND held.state = 'held'
            ORDER BY stock.variant_id {LOCK}
        ), gone AS (
            UPDATE reservations SET state = '{state}' FROM locked WHERE reservations.id = locked.id
        )
        UPDATE stock SET reserved = locked.reserved - locked.quantity{on_hand}
        FROM locked WHERE stock.variant_id = locked.variant_id
        RETURNING stock.variant_id, stock.product_id, locked.quantity,
            stock.on_hand - stock.reserved AS available
    """)  # noqa: S608 - every part is ours


_RELEASE = _let_go("released", "")
_HAND_OVER = _let_go("handed_over", ", on_hand = locked.on_hand - locked.quantity")
_OPEN = text("""
    WITH opened AS (
        INSERT INTO stock (variant_id, product_id, on_hand)
        SELECT variant_id, :product, quantity
        FROM unnest(:variants, :quantities) AS wanted(variant_id, quantity) ORDER BY variant_id
        ON CONFLICT (variant_id) DO NOTHING
        RETURNING variant_id, on_hand
    )
    INSERT INTO stock_movements (variant_id, quantity, reason, actor_kind, actor_id, request_id, at)
    SELECT variant_id, on_hand, :reason, :kind, :actor, :request, :at FROM opened WHERE on_hand > 0
""").bindparams(*numbers("variants", "quantities"))
_LOCK_ONE = text(f"SELECT on_hand, reserved FROM stock WHERE variant_id = :variant {LOCK}")  # noqa: S608 - LOCK is ours


def reserve(order_id: int, wanted: Mapping[int, int], *, few: int) -> list[Shortage]:
    """Promise units to an order: all lines, or none and the lines that are short.

    `wanted` maps tracked variants to units; `few` is from how many left the words on pages change.
    Part of a change: the caller rolls back when anything is short.
    """
    here = db.inside()
    ids = sorted(wanted)
    if not ids:
        return []
    rows = here.say(_RESERVE, {"order": order_id, "variants": ids, "quantities": [wanted[i] for i in ids]})
    for row in rows:
        if not row.short:
            tell(row.product_id, row.available + row.quantity, row.available, few)
    return [Shortage(row.variant_id, row.quantity, row.available) for row in rows if row.short]


def release(order_id: int, *, few: int) -> None:
    """Give back what an order holds; a second time finds nothing to give. Part of a change."""
    for row in db.inside().execute(_RELEASE, {"order": order_id}):
        tell(row.product_id, row.available - row.quantity, row.available, few)


def hand_over(order_id: int, line_of_variant: Mapping[int, int]) -> None:
    """The goods leave the shelf: on hand and reserved fall together, and the sale is in the ledger.

    `line_of_variant` maps each variant to its order line. What is available stays, so no page has to
    change. Part of a change.
    """
    for row in sorted(db.inside().execute(_HAND_OVER, {"order": order_id}).all()):
        write_movement(row.variant_id, -row.quantity, "sale", order_line_id=line_of_variant[row.variant_id])


def open_shelf(variant_id: int, product_id: int) -> None:
    """Begin to count a variant, at nothing; one that is counted already stays as it is. Part of a change."""
    here = db.inside()
    here.tag(f"product:{product_id}", OBTAINABLE)
    here.session.execute(
        text("INSERT INTO stock (variant_id, product_id) VALUES (:variant, :product) ON CONFLICT DO NOTHING"),
        {"variant": variant_id, "product": product_id},
    )


def open_shelves(product_id: int, units: Mapping[int, int], reason: str) -> None:
    """Begin to count variants of a product, each with so many units; those counted already stay as they are.

    One statement however many there are. Part of a change.
    """
    here = db.inside()
    ids = sorted(units)
    if ids:
        who = {"kind": here.actor.kind, "actor": here.actor.id, "request": here.request_id, "at": here.now}
        what = {"product": product_id, "variants": ids, "quantities": [units[i] for i in ids]}
        here.execute(_OPEN, {"reason": reason, **who, **what})
        here.tag(f"product:{product_id}", OBTAINABLE)


def close_shelf(variant_id: int) -> bool:
    """Stop counting a variant, unless some are promised (then False). Part of a change."""
    count = lock(variant_id)
    if count is None:
        return True
    if count.reserved:
        return False
    if count.on_hand:
        set_on_hand(variant_id, 0, "adjustment", note="no longer counted")
    db.inside().session.execute(delete(Stock).where(Stock.variant_id == variant_id))
    return True


def set_on_hand(variant_id: int, units: int, reason: str, *, note: str | None = None) -> int:
    """Make the shelf hold `units`; returns the difference written to the ledger.

    Raises BelowReserved when more are promised. Part of a change.
    """
    here = db.inside()
    count = lock(variant_id)
    if count is None:
        raise LookupError(f"variant {variant_id} is not counted")
    if units < count.reserved:
        raise BelowReserved(count)
    difference = units - count.on_hand
    if difference:
        product = here.session.execute(
            text("UPDATE stock SET on_hand = :units WHERE variant_id = :variant RETURNING product_id"),
            {"units": units, "variant": variant_id},
        ).scalar_one()
        write_movement(variant_id, difference, reason, note=note)
        tell(product, count.on_hand - count.reserved, units - count.reserved, None)
    return difference


def lock(variant_id: int) -> Count | None:
    """Lock one variant's shelf and tell what is on it; None when it is not counted. Part of a change."""
    row = db.inside().session.execute(_LOCK_ONE, {"variant": variant_id}).first()
    return Count(row.on_hand, row.reserved) if row else None


def tell(product_id: int, before: int, after: int, few: int | None) -> None:
    """Name what pages say of it, if the words for what is available are others now.

    They count up to `few`; without it any number may stand somewhere.
    """
    here = db.inside()
    if few is None or min(before, after) <= few:
        here.tag(f"product:{product_id}")
    if (before > 0) != (after > 0):
        here.tag(OBTAINABLE)


def write_movement(
    variant_id: int, quantity: int, reason: str, *, order_line_id: int | None = None, note: str | None = None
) -> None:
    """Add a line to the ledger. Part of a change."""
    here = db.inside()
    here.session.execute(
        insert(StockMovement).values(
            variant_id=variant_id,
            quantity=quantity,
            reason=reason,
            order_line_id=order_line_id,
            note=note,
            actor_kind=here.actor.kind,
            actor_id=here.actor.id,
            request_id=here.request_id,
            at=here.now,
        )
    )
