"""What must be true of orders: they add up, hang together, and went only where they may go."""

from storefront.office.invariants.invariant import Invariant, rows
from storefront.orders.models import FULFILMENT_MOVES, ORDER_MOVES
from storefront.payments.models import MOVES

TOTAL = Invariant(
    "I6",
    "an order's total is net and tax of delivery and of what it kept of its lines until the invoice",
    "SELECT count(*) FROM orders",
    """
    SELECT number, total, net_and_tax + shipping_net + shipping_tax AS parts
    FROM orders JOIN (
        SELECT order_id, sum(net + tax) AS net_and_tax FROM (
            SELECT order_id, net, tax FROM order_lines
            UNION ALL
            SELECT order_id, -net, -tax FROM line_reductions
            WHERE credit_note_id IS NULL AND kind = 'cancelled'
        ) AS parts GROUP BY order_id
    ) AS lines ON lines.order_id = orders.id
    WHERE total <> net_and_tax + shipping_net + shipping_tax OR total < 0
    """,
)
TAXES = Invariant(
    "I7",
    "an order's taxes by rate and its discount are those of its lines and of delivery",
    "SELECT count(*) FROM orders",
    """
    WITH parts AS (
        SELECT order_id, tax_rate AS rate, net, tax, discount,
            unit_price * quantity AS price FROM order_lines
        UNION ALL
        SELECT line.order_id, line.tax_rate, -off.net, -off.tax, -off.discount,
            -line.unit_price * off.quantity
        FROM line_reductions AS off JOIN order_lines AS line ON line.id = order_line_id
        WHERE credit_note_id IS NULL AND kind = 'cancelled'
        UNION ALL
        SELECT id, shipping_tax_rate, shipping_net, shipping_tax,
            shipping_price - shipping_net - CASE WHEN prices_include_tax THEN shipping_tax ELSE 0 END,
            shipping_price
        FROM orders
    ), summed AS (
        SELECT order_id, rate, sum(net) AS net, sum(tax) AS tax FROM parts GROUP BY order_id, rate
    ), written AS (
        SELECT orders.id AS order_id, entry.rate, entry.net, entry.tax
        FROM orders, jsonb_to_recordset(taxes) AS entry(rate numeric, net bigint, tax bigint)
    )
    SELECT number, 'tax at ' || rate AS what, written.tax AS said, summed.tax AS is
    FROM summed FULL JOIN written USING (order_id, rate) JOIN orders ON orders.id = order_id
    WHERE (coalesce(summed.net, 0), coalesce(summed.tax, 0))
       <> (coalesce(written.net, 0), coalesce(written.tax, 0))
    UNION ALL
    SELECT number, 'tax', max(orders.tax), sum(parts.tax)
    FROM orders JOIN parts ON parts.order_id = orders.id GROUP BY orders.id
    HAVING max(orders.tax) <> sum(parts.tax)
    UNION ALL
    SELECT number, 'discount', max(orders.discount), sum(parts.discount)
    FROM orders JOIN parts ON parts.order_id = orders.id GROUP BY orders.id
    HAVING max(orders.discount) <> sum(parts.discount)
    UNION ALL
    SELECT number, 'a price less its discount', parts.price - parts.discount, parts.net + parts.tax
    FROM orders JOIN parts ON parts.order_id = orders.id
    WHERE parts.price - parts.discount
       <> parts.net + CASE WHEN prices_include_tax THEN parts.tax ELSE 0 END
    """,
)
ONE_PER_CART = Invariant(
    "I17",
    "a used key points at its order or at what a program made, and a closed cart became one order",
    "SELECT (SELECT count(*) FROM idempotency_keys) + (SELECT count(*) FROM carts WHERE closed)",
    """
    SELECT 'a key without its order' AS what, key::text AS which FROM idempotency_keys
    WHERE answer NOT LIKE '["%'
      AND NOT EXISTS (SELECT FROM orders WHERE orders.token = idempotency_keys.answer)
    UNION ALL
    SELECT 'a cart of several orders', cart_id::text FROM orders GROUP BY cart_id HAVING count(*) > 1
    UNION ALL
    SELECT 'an order of an open cart', number
    FROM orders JOIN carts ON carts.id = orders.cart_id WHERE NOT carts.closed
    UNION ALL
    SELECT 'a closed cart without its order', id::text FROM carts
    WHERE closed AND NOT EXISTS (SELECT FROM orders WHERE orders.cart_id = carts.id)
    """,
)
STEPS = Invariant(
    "I18",
    "every step of an order, payment or fulfilment was allowed, and its state is the last one",
    "SELECT count(*) FROM state_changes",
    f"""
    WITH allowed(subject, from_state, to_state) AS (
        SELECT 'order', * FROM (VALUES {rows(ORDER_MOVES)}) AS moves
        UNION ALL SELECT 'payment', * FROM (VALUES {rows(MOVES)}) AS moves
        UNION ALL SELECT 'fulfilment', * FROM (VALUES {rows(FULFILMENT_MOVES)}) AS moves
        UNION ALL VALUES ('order', NULL, 'open'), ('fulfilment', NULL, 'waiting'),
            ('payment', NULL, 'created'), ('payment', NULL, 'requires_action'),
            ('payment', NULL, 'authorised')
    ), steps AS (
        SELECT *, lag(to_state) OVER same AS before, lead(id) OVER same AS next
        FROM state_changes WINDOW same AS (PARTITION BY subject, subject_id ORDER BY id)
    ), things(subject, subject_id, state) AS (
        SELECT 'order', id, state FROM orders
        UNION ALL SELECT 'payment', id, state FROM payments
        UNION ALL SELECT 'fulfilment', id, state FROM fulfilments
    )
    SELECT steps.subject, steps.subject_id, steps.from_state, steps.to_state, 'not allowed' AS why
    FROM steps LEFT JOIN allowed ON allowed.subject = steps.subject AND allowed.to_state = steps.to_state
        AND allowed.from_state IS NOT DISTINCT FROM steps.from_state
    WHERE allowed.subject IS NULL
    UNION ALL
    SELECT subject, subject_id, from_state, to_state, 'it stood at ' || coalesce(before, 'nothing')
    FROM steps WHERE from_state IS DISTINCT FROM before
    UNION ALL
    SELECT subject, subject_id, to_state, state, 'the state is not the last of its history'
    FROM things LEFT JOIN steps USING (subject, subject_id)
    WHERE steps.next IS NULL AND state IS DISTINCT FROM to_state
    """,  # noqa: S608 - every part is ours
)
WHOLE = Invariant(
    "I21",
    "there is no order without lines, no line without an order, and no hold without an open order",
    "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM reservations)",
    """
    SELECT 'an order without lines' AS what, number AS which FROM orders
    WHERE NOT EXISTS (SELECT FROM order_lines WHERE order_id = orders.id)
    UNION ALL
    SELECT 'a line without an order', id::text FROM order_lines
    WHERE NOT EXISTS (SELECT FROM orders WHERE orders.id = order_id)
    UNION ALL
    SELECT 'an order without a fulfilment', number FROM orders
    WHERE NOT EXISTS (SELECT FROM fulfilments WHERE order_id = orders.id)
    UNION ALL
    SELECT 'a hold without an open order', reservations.id::text
    FROM reservations LEFT JOIN orders ON orders.id = order_id
    WHERE reservations.state = 'held' AND orders.state IS DISTINCT FROM 'open'
    UNION ALL
    SELECT 'an open order without what it must hold', number
    FROM orders JOIN order_lines AS line ON line.order_id = orders.id
    CROSS JOIN LATERAL (
        SELECT line.quantity - coalesce(sum(off.quantity), 0) AS quantity
        FROM line_reductions AS off WHERE off.order_line_id = line.id AND off.kind = 'cancelled'
    ) AS rest
    LEFT JOIN reservations AS promise
        ON promise.order_id = line.order_id AND promise.variant_id = line.variant_id
        AND promise.quantity = rest.quantity AND promise.state IN ('held', 'handed_over')
    WHERE orders.state = 'open' AND line.tracked AND rest.quantity <> 0 AND promise.id IS NULL
    UNION ALL
    SELECT 'more taken off a line than it had', off.order_line_id::text
    FROM line_reductions AS off JOIN order_lines AS line ON line.id = off.order_line_id
    GROUP BY off.order_line_id
    HAVING sum(off.quantity) > max(line.quantity) OR sum(off.net) > max(line.net)
        OR sum(off.tax) > max(line.tax) OR bool_or(off.order_id <> line.order_id)
    """,
)
INVARIANTS = (TOTAL, TAXES, ONE_PER_CART, STEPS, WHOLE)
