"""What Charlie sees of an order, and the buttons that can be pressed."""

from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.payments.queries import current
from storefront.platform import db
from tests.documents import Document, words
from tests.inspecting import Answer, InspectingClient


def page_of(desk: InspectingClient, order: Order) -> Document:
    return desk.see(f"/admin/orders/{order.number}")


def buttons(desk: InspectingClient, order: Order) -> set[str]:
    """What can be done now, as its buttons say it."""
    found = page_of(desk, order).all("main form[method='post'] button")
    return {words(button) for button in found}


def press(desk: InspectingClient, order: Order, says: str, *, follow: bool = True, **fields: str) -> Answer:
    """Open the order's page and press a button; then see the page that it leads to."""
    answer = desk.submit(page_of(desk, order), says, **fields)
    return desk.follow(answer) if follow else answer


def stands(order: Order) -> tuple[str, str, str]:
    """How the order, its goods and its money stand."""
    db.release()
    now = orders.with_id(order.id)
    return now.state, now.fulfilment.state, current([order.id])[order.id].state
