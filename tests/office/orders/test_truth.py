"""After a day at the desk everything that must always be true is true."""

from storefront.checkout.changing import CameBack, cancel_lines, take_back
from storefront.checkout.fulfilment import deliver_order, pack_order, ship_order
from storefront.office import verify
from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from tests.characters import a_kettle
from tests.inspecting import InspectingClient
from tests.office.orders.desk import press
from tests.shopping import an_order


def line_of(order: Order) -> int:
    return orders.with_id(order.id).lines[0].id


def test_a_day_at_the_desk_leaves_everything_true(desk: InspectingClient) -> None:
    kettle = a_kettle(40)
    parcel = an_order((kettle, 3), delivery="home", payment="bank_transfer")
    press(desk, parcel, "Mark as paid")
    form = desk.get(f"/admin/orders/{parcel.number}/items")
    part = {f"cancel-{line_of(parcel)}": "1", "reason": "Sold out"}
    desk.follow(desk.submit(form, "Cancel these items", **part))
    form = desk.get(f"/admin/orders/{parcel.number}/correction")
    desk.follow(desk.submit(form, "Save the correction", email="ada@lindt.example"))
    press(desk, parcel, "Mark as packed")
    press(desk, parcel, "Mark as shipped", carrier="ups", tracking_number="1Z")
    form = desk.get(f"/admin/orders/{parcel.number}/return")
    desk.follow(
        desk.submit(
            form, "Take it back", **{f"write-off-{line_of(parcel)}": "1", f"restock-{line_of(parcel)}": "1"}
        )
    )
    form = desk.get(f"/admin/orders/{parcel.number}/refund")
    desk.follow(desk.submit(form, "Write the refund down", reference="TR-1"))
    called_off = an_order((kettle, 2))
    press(desk, called_off, "Keep the note", text="She called", audience="customer")
    press(desk, called_off, "Cancel the order", reason="She called")
    with acting_as(Actor("staff", "1")):
        elsewhere(an_order((kettle, 2), delivery="home", payment="cash_on_delivery"))
    db.release()
    with verify.snapshot() as connection:
        broken = {
            found.invariant.code: found.rows for found in verify.examine(connection) if found.violations
        }
    assert broken == {}


def elsewhere(order: Order) -> None:
    """An order that is changed, sent, paid at the door, and comes back in part."""
    cancel_lines(order.id, {line_of(order): 1}, "broken")
    for action in (pack_order, ship_order, deliver_order, settle_order):
        action(order.id)
    take_back(order.id, {line_of(order): CameBack(written_off=1)}, "broken, too")
