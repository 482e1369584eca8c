"""The order's own page: what to do next, how it stands, and calling it off."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from zoneinfo import ZoneInfo

import pytest

from storefront.checkout.actions import cancel_order, expire_one_order
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order, ship_order
from storefront.inventory import queries as stock
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.platform.addresses import Address
from tests.characters import a_kettle, ada, ben
from tests.counting import Statements
from tests.documents import Document
from tests.inspecting import InspectingClient
from tests.shopping import an_order
from tests.till import overdue

pytestmark = pytest.mark.usefixtures("database")
HOME = {"delivery": "home", "payment": "cash_on_delivery"}
CANCEL = "Yes, cancel the order"


def page_of(client: InspectingClient, order: Order) -> Document:
    return client.see(f"/orders/{order.token}")


def standing(client: InspectingClient, order: Order) -> str:
    return page_of(client, order).text(".lede")


def test_a_transfer_says_holder_iban_amount_reference_and_day(client: InspectingClient) -> None:
    order = an_order(delivery="home", payment="bank_transfer")
    words = page_of(client, order).text("main")
    assert order.expires_at is not None
    last = order.expires_at.astimezone(ZoneInfo("Europe/Berlin"))  # The shop's own calendar counts.
    for part in (
        "Please transfer €52.90",
        "Account holder Kiln & Common GmbH",
        "IBAN DE02 1203 0000 0000 2020 51",
        "BIC BYLADEM1001",
        "Amount €52.90",
        f"Reference {order.number}",
        f"{last:%B} {last.day}, {last.year}",
        "as soon as your money is here",
    ):
        assert part in words


@pytest.mark.parametrize(
    ("delivery", "payment", "says"),
    [
        ("pickup", "pay_on_pickup", "Fetch it here"),
        ("pickup", "card_at_counter", "You pay by debit or credit card"),
        ("drive_through", "pay_on_pickup", "Drive up to"),
    ],
)
def test_who_fetches_it_reads_where_when_and_what_to_bring(
    client: InspectingClient, delivery: str, payment: str, says: str
) -> None:
    order = an_order(delivery=delivery, payment=payment)
    words = page_of(client, order).text("main")
    for part in (says, "Töpferweg 4", "Tue-Sat 10:00-18:00", "Please bring your order number.", order.number):
        assert part in words
    assert "Have €48.00 ready" in words


def test_what_is_delivered_names_the_address(client: InspectingClient) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    words = page_of(client, order).text("main")
    assert "We deliver to Ada Lindt Torstraße 12 10119 Berlin Germany" in words
    assert "You pay in cash at your door" in words


def test_another_persons_bill_and_the_note_are_shown(client: InspectingClient) -> None:
    bill = Address(**ben.address, company="Okafor Ltd", vat_id="DE136695976")
    order = an_order(billing_address=bill, note="Ring <twice> & wait")
    words = page_of(client, order).text("main")
    assert "Ben Okafor Okafor Ltd Lange Reihe 7 20099 Hamburg Germany VAT number DE136695976" in words
    assert "Ring <twice> & wait" in words


def test_lines_and_totals_are_those_of_the_day(client: InspectingClient) -> None:
    order = an_order((a_kettle(title="Kettle"), 2), (a_kettle(title="Pot", price=1000), 1), **HOME)
    words = page_of(client, order).text(".panel")
    for part in (
        "2 × Kettle €96.00",
        "1 × Pot €10.00",
        "Goods €106.00",
        "Home delivery €4.90",
        "Total €110.90",
    ):
        assert part in words
    assert "incl. 19% tax" in words


def test_a_stranger_finds_nothing(client: InspectingClient) -> None:
    an_order()
    for token in ("x", "a" * 22, "%00", "é", "'; DROP TABLE orders; --"):
        assert client.get(f"/orders/{token}").status_code == 404
        assert client.post(f"/orders/{token}/cancellation").status_code == 404


def test_nobody_keeps_or_lists_the_page(client: InspectingClient) -> None:
    order = an_order()
    answer = client.get(f"/orders/{order.token}")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert answer.document.one("meta[name='robots']").get("content") == "noindex"


@pytest.mark.parametrize("things", [1, 12])
def test_the_page_asks_at_most_six_questions(
    client: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]], things: int
) -> None:
    order = an_order(*((a_kettle(title=f"Kettle {number}"), 1) for number in range(things)))
    with count_queries() as asked:
        page_of(client, order)
    asked.at_most(6)


def test_ada_calls_it_off(client: InspectingClient) -> None:
    kettle = a_kettle(5)
    order = an_order((kettle, 2))
    answer = client.submit(page_of(client, order), CANCEL)
    page = client.follow(answer).document
    assert "was cancelled" in page.text(".lede")
    assert "Nothing to pay" in page.text("main")
    assert "Fetch it here" not in page.text("main")
    assert stock.available([kettle.id]) == {kettle.id: 5}


def test_calling_it_off_twice_returns_the_goods_once(client: InspectingClient) -> None:
    kettle = a_kettle(5)
    order = an_order((kettle, 2))
    page = page_of(client, order)
    for _ in range(2):
        assert client.submit(page, CANCEL).status_code == 303
    assert stock.available([kettle.id]) == {kettle.id: 5}


def test_what_is_packed_cannot_be_called_off(client: InspectingClient) -> None:
    kettle = a_kettle(5)
    order = an_order((kettle, 2))
    page = page_of(client, order)
    pack_order(order.id)
    answer = client.submit(page, CANCEL)
    assert answer.status_code == 409
    assert "already packed" in answer.document.text("[role='alert']")
    assert stock.available([kettle.id]) == {kettle.id: 3}
    assert CANCEL not in page_of(client, order).text()


def test_each_state_is_said_in_words(client: InspectingClient) -> None:
    order = an_order(delivery="pickup")
    assert "will pack it soon" in standing(client, order)
    pack_order(order.id)
    assert "is packed" in standing(client, order)
    ready_order(order.id)
    assert "come and fetch it" in standing(client, order)
    settle_order(order.id)
    deliver_order(order.id)
    assert "have received" in standing(client, order)
    assert "Payment Paid" in page_of(client, order).text("main")


def test_what_was_sent_is_on_its_way(client: InspectingClient) -> None:
    order = an_order(delivery="home", payment="bank_transfer")
    assert "Not paid yet" in page_of(client, order).text("main")
    settle_order(order.id)
    assert "Please transfer" not in page_of(client, order).text("main")
    pack_order(order.id)
    ship_order(order.id)
    assert "on its way" in standing(client, order)


def test_money_for_a_cancelled_order_goes_back(client: InspectingClient) -> None:
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    cancel_order(order.id)
    assert "we will send your money back" in page_of(client, order).text("main")


def test_what_was_not_paid_in_time_has_ended(client: InspectingClient) -> None:
    order = an_order(payment="bank_transfer")
    overdue(order)
    assert expire_one_order()
    assert "not paid in time" in standing(client, order)
    assert client.post(f"/orders/{order.token}/cancellation").status_code == 303
    assert ada.name in page_of(client, order).text("main")
