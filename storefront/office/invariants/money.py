"""What must be true of payments and invoices: each movement counts once, each number is given once."""

from storefront.office.invariants.invariant import Invariant
from storefront.payments.models import DEAD, PAID

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
    "numbers of invoices and credit notes run from 1 without a gap to the last given in their series",
    "SELECT (SELECT count(*) FROM invoices) + (SELECT count(*) FROM credit_notes)",
    """
    SELECT coalesce(series, name) AS series, given, different, lowest, highest, last
    FROM (
        SELECT series, count(*) AS given, count(DISTINCT number) AS different,
            min(number) AS lowest, max(number) AS highest
        FROM (
            SELECT series, number FROM invoices UNION ALL SELECT series, number FROM credit_notes
        ) AS papers GROUP BY series
    ) AS numbers
    FULL JOIN number_series ON name = series
    WHERE (given, different, lowest, highest) IS DISTINCT FROM (last, last, 1, last)
    """,
)
INVOICE_TOTAL = Invariant(
    "I10",
    "an invoice says its order's total and tax; what was credited after payment is refunded or to refund",
    "SELECT (SELECT count(*) FROM invoices) + (SELECT count(*) FROM credit_notes)",
    """
    SELECT orders.number, 'the invoice' AS what, invoices.total AS said, orders.total AS is
    FROM invoices JOIN orders ON orders.id = order_id
    WHERE (invoices.total, invoices.tax, invoices.currency)
       <> (orders.total, orders.tax, orders.currency)
    UNION ALL
    SELECT orders.number, 'more credited than invoiced', sum(notes.total), max(invoices.total)
    FROM credit_notes AS notes JOIN orders ON orders.id = notes.order_id
    LEFT JOIN invoices ON invoices.id = notes.invoice_id AND invoices.order_id = notes.order_id
    GROUP BY orders.id HAVING sum(notes.total) > coalesce(max(invoices.total), 0)
        OR sum(notes.tax) > coalesce(max(invoices.tax), 0)
    UNION ALL
    SELECT orders.number, 'a credit note of other sums', notes.total, sums.net + sums.tax
    FROM credit_notes AS notes JOIN orders ON orders.id = notes.order_id, LATERAL (
        SELECT sum(net) AS net, sum(tax) AS tax
        FROM jsonb_to_recordset(notes.taxes) AS part(net bigint, tax bigint)
    ) AS sums, LATERAL (
        SELECT sum(net) AS net, sum(tax) AS tax
        FROM jsonb_to_recordset(notes.lines) AS part(net bigint, tax bigint)
    ) AS lines
    WHERE (notes.total - notes.tax, notes.tax) IS DISTINCT FROM (sums.net, sums.tax)
       OR (notes.total - notes.tax, notes.tax) IS DISTINCT FROM (lines.net, lines.tax)
    UNION ALL
    SELECT orders.number, 'refunds', credited.total, paid.back
    FROM orders JOIN (
        SELECT order_id, sum(refunded + to_refund) AS back FROM payments GROUP BY order_id
    ) AS paid ON paid.order_id = orders.id
    LEFT JOIN (
        SELECT order_id, sum(total) AS total FROM credit_notes WHERE paid GROUP BY order_id
    ) AS credited ON credited.order_id = orders.id
    WHERE coalesce(credited.total, 0) <> paid.back
    """,
)
CAPTURED = Invariant(
    "I11",
    "refunded ≤ captured ≤ authorised, and what counts as paid is paid in full",
    "SELECT count(*) FROM payments",
    f"""
    SELECT orders.number, payments.state, amount, authorised, captured, refunded, due
    FROM payments JOIN orders ON orders.id = payments.order_id
    CROSS JOIN LATERAL (
        SELECT orders.total - coalesce(sum(notes.total), 0) AS due
        FROM credit_notes AS notes WHERE notes.order_id = orders.id AND NOT notes.paid
    ) AS asked
    WHERE NOT (0 <= refunded AND refunded <= captured AND captured <= authorised)
       OR amount <> due AND payments.state NOT IN ('voided', 'failed', 'expired')
       OR payments.currency <> orders.currency
       OR due > 0 AND (captured >= due) <> (payments.state IN ({_PAID}))
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
    "a payment's amounts are the sums of its events, and of its refunds",
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
        coalesce((events ->> 'authorised')::bigint, 0) - coalesce((events ->> 'released')::bigint, 0),
        coalesce((events ->> 'captured')::bigint, 0),
        coalesce((events ->> 'refunded')::bigint, 0))
    UNION ALL
    SELECT payments.id, authorised, captured, refunded, jsonb_build_object('refunds', sum(refunds.amount))
    FROM payments LEFT JOIN refunds ON refunds.payment_id = payments.id
    GROUP BY payments.id HAVING refunded <> coalesce(sum(refunds.amount), 0)
    """,
)
INVARIANTS = (INVOICED, GAPLESS, INVOICE_TOTAL, CAPTURED, ONE_ALIVE, EVENTS)
