"""The orders of a heap, or of a search, as a file for spreadsheets, written while it is sent."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from storefront.checkout import words as shopper_words
from storefront.office.orders import listing, spreadsheet
from storefront.office.orders.heaps import Heap
from storefront.office.orders.listing import Row
from storefront.office.orders.spreadsheet import Cell
from storefront.platform import db
from storefront.platform.money import Money

AT_ONCE = 500


def written(heap: Heap, search: str, zone: str) -> Iterator[str]:
    """Every order of it, some at a time: no connection is held while somebody reads slowly."""
    yield spreadsheet.MARK + spreadsheet.line(_head())
    after = None
    while True:
        page = listing.page(heap, search, after, AT_ONCE)
        db.release()
        yield "".join(spreadsheet.line(_cells(row, ZoneInfo(zone))) for row in page.rows)
        if page.next is None:
            return
        after = listing.cursor(heap, page.next)


def _head() -> list[Cell]:
    return [
        _("Order"),
        _("Placed"),
        _("State"),
        _("Goods"),
        _("Money"),
        _("Name"),
        _("E-mail"),
        _("Telephone"),
        _("Delivery"),
        _("Country"),
        _("Payment"),
        _("Items"),
        _("Currency"),
        _("Tax"),
        _("Total"),
        _("Paid"),
        _("Refunded"),
        _("To refund"),
        _("Tracking number"),
    ]


def _cells(row: Row, zone: ZoneInfo) -> list[Cell]:
    order, payment = row.order, row.payment
    amounts = (order.tax, order.total, payment.captured, payment.refunded, payment.to_refund)
    return [
        order.number,
        f"{order.placed_at.astimezone(zone):%Y-%m-%d %H:%M}",
        order.state,
        order.fulfilment.state,
        payment.state,
        order.name,
        order.email,
        order.phone,
        shopper_words.way(order.delivery_method),
        str((order.delivery_address or {}).get("country", "")),
        shopper_words.method(payment.method),
        row.units,
        order.currency,
        *(Money(amount, order.currency).decimal for amount in amounts),
        order.fulfilment.tracking_number,
    ]
