"""Charlie moves orders along: each step that is allowed is a button, and no other is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storefront.checkout.actions import cancel_order, expire_one_order
from storefront.checkout.fulfilment import pack_order
from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.platform import clock, db
from storefront.platform.audit import AuditEntry
from tests.characters import Person, a_kettle
from tests.counting import Statements
from tests.inspecting import InspectingClient
from tests.office.orders.desk import buttons, page_of, press, stands
from tests.shopping import an_order


def test_a_parcel_is_packed_shipped_and_delivered(desk: InspectingClient) -> None:
    order = an_order(delivery="home", payment="bank_transfer")
    assert {"Mark as paid", "Mark as packed"} <= buttons(desk, order)
    assert not {"Mark as shipped", "Mark as delivered", "Ready for pickup"} & buttons(desk, order)
    press(desk, order, "Mark as paid")
    press(desk, order, "Mark as packed")
    press(desk, order, "Mark as shipped", carrier="dhl", tracking_number="00340 4")
    page = page_of(desk, order)
    link = page.all("a[href^='https://www.dhl.com/']")[0]
    assert link.get("href", "").endswith("tracking-id=00340%204")
    press(desk, order, "Mark as delivered")
    assert stands(order) == ("closed", "delivered", "captured")


def test_what_is_fetched_is_paid_in_the_same_moment(desk: InspectingClient) -> None:
    order = an_order()
    press(desk, order, "Mark as packed")
    assert "Mark as shipped" not in buttons(desk, order)
    press(desk, order, "Ready for pickup")
    answer = press(desk, order, "Handed over and paid")
    assert "Handed over." in answer.document.texts("[role='status']")
    assert stands(order) == ("closed", "delivered", "captured")
    assert not {"Mark as packed", "Handed over", "Cancel the order"} & buttons(desk, order)


def test_goods_may_be_handed_over_before_they_are_paid(desk: InspectingClient) -> None:
    order = an_order()
    press(desk, order, "Mark as packed")
    press(desk, order, "Ready for pickup")
    press(desk, order, "Handed over, not paid yet")
    assert stands(order) == ("open", "delivered", "authorised")
    assert order.number in desk.get("/admin/orders?state=unpaid").document.texts(".order-number")
    press(desk, order, "Mark as paid")
    assert stands(order) == ("closed", "delivered", "captured")


def test_the_story_says_who_did_what(desk: InspectingClient) -> None:
    order = an_order(note="Please ring twice")
    press(desk, order, "Mark as packed")
    page = page_of(desk, order)
    assert page.texts(".story-what") == ["Placed", "Packed"]
    assert [
        "the customer" in page.texts(".order-story .note")[0],
        "Charlie Roth" in page.texts(".order-story .note")[1],
    ] == [
        True,
        True,
    ]
    assert "Please ring twice" in page.texts(".as-typed")
    with_state = select(AuditEntry.after).where(AuditEntry.subject == "fulfilments")
    assert db.session.scalars(with_state).all() == [{"state": "packed"}]


def test_an_order_is_cancelled_with_a_reason(desk: InspectingClient) -> None:
    order = an_order()
    answer = press(desk, order, "Cancel the order", follow=False)
    assert answer.status_code == 422
    assert "Please say why." in answer.document.texts("#problems li")
    press(desk, order, "Cancel the order", reason="The customer called")
    assert stands(order)[0] == "cancelled"
    assert "The customer called" in page_of(desk, order).texts(".order-story .as-typed")


def test_a_cancelled_paid_order_stands_under_to_refund_until_somebody_sends_the_money(
    desk: InspectingClient,
) -> None:
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    press(desk, order, "Cancel the order", reason="Sold out")
    assert order.number in desk.get("/admin/orders?state=to-refund").document.texts(".order-number")
    form = desk.get(f"/admin/orders/{order.number}/refund")
    refused = desk.submit(form, "Write the refund down", amount="nothing", reference="")
    assert len(refused.document.texts("#problems li")) == 2
    assert refused.document.all("#amount")[0].get("value") == "nothing"
    desk.follow(desk.submit(refused, "Write the refund down", amount="48,00", reference="TR-1"))
    assert stands(order) == ("cancelled", "waiting", "refunded")
    assert desk.get("/admin/orders?state=to-refund").document.texts(".order-number") == []
    told = page_of(desk, order).texts(".order-story")[0]
    assert "€48.00 refunded: Bank transfer" in told
    assert "TR-1" in told


def test_a_refund_that_is_sent_twice_goes_back_once(desk: InspectingClient) -> None:
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    cancel_order(order.id, "gone")
    form = desk.get(f"/admin/orders/{order.number}/refund")
    for _ in range(2):
        desk.follow(desk.submit(form, "Write the refund down", reference="TR-1"))
    assert stands(order)[2] == "refunded"


def test_a_part_is_cancelled_before_packing(desk: InspectingClient) -> None:
    kettle = a_kettle(10)
    order = an_order((kettle, 3))
    form = desk.get(f"/admin/orders/{order.number}/items")
    line = orders.with_id(order.id).lines[0].id
    refused = desk.submit(form, "Cancel these items", reason="changed her mind")
    assert "Please say how many of what." in refused.document.texts("#problems li")
    refused = desk.submit(refused, "Cancel these items", **{f"cancel-{line}": "4"})
    assert refused.status_code == 422
    assert refused.document.all("#reason")[0].get("value") == "changed her mind"
    desk.follow(desk.submit(refused, "Cancel these items", **{f"cancel-{line}": "1"}))
    page = page_of(desk, order)
    assert "one was cancelled" in page.texts(".ledger tbody th .note")
    assert "€96.00" in page.texts(".sums .total")
    assert "Cancelled: 1 × Kettle" in page.texts(".story-what")


def test_a_parcel_comes_back_and_one_thing_is_broken(desk: InspectingClient) -> None:
    kettle = a_kettle(10)
    order = an_order((kettle, 2), delivery="home", payment="bank_transfer")
    settle_order(order.id)
    pack_order(order.id)
    press(desk, order, "Mark as shipped")
    form = desk.get(f"/admin/orders/{order.number}/return")
    line = orders.with_id(order.id).lines[0].id
    refused = desk.submit(form, "Take it back", **{f"write-off-{line}": "1"})
    assert "Kettle: only 2 of it can come back." in refused.document.texts("#problems li")
    desk.follow(desk.submit(refused, "Take it back", **{f"restock-{line}": "1"}))
    assert stands(order) == ("closed", "returned", "captured")
    told = page_of(desk, order).texts(".story-what")
    assert "Came back: 2 × Kettle, 1 of it written off" in told
    assert order.number in desk.get("/admin/orders?state=to-refund").document.texts(".order-number")


def test_the_customer_can_follow_the_parcel(desk: InspectingClient) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    pack_order(order.id)
    refused = press(desk, order, "Mark as shipped", follow=False, carrier="other", tracking_url="//fast")
    assert refused.status_code == 422
    assert len(refused.document.texts("#problems li")) == 2
    link = "https://fast.example/parcel/7"
    desk.follow(desk.submit(refused, "Mark as shipped", other_carrier="Fast & Co", tracking_url=link))
    customer = desk.see(f"/orders/{order.token}")
    assert "Fast & Co" in customer.texts(".facts")[0]
    assert customer.all(f"a[href='{link}']")


@pytest.mark.parametrize(
    "wrong",
    [
        {"carrier": "pigeon"},
        {"carrier": "dhl"},
        {"carrier": "other", "other_carrier": "Fast", "tracking_url": "https://[x"},
        {"carrier": "dhl", "tracking_number": "1", "tracking_url": "ftp://fast.example/1"},
        {"carrier": "other", "other_carrier": "Fast", "tracking_number": "x" * 61},
    ],
)
def test_a_parcel_is_not_shipped_by_mistake(desk: InspectingClient, wrong: dict[str, str]) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    pack_order(order.id)
    answer = desk.post(f"/admin/orders/{order.number}/shipment", data=wrong)
    assert answer.status_code == 422
    assert stands(order)[1] == "packed"


def test_somebody_is_sent_more_than_is_owed_with_a_reason(desk: InspectingClient) -> None:
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    assert "Refund something" in page_of(desk, order).texts("main a")
    form = desk.get(f"/admin/orders/{order.number}/refund")
    refused = desk.submit(form, "Write the refund down", amount="5", method="cash")
    assert "This is more than is owed: please say why below." in refused.document.texts("#problems li")
    desk.follow(desk.submit(refused, "Write the refund down", reason="A scratch"))
    assert stands(order) == ("open", "waiting", "partially_refunded")
    assert "Credit note" in page_of(desk, order).texts("[aria-labelledby='money'] dt")


@pytest.mark.parametrize(
    "wrong", [{"amount": "48.01"}, {"amount": "0"}, {"amount": "-1"}, {"method": "barter"}, {"key": "x"}]
)
def test_a_refund_is_not_written_down_by_mistake(desk: InspectingClient, wrong: dict[str, str]) -> None:
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    cancel_order(order.id, "gone")
    form = desk.get(f"/admin/orders/{order.number}/refund")
    assert desk.submit(form, "Write the refund down", **({"reference": "TR-1"} | wrong)).status_code == 422
    assert stands(order)[2] == "captured"


def test_money_that_comes_too_late_is_told_with_what_to_do(desk: InspectingClient) -> None:
    kettle = a_kettle(1)
    order = an_order((kettle, 1), payment="bank_transfer")
    with db.transaction() as session:
        session.execute(
            update(Order).where(Order.id == order.id).values(expires_at=clock.now() - timedelta(1))
        )
    assert expire_one_order()
    an_order((kettle, 1))
    answer = press(desk, order, "Mark as paid", follow=False)
    assert answer.status_code == 409
    assert "Please send €48.00 back" in answer.document.texts("#refusal")[0]


def test_there_is_no_such_order(desk: InspectingClient) -> None:
    for way in ("", "/correction", "/items", "/refund", "/return", "/next"):
        assert desk.get(f"/admin/orders/NONE00{way}").status_code == 404


def test_an_order_says_much_and_asks_little(
    desk: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]]
) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    press(desk, order, "Keep the note", text="Box 12")
    with count_queries() as asked:
        page_of(desk, order)
    asked.at_most(15)


def test_what_strangers_type_stays_text(desk: InspectingClient) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    order = an_order(note=evil, who=Person(evil, "ada@example.com", "", "a", "1", "b"))
    press(desk, order, "Keep the note", text=evil)
    press(desk, order, "Cancel the order", reason=evil)
    for way in (f"/{order.number}", "?state=all", f"/packing-slips?order={order.number}", f"?q={evil}"):
        page = desk.get(f"/admin/orders{way}").document
        assert not page.all("main script, main img")
