"""What one row of an order's history says to staff: a sentence, and a reason or the text of a note."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.orders.credit.models import LineReduction
from storefront.orders.models import StateChange
from storefront.orders.notes import OrderNote
from storefront.payments.refunds.models import Refund
from storefront.platform.addresses import Address
from storefront.platform.audit import AuditEntry
from storefront.platform.money import Money

Tidings = tuple[str, str] | None
"""None for what says nothing that another row does not say already."""

REFUND_WAYS = {
    "bank_transfer": lazy_gettext("Bank transfer"),
    "cash": lazy_gettext("Cash"),
    "card": lazy_gettext("Card"),
    "other": lazy_gettext("Another way"),
}


def of_step(change: StateChange) -> Tidings:
    """An order, a payment or a fulfilment came into a state."""
    said = {
        "order": {
            "open": _("Placed") if change.from_state is None else _("Open again"),
            "closed": _("Done: paid and delivered"),
            "cancelled": _("Cancelled"),
            "expired": _("Ran out of time before it was paid"),
        },
        "payment": {
            "captured": _("Paid"),
            "disputed": _("The payment is disputed"),
            "failed": _("The payment failed"),
        },
        "fulfilment": {
            "packed": _("Packed"),
            "ready": _("Ready to be fetched"),
            "shipped": _("Shipped"),
            "delivered": _("Delivered"),
            "returned": _("Came back"),
        },
    }[change.subject].get(change.to_state)
    return (said, change.reason or "") if said else None


def of_refund(refund: Refund) -> Tidings:
    """Money went back."""
    way = REFUND_WAYS.get(refund.method, refund.method)
    said = _("%(sum)s refunded: %(way)s", sum=Money(refund.amount, refund.currency).format(), way=way)
    return said, "\n".join(part for part in (refund.reference, refund.reason) if part)


def of_reduction(reduction: LineReduction, title: str) -> Tidings:
    """Units of a line were cancelled, or came back."""
    thing = f"{reduction.quantity} × {title}"
    if reduction.kind == "cancelled":
        return _("Cancelled: %(thing)s", thing=thing), reduction.reason
    lost = reduction.quantity - reduction.restocked
    gone = _("%(lost)s of it written off", lost=lost) if lost else _("back on the shelf")
    return _("Came back: %(thing)s, %(fate)s", thing=thing, fate=gone), reduction.reason


def of_note(note: OrderNote) -> Tidings:
    """Somebody wrote something down."""
    said = _("Written to %(email)s", email=note.mailed_to) if note.mailed_to else _("Note among staff")
    return said, note.text


def of_correction(entry: AuditEntry) -> Tidings:
    """Somebody put right who or where the customer is."""
    before, after = entry.before or {}, entry.after or {}
    names = {
        "name": _("Name"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
        "delivery_address": _("Delivery address"),
        "billing_address": _("Billing address"),
    }
    lines = [
        f"{label}: {_shown(before.get(name))} → {_shown(after.get(name))}"
        for name, label in names.items()
        if name in after
    ]
    return (_("Corrected"), "\n".join(lines)) if lines else None


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        address = Address.of(value)
        return ", ".join([*address.lines(), address.country])
    return str(value or "–")
