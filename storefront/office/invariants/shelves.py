"""What must be true of stock: the shelf is the sum of its ledger, and promises never exceed it."""

from storefront.office.invariants.invariant import WORKER_IS_WELL, Invariant

ON_HAND = Invariant(
    "I1",
    "on hand of each variant is the sum of its stock movements",
    "SELECT count(*) FROM stock",
    """
    SELECT variant_id, on_hand, moved
    FROM stock
    FULL JOIN (
        SELECT variant_id, sum(quantity) AS moved FROM stock_movements GROUP BY variant_id
    ) AS ledger USING (variant_id)
    WHERE coalesce(on_hand, 0) <> coalesce(moved, 0)
    """,
)
NEVER_OVERSOLD = Invariant(
    "I2",
    "nothing is reserved that is not on hand",
    "SELECT count(*) FROM stock",
    "SELECT variant_id, on_hand, reserved FROM stock WHERE NOT (0 <= reserved AND reserved <= on_hand)",
)
RESERVED = Invariant(
    "I3",
    "reserved is the sum of the held reservations",
    "SELECT count(*) FROM stock",
    """
    SELECT variant_id, reserved, held
    FROM stock
    FULL JOIN (
        SELECT variant_id, sum(quantity) AS held FROM reservations WHERE state = 'held' GROUP BY variant_id
    ) AS promised USING (variant_id)
    WHERE coalesce(reserved, 0) <> coalesce(held, 0)
    """,
)
OVERDUE = Invariant(
    "I4",
    "no hold outlives its end by 2 minutes while a worker is well",
    "SELECT count(*) FROM reservations WHERE state = 'held'",
    f"""
    SELECT orders.number, orders.expires_at, reservations.id AS reservation_id
    FROM reservations JOIN orders ON orders.id = reservations.order_id
    WHERE reservations.state = 'held' AND orders.expires_at < now() - interval '2 minutes'
      AND {WORKER_IS_WELL}
    """,  # noqa: S608 - every part is ours
)
LEDGER_OF_LINES = Invariant(
    "I5",
    "the sale movements of each line are what was handed over, its returns what stands on the shelf again",
    "SELECT count(*) FROM order_lines",
    """
    SELECT lines.id AS line_id, handed_over, sold, came_back, stayed, restocked, strangers
    FROM (
        SELECT line.id,
            coalesce(sum(movement.quantity) FILTER (WHERE movement.reason = 'sale'), 0) AS sold,
            coalesce(sum(movement.quantity) FILTER (WHERE movement.reason = 'return'), 0) AS came_back,
            coalesce(sum(movement.quantity) FILTER (WHERE movement.reason <> 'sale'), 0) AS stayed,
            coalesce((
                SELECT sum(back.restocked) FROM line_reductions AS back WHERE back.order_line_id = line.id
            ), 0) AS restocked,
            count(*) FILTER (WHERE movement.variant_id <> line.variant_id) AS strangers,
            coalesce(max(promise.quantity) FILTER (WHERE promise.state = 'handed_over'), 0) AS handed_over
        FROM order_lines AS line
        LEFT JOIN stock_movements AS movement ON movement.order_line_id = line.id
        LEFT JOIN reservations AS promise
            ON promise.order_id = line.order_id AND promise.variant_id = line.variant_id
        GROUP BY line.id
    ) AS lines
    WHERE sold <> -handed_over OR came_back NOT BETWEEN 0 AND handed_over
       OR stayed <> restocked OR strangers > 0
    """,
)
INVARIANTS = (ON_HAND, NEVER_OVERSOLD, RESERVED, OVERDUE, LEDGER_OF_LINES)
