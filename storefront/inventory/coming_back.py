"""Units come back: some of those promised to an order, or goods that had left the shelf.

As in stock.py, each change is one statement that locks its rows by ascending variant id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, TextClause, text

from storefront.inventory.stock import LOCK, numbers, tell, write_movement
from storefront.platform import db

_RELEASE_PART = text(f"""
    WITH wanted AS (
        SELECT * FROM unnest(:variants, :quantities) AS wanted(variant_id, quantity)
    ), locked AS MATERIALIZED (
        SELECT stock.variant_id, stock.reserved, held.id, held.quantity AS promised,
            least(wanted.quantity, held.quantity) AS quantity
        FROM stock JOIN wanted USING (variant_id) JOIN reservations AS held USING (variant_id)
        WHERE held.order_id = :order AND held.state = 'held'
        ORDER BY stock.variant_id {LOCK}
    ), gone AS (
        UPDATE reservations SET
            quantity = CASE WHEN promised > locked.quantity THEN promised - locked.quantity ELSE promised END,
            state = CASE WHEN promised > locked.quantity THEN 'held' ELSE 'released' END
        FROM locked WHERE reservations.id = locked.id
    )
    UPDATE stock SET reserved = locked.reserved - locked.quantity
    FROM locked WHERE stock.variant_id = locked.variant_id
    RETURNING stock.variant_id, stock.product_id, locked.quantity,
        stock.on_hand - stock.reserved AS available
""").bindparams(*numbers("variants", "quantities"))  # noqa: S608 - LOCK is ours
_PUT_BACK = text(f"""
    WITH came AS (
        SELECT * FROM unnest(:variants, :quantities) AS came(variant_id, quantity)
    ), locked AS MATERIALIZED (
        SELECT stock.variant_id, stock.on_hand, came.quantity FROM stock JOIN came USING (variant_id)
        ORDER BY stock.variant_id {LOCK}
    )
    UPDATE stock SET on_hand = locked.on_hand + locked.quantity
    FROM locked WHERE stock.variant_id = locked.variant_id
    RETURNING stock.variant_id, stock.product_id, locked.quantity,
        stock.on_hand - stock.reserved AS available
""").bindparams(*numbers("variants", "quantities"))  # noqa: S608 - LOCK is ours


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back of an order's line: units for the shelf, and units that nobody can sell."""

    line_id: int
    restocked: int
    written_off: int


def release_part(order_id: int, units: Mapping[int, int], *, few: int) -> None:
    """Give back some of what an order holds of each variant; the rest stays held. Part of a change."""
    for row in _run(_RELEASE_PART, units, order=order_id):
        tell(row.product_id, row.available - row.quantity, row.available, few)


def put_back(came: Mapping[int, Returned], *, few: int, note: str | None = None) -> dict[int, int]:
    """Goods came back: to the shelf, or to be written off; both stand in the ledger.

    Returns how many units of each line stand on the shelf again: none of a variant that nobody counts
    any more. Part of a change.
    """
    restocked = dict.fromkeys((it.line_id for it in came.values()), 0)
    for row in _run(_PUT_BACK, {variant: it.restocked for variant, it in came.items()}):
        it = came[row.variant_id]
        units = it.restocked + it.written_off
        write_movement(row.variant_id, units, "return", order_line_id=it.line_id, note=note)
        if it.written_off:
            write_movement(row.variant_id, -it.written_off, "write_off", order_line_id=it.line_id, note=note)
        restocked[it.line_id] = it.restocked
        tell(row.product_id, row.available - row.quantity, row.available, few)
    return restocked


def _run(statement: TextClause, units: Mapping[int, int], **values: int) -> Sequence[Row[Any]]:
    ids = sorted(units)
    if not ids:
        return []
    given = {"variants": ids, "quantities": [units[i] for i in ids]}
    return sorted(db.inside().execute(statement, given | values).all())
