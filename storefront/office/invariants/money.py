"""What must be true of payments and invoices: each movement counts once, each number is given once."""

from storefront.office.invariants.invariant import Invariant
from storefront.payments.actions import PAID
from storefront.payments.models import DEAD

_PAID = ", ".join(f"'{state}'" for state in PAID)
_DEAD = ", ".join(f"'{state}'" for state in DEAD)

INVOICED = Invariant(
    "I8",
    "every order that was paid or handed over has an invoice, and every invoice such an order",
    "SELECT count(*) FROM orders",
    f"""
    SELECT number, invoices, paid, handed_over
    FROM (
        SELECT number,
            (SELECT count(*) FROM invoices WHERE order_id = orders.id) AS invoices,
            EXISTS (SELECT FROM payments WHERE order_id = orders.id AND state IN ({_PAID})) AS paid,
            EXISTS (SELECT FROM fulfilments WHERE order_id = orders.id AND handed_over_at IS NOT NULL)
                AS handed_over
        FROM orders
    ) AS sold
    WHERE invoices <> CASE WHEN paid OR handed_over THEN 1 ELSE 0 END
    """,  # noqa: S608 - every part is ours
)
GAPLESS = Invariant(
    "I9",
    "invoice numbers run from 1 without a gap to the last one given in their series",
    "SELECT count(*) FROM invoices",
    """
    SELECT coalesce(series, name) AS series, given, different, lowest, highest, last
    FROM (
        SELECT series, count(*) AS given, count(DISTINCT number) AS different,
            min(number) AS lowest, max(number) AS highest
        FROM invoices GROUP BY series
    ) AS numbers
    FULL JOIN number_series ON name = series
    WHERE (given, different, lowest, highest) IS DISTINCT FROM (last, last, 1, last)
    """,
)
INVOICE_TOTAL = Invariant(
    "I10",
    "an invoice says its order's total, tax and currency",
    "SELECT count(*) FROM invoices",
    """
    SELECT orders.number, invoices.total AS said, orders.total, invoices.tax AS tax_said, orders.tax
    FROM invoices JOIN orders ON orders.id = order_id
    WHERE (invoices.total, invoices.tax, invoices.currency)
       <> (orders.total, orders.tax, orders.currency)
    """,
)
CAPTURED = Invariant(
    "I11",
    "refunded ≤ captured ≤ authorised, and what counts as paid is paid in full",
    "SELECT count(*) FROM payments",
    f"""
    SELECT orders.number, payments.state, amount, authorised, captured, refunded, orders.total
    FROM payments JOIN orders ON orders.id = order_id
    WHERE NOT (0 <= refunded AND refunded <= captured AND captured <= authorised)
       OR amount <> orders.total OR payments.currency <> orders.currency
       OR orders.total > 0 AND (captured >= orders.total) <> (payments.state IN ({_PAID}))
    """,  # noqa: S608 - every part is ours
)
ONE_ALIVE = Invariant(
    "I12",
    "an order has at most one live payment, and never none at all",
    "SELECT count(*) FROM orders",
    f"""
    SELECT number, count(payments.id) AS payments,
        count(*) FILTER (WHERE payments.state NOT IN ({_DEAD})) AS alive
    FROM orders LEFT JOIN payments ON order_id = orders.id
    GROUP BY orders.id
    HAVING count(payments.id) = 0 OR count(*) FILTER (WHERE payments.state NOT IN ({_DEAD})) > 1
    """,  # noqa: S608 - every part is ours
)
EVENTS = Invariant(
    "I13",
    "a payment's amounts are the sums of its events",
    "SELECT count(*) FROM payment_events",
    """
    SELECT id AS payment_id, authorised, captured, refunded, events
    FROM payments LEFT JOIN (
        SELECT payment_id, jsonb_object_agg(kind, amount) AS events
        FROM (
            SELECT payment_id, kind, sum(amount) AS amount FROM payment_events GROUP BY payment_id, kind
        ) AS sums
        GROUP BY payment_id
    ) AS moved ON payment_id = id
    WHERE (authorised, captured, refunded) <> (
        coalesce((events ->> 'authorised')::bigint, 0),
        coalesce((events ->> 'captured')::bigint, 0),
        coalesce((events ->> 'refunded')::bigint, 0))
    """,
)
INVARIANTS = (INVOICED, GAPLESS, INVOICE_TOTAL, CAPTURED, ONE_ALIVE, EVENTS)
