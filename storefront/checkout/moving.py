"""What `storefront order` can do with an order, as it is typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import click

from storefront.checkout import actions, changing, fulfilment
from storefront.checkout.changing import CameBack
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.payments.queries import current
from storefront.payments.refunds.actions import RefundRequest, refund_order
from storefront.platform.money import Money


@dataclass(frozen=True, slots=True)
class How:
    """The options of the command."""

    units: tuple[str, ...]
    written_off: tuple[str, ...]
    amount: str | None
    method: str
    reference: str
    reason: str


def _cancel(order: Order, how: How) -> None:
    if how.units:
        changing.cancel_lines(order.id, _counted(order, how.units), how.reason)
    else:
        actions.cancel_order(order.id, how.reason or None)


def _take_back(order: Order, how: How) -> None:
    good, bad = _counted(order, how.units), _counted(order, how.written_off)
    came = {line: CameBack(good.get(line, 0), bad.get(line, 0)) for line in good.keys() | bad.keys()}
    changing.take_back(order.id, came or None, how.reason)


def _refund(order: Order, how: How) -> None:
    payment = current([order.id])[order.id]
    owed = Money(payment.to_refund, payment.currency)
    try:
        amount = Money.parse(how.amount, payment.currency) if how.amount else owed
    except ValueError as error:
        raise click.UsageError(f"{error}: write it like 12.50.") from None
    refund_order(order.id, RefundRequest(amount, how.method, how.reference, how.reason))


def _counted(order: Order, pairs: tuple[str, ...]) -> Mapping[int, int]:
    """Units by line of what was typed as SKU=N."""
    lines = {line.sku.lower(): line.id for line in order.lines}
    found = {}
    for pair in pairs:
        sku, _sign, units = pair.rpartition("=")
        if sku.lower() not in lines or not (units.isascii() and units.isdigit()):
            raise click.UsageError(f"{pair!r} is no SKU=N of a line of this order.")
        found[lines[sku.lower()]] = int(units)
    return found


def _simply(move: Callable[[int], None]) -> Callable[[Order, How], None]:
    return lambda order, _how: move(order.id)


MOVES: Mapping[str, Callable[[Order, How], None]] = {
    "mark-paid": _simply(settle_order),
    "pack": _simply(fulfilment.pack_order),
    "ready": _simply(fulfilment.ready_order),
    "ship": _simply(fulfilment.ship_order),
    "deliver": _simply(fulfilment.deliver_order),
    "cancel": _cancel,
    "return": _take_back,
    "refund": _refund,
}
