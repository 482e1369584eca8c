"""Ada buys: from the cart to the order page, as a browser without scripts goes."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select

from storefront.inventory import queries as stock
from storefront.orders.models import Order
from storefront.payments.methods import METHODS as PAYMENTS
from storefront.payments.queries import current
from storefront.platform import db
from storefront.shipping.methods import METHODS as DELIVERIES
from storefront.shop.actions import describe_shop
from tests.characters import a_kettle, a_product, a_variant, ada, reprice, stocked
from tests.counting import Statements
from tests.fragments import assert_fragment_is_part_of_page
from tests.inspecting import InspectingClient
from tests.till import PAYS, bought, buy, chosen, put, typed

TOGETHER = [
    (delivery, payment.code)
    for delivery in DELIVERIES
    for payment in PAYMENTS.values()
    if delivery in payment.deliveries
]
APART = [
    (delivery, payment.code)
    for delivery in DELIVERIES
    for payment in PAYMENTS.values()
    if delivery not in payment.deliveries
]


def the_order() -> Order:
    return db.session.scalars(select(Order)).one()


def test_ada_buys_two_kettles_and_pays_at_pickup(client: InspectingClient) -> None:
    kettle = a_kettle(10)
    page = bought(client, kettle, 2, delivery="pickup")
    order = the_order()
    assert page.text("h1") == f"Order {order.number}"
    assert "€96.00" in page.text("main")
    assert (order.name, order.email, order.phone) == (ada.name, ada.email, ada.phone)
    assert order.total == 9600
    assert stock.available([kettle.id]) == {kettle.id: 8}


@pytest.mark.parametrize(("delivery", "payment"), TOGETHER)
def test_every_payment_goes_with_its_deliveries(
    client: InspectingClient, delivery: str, payment: str
) -> None:
    page = bought(client, a_kettle(), delivery=delivery, payment=payment)
    order = the_order()
    assert (order.delivery_method, order.payment_method) == (delivery, payment)
    assert order.total == (5290 if delivery == "home" else 4800)
    assert (order.delivery_address is not None) == (delivery == "home")
    assert (order.expires_at is not None) == (payment == "bank_transfer")
    state = "requires_action" if payment == "bank_transfer" else "authorised"
    assert current([order.id])[order.id].state == state
    assert str(DELIVERIES[delivery].label) in page.text("main")


@pytest.mark.parametrize(("delivery", "payment"), APART)
def test_what_does_not_go_together_is_refused_with_a_sentence(
    client: InspectingClient, delivery: str, payment: str
) -> None:
    put(client, a_kettle())
    answer = buy(client, delivery=delivery, payment=payment, **typed(home=True))
    assert answer.status_code == 422
    assert "does not go with" in answer.document.text("#problems")
    assert db.session.scalars(select(Order)).all() == []


def test_the_button_says_what_it_does(client: InspectingClient) -> None:
    put(client, a_kettle())
    says = {
        ("pickup", "pay_on_pickup"): "Order and pay €48.00 at pickup",
        ("drive_through", "card_at_counter"): "Order and pay €48.00 by card at pickup",
        ("home", "cash_on_delivery"): "Order and pay €52.90 on delivery",
        ("home", "bank_transfer"): "Order and transfer €52.90",
    }
    for (delivery, payment), words in says.items():
        assert chosen(client, delivery=delivery, payment=payment).text("#buy") == words


def test_the_summary_names_each_line_delivery_and_tax(client: InspectingClient) -> None:
    put(client, a_kettle(title="Kettle"), 2)
    bread = a_product("Bread", tax_class="reduced")
    put(client, stocked(a_variant(bread, price=535), 9))
    words = chosen(client, delivery="home").text("#checkout .till")
    for part in (
        "2 × Kettle €96.00",
        "1 × Bread €5.35",
        "Goods €101.35",
        "Home delivery €4.90",
        "Total €106.25",
        "incl. 19% tax €16.11",  # 15.33 of the kettles and 0.78 of the delivery
        "incl. 7% tax €0.35",
    ):
        assert part in words


def test_prices_without_tax_get_it_at_the_end(client: InspectingClient) -> None:
    describe_shop(prices_include_tax=False)
    put(client, a_kettle(price=10_000))
    page = chosen(client, delivery="home")
    assert "plus 19% tax €19.93 Total €124.83" in page.text(".till")
    buy(client, page, **typed(home=True))
    order = the_order()
    assert (order.total, order.tax, order.shipping_price) == (12_483, 1993, 490)


def test_untracked_goods_are_always_there(client: InspectingClient) -> None:
    bought(client, a_variant(tracked=False), 50)
    assert the_order().total == 50 * 4800


def test_a_gift_costs_nothing_and_is_an_order_like_any_other(client: InspectingClient) -> None:
    bought(client, a_kettle(price=0), delivery="pickup")
    assert the_order().total == 0


def test_the_note_and_a_bill_for_a_company_arrive(client: InspectingClient) -> None:
    put(client, a_kettle())
    answer = buy(
        client,
        note="Two lines,\nplease ring twice.",
        own_bill="1",
        bill_company="Okafor Ltd",
        bill_vat_id="de 136.695 976",
        bill_country="DE",
        bill_street="Lange Reihe 7",
        bill_postal_code="20099",
        bill_city="Hamburg",
    )
    page = client.follow(answer).document.text("main")
    order = the_order()
    assert order.note == "Two lines,\nplease ring twice."
    assert order.billing_address is not None
    assert order.billing_address["vat_id"] == "DE136695976"
    for part in ("Okafor Ltd", "Lange Reihe 7", "20099 Hamburg", "VAT number DE136695976"):
        assert part in page


def test_the_way_chosen_on_another_page_is_chosen_here(client: InspectingClient) -> None:
    put(client, a_kettle())
    assert client.see("/checkout?delivery=home").one("#delivery-home").get("checked") is not None


def test_choosing_loses_nothing_that_was_typed(client: InspectingClient) -> None:
    put(client, a_kettle())
    words = typed(home=True) | {"note": "Ring twice", "own_bill": "1", "bill_company": "Okafor Ltd"}
    page = client.submit(client.see("/checkout"), "Update the total", delivery="home", **words).document
    for name, value in (words | {"delivery": "home"}).items():
        field = page.one(f"[id='{name}']") if name != "delivery" else page.one("#delivery-home")
        shown = field.get("value") or "".join(field.itertext()).strip()
        if field.tag == "select":
            shown = page.one(f"[id='{name}'] option[selected]").get("value", "")
        assert shown == value, name


def test_a_second_tab_lands_on_the_first_order(client: InspectingClient) -> None:
    put(client, a_kettle())
    here, there = client.see("/checkout"), client.see("/checkout")
    first = buy(client, here)
    assert buy(client, there).headers["Location"] == first.headers["Location"]
    assert client.get("/checkout").headers["Location"] == first.headers["Location"]


def test_nothing_in_the_cart_leads_to_the_cart(client: InspectingClient) -> None:
    assert client.get("/checkout").headers["Location"] == "/cart"


def test_htmx_is_told_to_go_to_the_order(client: InspectingClient) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    form = {field.get("name", ""): field.get("value", "") for field in page.all("#checkout [type='hidden']")}
    answer = client.fragment(
        "/orders", method="POST", data=form | typed() | {"delivery": "pickup", "payment": "pay_on_pickup"}
    )
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/orders/{the_order().token}"


def test_the_fragment_is_the_form_of_the_page(client: InspectingClient) -> None:
    put(client, a_kettle())
    assert_fragment_is_part_of_page(client, "/checkout", "#checkout", fresh="[name='key']")


@pytest.mark.parametrize("things", [1, 12])
def test_the_page_asks_at_most_eight_questions(
    client: InspectingClient, count_queries: Callable[[], AbstractContextManager[Statements]], things: int
) -> None:
    for number in range(things):
        put(client, a_kettle(title=f"Kettle {number}"))
    with count_queries() as asked:
        client.see("/checkout")
    asked.at_most(8)


def test_the_page_is_for_one_person_only(client: InspectingClient) -> None:
    put(client, a_kettle())
    assert client.get("/checkout").headers["Cache-Control"].startswith("private")


def test_a_price_that_went_up_is_the_one_on_the_button(client: InspectingClient) -> None:
    kettle = a_kettle(price=4800)
    put(client, kettle)
    reprice(kettle, 5000)
    assert client.see("/checkout").text("#buy") == "Order and pay €50.00 at pickup"
    assert client.submit(client.see("/checkout"), PAYS, **typed()).status_code == 303
