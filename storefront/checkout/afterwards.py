"""What became of an order after it was placed: what was taken off its lines, and what was credited."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from storefront.orders.credit import queries
from storefront.orders.credit.models import CreditNote, LineReduction
from storefront.orders.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Reductions of lines and credit notes, oldest first."""

    reductions: Sequence[LineReduction] = ()
    notes: Sequence[CreditNote] = ()

    def kept(self, line: OrderLine) -> int:
        """How many units of a line the total speaks of: none that were cancelled before the invoice."""
        early = (it for it in self.reductions if it.credit_note_id is None and it.kind == "cancelled")
        return line.quantity - sum(it.quantity for it in early if it.order_line_id == line.id)

    def told(self, order: Order) -> list[str]:
        """What was taken off, in words."""
        lines = {line.id: line for line in order.lines}
        return [_said(it, lines[it.order_line_id]) for it in self.reductions]


NOTHING = Afterwards()


def of(order: Order) -> Afterwards:
    """Everything that became of an order; what has no invoice has no credit notes."""
    notes = queries.notes_of(order.id) if order.invoice else ()
    return Afterwards(queries.reductions_of(order.id), notes)


def _said(it: LineReduction, line: OrderLine) -> str:
    title = f"{line.title} ({line.choice})" if line.choice else line.title
    if it.kind == "cancelled":
        return _("Cancelled: %(quantity)s × %(title)s", quantity=it.quantity, title=title)
    return _("Came back: %(quantity)s × %(title)s", quantity=it.quantity, title=title)
