"""What stood in an entry of the audit log, as it is read."""

import json
from dataclasses import dataclass
from typing import Any

from storefront.platform.audit import AuditEntry
from storefront.platform.money import Money

MOST = 160  # characters of a value in the list; an entry's own page has all of them
MONEY = {"amount", "captured", "compare_at", "delivery_rate", "price", "refunded", "total"}


@dataclass(frozen=True, slots=True)
class Change:
    """One name that differs: what it was, what it is; None where there was nothing."""

    name: str
    before: str | None
    after: str | None


def changes(entry: AuditEntry, currency: str, most: int | None = None) -> tuple[Change, ...]:
    """Name by name; of what was made or removed only the names that say something."""
    was, now = entry.before or {}, entry.after or {}
    found = tuple(
        Change(name, said(name, was.get(name), currency, most), said(name, now.get(name), currency, most))
        for name in sorted({*was, *now})
    )
    if entry.before is not None and entry.after is not None:
        return found
    return tuple(change for change in found if change.before or change.after)


def said(name: str, value: Any, currency: str, most: int | None) -> str | None:
    """Texts as they are, lists of them in a row, amounts as money, and everything else as JSON writes it."""
    if value is None or value in ("", [], {}):
        return None
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        text = ", ".join(value)
    elif name in MONEY and type(value) is int:
        text = Money(value, currency).format()
    else:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if most is None or len(text) <= most else f"{text[:most]}…"
