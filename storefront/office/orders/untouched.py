"""Do something with an order only if nothing has happened to it since its page was shown."""

from collections.abc import Callable

from storefront.office.orders import story
from storefront.office.orders.page import OrderPage
from storefront.orders import record
from storefront.orders.credit.queries import reductions_of
from storefront.platform import db


@db.retried
def do(page: OrderPage, shown: str, action: Callable[[int], object]) -> bool:
    """Whether it was done; `shown` is how much of its story somebody saw who pressed the button.

    The story is read once more under the order's lock: what a colleague does between a look without it
    and the change would be missed. Raises what the action refuses; all of it is undone then.
    """
    with db.transaction(shared=True):
        record.lock(page.order.id)
        titles = {row.line.id: row.line.title for row in page.lines}
        told = story.of(page.order.id, reductions_of(page.order.id), titles)
        if story.missed(told, shown):
            return False
        action(page.order.id)
    return True
