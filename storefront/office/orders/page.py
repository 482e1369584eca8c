"""What the page of one order shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from storefront.checkout.queries import Placed
from storefront.office.orders import steps, story, words
from storefront.office.orders.story import Entry
from storefront.orders import queries as orders
from storefront.orders.credit.models import CreditNote, LineReduction
from storefront.orders.credit.queries import notes_of, reductions_of
from storefront.orders.models import Order, OrderLine
from storefront.payments import queries as payments
from storefront.payments.models import Payment
from storefront.platform.errors import NotFound


@dataclass(frozen=True, slots=True)
class Row:
    """A line, and what became of its units."""

    line: OrderLine
    cancelled: int
    returned: int

    @classmethod
    def of(cls, line: OrderLine, reductions: Iterable[LineReduction]) -> "Row":
        off = {"cancelled": 0, "returned": 0}
        for it in reductions:
            if it.order_line_id == line.id:
                off[it.kind] += it.quantity
        return cls(line, **off)

    @property
    def left(self) -> int:
        return self.line.quantity - self.cancelled - self.returned


@dataclass(frozen=True)
class OrderPage:
    """An order, its payment, its whole story, and what can be done next."""

    placed: Placed
    lines: Sequence[Row]
    credit_notes: Sequence[CreditNote]
    story: Sequence[Entry]
    missed: Sequence[Entry] = ()
    """What happened since the page was shown on which somebody pressed a button."""

    @property
    def order(self) -> Order:
        return self.placed.order

    @property
    def payment(self) -> Payment:
        return self.placed.payment

    @cached_property
    def may(self) -> frozenset[str]:
        return steps.possible(self.order, self.payment, sum(row.left for row in self.lines))

    @cached_property
    def seen(self) -> str:
        """What its forms send back, so that nobody acts on a page that is no longer true."""
        return story.seen(self.story)

    @property
    def items(self) -> int:
        """What the goods cost as shown: with tax where prices include it."""
        order = self.order
        tax = 0 if order.prices_include_tax else order.tax
        return order.total - tax - order.shipping_price + order.discount

    @property
    def goods(self) -> words.Said:
        return words.goods(self.order)

    @property
    def money(self) -> words.Said:
        return words.money(self.order, self.payment)


def numbered(number: str, shown: str = "") -> OrderPage:
    """The page of an order, for whoever saw so much of its story already. Raises NotFound."""
    order = orders.numbered(number)
    if order is None:
        raise NotFound
    reductions = reductions_of(order.id)
    told = story.of(order.id, reductions, {line.id: line.title for line in order.lines})
    return OrderPage(
        placed=Placed(order, payments.current([order.id])[order.id]),
        lines=[Row.of(line, reductions) for line in order.lines],
        credit_notes=notes_of(order.id),
        story=told,
        missed=story.missed(told, shown),
    )
