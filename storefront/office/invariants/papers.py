"""What must be true of what was written down: messages are owed once, sealed rows are as they were."""

from storefront.office.invariants.invariant import WORKER_IS_WELL, Invariant
from storefront.payments.models import PAID

_PAID = ", ".join(f"'{state}'" for state in PAID)
SEALED = (
    "order_lines",
    "invoices",
    "stock_movements",
    "audit_log",
    "credit_notes",
    "line_reductions",
    "refunds",
)

TOLD = Invariant(
    "I19",
    "every order has its confirmation, every paid one its receipt, and no well worker leaves one 10 minutes",
    "SELECT count(*) FROM messages",
    f"""
    SELECT 'no confirmation' AS what, number AS which FROM orders
    WHERE NOT EXISTS (SELECT FROM messages WHERE dedupe_key = 'order-placed:' || orders.id)
    UNION ALL
    SELECT 'no receipt', number FROM orders
    WHERE EXISTS (SELECT FROM payments WHERE order_id = orders.id AND payments.state IN ({_PAID}))
      AND NOT EXISTS (SELECT FROM messages WHERE dedupe_key = 'order-paid:' || orders.id)
    UNION ALL
    SELECT 'waits', dedupe_key FROM messages
    WHERE state = 'waiting' AND created_at < now() - interval '10 minutes' AND {WORKER_IS_WELL}
    """,  # noqa: S608 - every part is ours
)
ONCE = Invariant(
    "I20",
    "a message has one row per reason, and is marked sent with its moment",
    "SELECT count(*) FROM messages",
    """
    SELECT dedupe_key, count(*) AS rows FROM messages GROUP BY dedupe_key
    HAVING count(*) > 1 OR bool_or((state = 'sent') <> (sent_at IS NOT NULL))
    """,
)
UNCHANGED = Invariant(
    "I22",
    "order lines and what was taken off, papers, refunds, the ledgers of stock and audit are as written",
    "SELECT " + " + ".join(f"(SELECT count(*) FROM {table})" for table in SEALED),  # noqa: S608 - SEALED is ours
    " UNION ALL ".join(
        f"SELECT '{table}' AS sealed, id FROM {table}"  # noqa: S608 - SEALED is ours
        f" WHERE digest IS DISTINCT FROM row_digest(to_jsonb({table}))"
        for table in SEALED
    ),
)
AUDITED = Invariant(
    "I23",
    "each version that staff or a key made is in the audit log",
    "SELECT count(*) FROM written_versions",
    """
    SELECT subject, subject_id, version FROM written_versions
    WHERE NOT EXISTS (
        SELECT FROM audit_log
        WHERE audit_log.subject = written_versions.subject
          AND audit_log.subject_id = written_versions.subject_id
          AND audit_log.version = written_versions.version
    )
    """,
)
INVARIANTS = (TOLD, ONCE, UNCHANGED, AUDITED)
