"""Every letter that the shop writes about orders and to its staff, each about a small story."""

from collections.abc import Callable
from email.message import EmailMessage

from sqlalchemy import text

from storefront.checkout import mails, staff_mails
from storefront.checkout.actions import cancel_order
from storefront.checkout.changing import cancel_lines
from storefront.checkout.fulfilment import Tracking, pack_order, ready_order, ship_order
from storefront.office.notices import mails as notices
from storefront.orders.credit.queries import reductions_of
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.payments.refunds.actions import RefundRequest, refund_order
from storefront.payments.refunds.queries import refunds_of
from storefront.platform import db
from storefront.platform.money import Money
from tests.characters import a_kettle, a_product, a_variant, stocked
from tests.shopping import an_order

DHL = Tracking("DHL", "0034 0434", "https://parcels.example/0034-0434")
Story = Callable[[], tuple[EmailMessage, Order | None]]


def _order(**wish: str) -> Order:
    kettle = a_kettle(5)
    book = a_variant(a_product("Book", tax_class="reduced"), price=1999, tracked=False)
    return an_order((kettle, 2), (book, 1), **wish)


def placed() -> tuple[EmailMessage, Order]:
    order = _order(delivery="home", payment="bank_transfer")
    return mails.order_placed(order.id), order


def paid() -> tuple[EmailMessage, Order]:
    order = _order(delivery="home", payment="bank_transfer")
    settle_order(order.id)
    return mails.order_paid(order.id), order


def ready() -> tuple[EmailMessage, Order]:
    order = _order(delivery="pickup", payment="pay_on_pickup")
    pack_order(order.id)
    ready_order(order.id)
    return mails.order_ready(order.id), order


def shipped() -> tuple[EmailMessage, Order]:
    order = _order(delivery="home", payment="cash_on_delivery")
    pack_order(order.id)
    ship_order(order.id, DHL)
    return mails.order_shipped(order.id), order


def cancelled() -> tuple[EmailMessage, Order]:
    order = _order(delivery="home", payment="bank_transfer")
    settle_order(order.id)
    cancel_order(order.id)
    return mails.order_cancelled(order.id), order


def cancelled_unpaid() -> tuple[EmailMessage, Order]:
    order = _order(delivery="pickup", payment="pay_on_pickup")
    cancel_order(order.id)
    return mails.order_cancelled(order.id), order


def reduced() -> tuple[EmailMessage, Order]:
    order = _order(delivery="home", payment="bank_transfer")
    cancel_lines(order.id, {order.lines[0].id: 1}, "One kettle was chipped.")
    return mails.order_reduced(order.id, reductions_of(order.id)[0].id), order


def reduced_paid() -> tuple[EmailMessage, Order]:
    order = _order(delivery="home", payment="bank_transfer")
    settle_order(order.id)
    cancel_lines(order.id, {order.lines[0].id: 1})
    return mails.order_reduced(order.id, reductions_of(order.id)[0].id), order


def refunded() -> tuple[EmailMessage, Order]:
    order = _order(delivery="home", payment="bank_transfer")
    settle_order(order.id)
    cancel_order(order.id)
    refund_order(order.id, RefundRequest(Money(5000, "EUR"), "bank_transfer", "TX 17"))
    return mails.order_refunded(refunds_of(order.id)[0].id), order


def new_order() -> tuple[EmailMessage, Order]:
    order = _order(delivery="home", payment="cash_on_delivery", note="Ring twice")
    return staff_mails.new_order(order.id), order


def low_stock() -> tuple[EmailMessage, None]:
    stocked(a_variant(a_product("Cup"), sku="CUP-1"), 2)
    a_variant(a_product("Jug", option_names=["Colour"]), sku="JUG-1", options=["Blue"])
    stocked(a_variant(a_product("Pot"), sku="POT-1"), 40)
    return notices.low_stock(), None


def parked_jobs() -> tuple[EmailMessage, None]:
    park("checkout.confirm", 2)
    return notices.parked_jobs("2026-11-01T00:00:00+00:00"), None


def park(name: str, how_many: int) -> None:
    """So many jobs of a name that were given up."""
    with db.transaction() as session:
        given_up = text("""
            WITH job AS (
                INSERT INTO procrastinate_jobs (queue_name, task_name, status)
                SELECT 'default', :name, 'failed' FROM generate_series(1, :count) RETURNING id
            )
            INSERT INTO procrastinate_events (job_id, type, at) SELECT id, 'failed', :at FROM job
        """)
        session.execute(given_up, {"name": name, "count": how_many, "at": db.inside().now})


STORIES: dict[str, Story] = {
    story.__name__: story
    for story in (
        placed,
        paid,
        ready,
        shipped,
        cancelled,
        cancelled_unpaid,
        reduced,
        reduced_paid,
        refunded,
        new_order,
        low_stock,
        parked_jobs,
    )
}
