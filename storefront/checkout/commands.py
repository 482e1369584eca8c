"""Orders from the command line, until the back office stands: look at them and move them on."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

if TYPE_CHECKING:
    from storefront.checkout.queries import Placed


@click.command()
@click.option(
    "--state",
    type=click.Choice(["open", "closed", "cancelled", "expired"]),
    help="Only orders that stand like this.",
)
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many at most."
)
def orders(state: str | None, limit: int) -> None:
    """List the newest orders."""
    from storefront.orders import queries
    from storefront.payments.queries import current
    from storefront.platform.money import Money
    from storefront.shop import queries as shop_queries

    zone = shop_queries.read().time_zone
    found = queries.newest(limit, state)
    payments = current(order.id for order in found)
    for order in found:
        total = Money(order.total, order.currency).format()
        standing = f"{order.state}, {order.fulfilment.state}, {payments[order.id].state}"
        click.echo(f"{order.number}  {_local(order.placed_at, zone)}  {total:>12}  {standing}  {order.name}")
    if not found:
        click.echo("There are no such orders.")


@click.command()
@click.argument("number")
@click.argument(
    "move",
    required=False,
    type=click.Choice(["mark-paid", "pack", "ready", "ship", "deliver", "cancel", "return", "refund"]),
)
@click.option("--units", multiple=True, metavar="SKU=N", help="Cancel or take back only so many of these.")
@click.option("--written-off", multiple=True, metavar="SKU=N", help="Came back, but cannot be sold again.")
@click.option("--amount", help="How much is refunded; without it whatever is to be sent back.")
@click.option("--method", default="bank_transfer", show_default=True, help="How it is refunded.")
@click.option("--reference", default="", help="What finds the refund again, such as a transfer's number.")
@click.option("--reason", default="", help="Why it is cancelled, returned or refunded.")
def order(number: str, move: str | None, **how: Any) -> None:
    """Show one order and what happened to it, or move it on first."""
    from storefront.checkout import moving
    from storefront.checkout.refusals import NoSuchOrder
    from storefront.orders import queries

    found = queries.numbered(number)
    if found is None:
        raise NoSuchOrder(number)
    if move:
        moving.MOVES[move](found, moving.How(**how))
    _show(found.id)


def _show(order_id: int) -> None:
    from storefront.checkout.queries import placed_with_id
    from storefront.orders.queries import history
    from storefront.shop import queries as shop_queries

    placed = placed_with_id(order_id)
    zone = shop_queries.read().time_zone
    for line in _described(placed):
        click.echo(line)
    for step in history(order_id):
        change = f"{step.from_state} → {step.to_state}" if step.from_state else step.to_state
        who = f"{step.actor_kind} {step.actor_id or ''}".strip()
        reason = f" ({step.reason})" if step.reason else ""
        click.echo(f"  {_local(step.at, zone)}  {step.subject}: {change}, by {who}{reason}")


def _local(when: datetime, zone: str) -> str:
    return f"{when.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _described(placed: "Placed") -> Iterator[str]:
    from storefront.platform.money import Money

    order, payment = placed.order, placed.payment
    yield f"Order {order.number}: {order.state}, {order.fulfilment.state}, payment {payment.state}"
    yield f"{order.name}, {order.email}{', ' if order.phone else ''}{order.phone}"
    yield f"{placed.way}, {placed.method}"
    if placed.home:
        yield ", ".join([*placed.home.lines(), placed.home.country])
    if order.note:
        yield f"Note: {' '.join(order.note.split())}"
    for line, quantity in placed.lines:
        amount = Money(line.unit_price * quantity, order.currency).format()
        yield f"  {quantity} × {line.title} {line.choice} [{line.sku}]  {amount}"
    yield f"  Total {Money(order.total, order.currency).format()}"
    yield from (f"  {change}" for change in placed.changes)
    if payment.refunded:
        yield f"  Sent back: {Money(payment.refunded, order.currency).format()}"
    if payment.to_refund:
        yield f"  To send back to the customer: {Money(payment.to_refund, order.currency).format()}"
    if order.invoice:
        yield f"Invoice {order.invoice.label}"
    for note in placed.afterwards.notes:
        yield f"Credit note {note.label}: {Money(note.total, note.currency).format()}"
