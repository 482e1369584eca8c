"""Ada calls, and Charlie takes down what she wants."""

import pytest

from storefront.catalog.models import Variant
from storefront.inventory import queries as stock
from storefront.orders import queries as orders
from storefront.orders.models import Order
from storefront.platform import db
from tests.characters import a_product, a_variant, ada, reprice, stocked
from tests.inspecting import Answer, InspectingClient
from tests.office.orders.desk import page_of
from tests.shopping import an_order


@pytest.fixture
def kettle(database: None) -> Variant:
    return stocked(a_variant(a_product("Kettle"), sku="KET-1"), 10)


def with_a_kettle(desk: InspectingClient) -> Answer:
    found = desk.submit(desk.get("/admin/orders/new"), "Find", article="kettle")
    return desk.submit(found, "Add Kettle")


def placed(desk: InspectingClient, answer: Answer) -> Order:
    page = desk.follow(answer)
    number = page.request.path.rpartition("/")[2]
    db.release()
    found = orders.numbered(number)
    assert found is not None
    return found


def test_an_order_by_telephone_is_an_order_like_any_other(desk: InspectingClient, kettle: Variant) -> None:
    form = with_a_kettle(desk)
    assert "€48.00" in form.document.texts(".sums .total")
    order = placed(
        desk, desk.submit(form, "Place the order", name=ada.name, email=ada.email, note="By phone")
    )
    assert (order.name, order.total, order.note) == ("Ada Lindt", 4800, "By phone")
    assert stock.available([kettle.id]) == {kettle.id: 9}
    assert "Charlie Roth" in page_of(desk, order).texts(".order-story .note")[0]


def test_what_was_typed_stays_while_more_is_added(desk: InspectingClient, kettle: Variant) -> None:
    form = with_a_kettle(desk)
    form = desk.submit(form, "Find", name=ada.name, email="ada@", article="KET-1")
    form = desk.submit(form, "Add Kettle")
    assert form.document.all("#name")[0].get("value") == ada.name
    assert form.document.all("#email")[0].get("value") == "ada@"
    assert "€96.00" in form.document.texts(".sums .total")
    refused = desk.submit(form, "Place the order")
    assert refused.status_code == 422
    assert refused.document.all("#name")[0].get("value") == ada.name


def test_a_parcel_costs_its_delivery(desk: InspectingClient, kettle: Variant) -> None:
    form = desk.submit(
        with_a_kettle(desk), "Update the total", delivery="home", name=ada.name, email=ada.email
    )
    assert "€52.90" in form.document.texts(".sums .total")
    where = {"address_street": ada.street, "address_postal_code": ada.postal_code, "address_city": ada.city}
    order = placed(desk, desk.submit(form, "Place the order", **where, payment="bank_transfer"))
    assert (order.delivery_address or {})["street"] == ada.street


def test_numbers_that_were_typed_and_not_looked_at_are_asked_about(
    desk: InspectingClient, kettle: Variant
) -> None:
    form = with_a_kettle(desk)
    (units,) = form.document.all("input[name^='quantity-']")
    answer = desk.submit(
        form, "Place the order", name=ada.name, email=ada.email, **{units.get("name", ""): "3"}
    )
    assert answer.status_code == 409
    assert "€144.00" in answer.document.texts(".sums .total")
    assert placed(desk, desk.submit(answer, "Place the order")).total == 14400


def test_nothing_is_taken_off_by_a_word(desk: InspectingClient, kettle: Variant) -> None:
    form = with_a_kettle(desk)
    (units,) = form.document.all("input[name^='quantity-']")
    same = desk.submit(form, "Update the total", **{units.get("name", ""): "two"})
    assert "€48.00" in same.document.texts(".sums .total")
    empty = desk.submit(same, "Update the total", **{units.get("name", ""): "0"})
    assert "Nothing yet." in empty.document.texts(".till")[0]


def test_who_wants_more_than_there_is_hears_how_many_there_are(
    desk: InspectingClient, kettle: Variant
) -> None:
    form = with_a_kettle(desk)
    (units,) = form.document.all("input[name^='quantity-']")
    answer = desk.submit(form, "Update the total", name=ada.name, **{units.get("name", ""): "11"})
    assert answer.status_code == 409
    assert answer.document.all("#name")[0].get("value") == ada.name
    an_order((kettle, 10))
    answer = desk.submit(form, "Place the order", name=ada.name, email=ada.email)
    assert answer.status_code == 409
    assert "only 0 can be had" in answer.document.texts(".wrong")


def test_another_price_is_asked_about(desk: InspectingClient, kettle: Variant) -> None:
    form = with_a_kettle(desk)
    reprice(kettle, 5000)
    answer = desk.submit(form, "Place the order", name=ada.name, email=ada.email)
    assert "The total is now €50.00" in answer.document.texts("#refusal")[0]
    assert placed(desk, desk.submit(answer, "Place the order")).total == 5000


def test_an_order_that_is_sent_twice_is_placed_once(desk: InspectingClient, kettle: Variant) -> None:
    form = with_a_kettle(desk)
    first = placed(desk, desk.submit(form, "Place the order", name=ada.name, email=ada.email))
    again = placed(desk, desk.submit(form, "Place the order", name=ada.name, email=ada.email))
    other = placed(desk, desk.submit(form, "Place the order", name="Ben", email=ada.email))
    assert first.id == again.id == other.id


def test_what_is_not_sold_is_not_found(desk: InspectingClient, kettle: Variant) -> None:
    a_variant(a_product("Kettle of old", status="archived"))
    found = desk.submit(desk.get("/admin/orders/new"), "Find", article="kettle")
    assert len(found.document.all(".articles li")) == 1
    nothing = desk.submit(found, "Find", article="unicorn")
    assert "Nothing on sale is called “unicorn”." in nothing.document.texts("[role='status']")
    assert desk.post("/admin/orders/new", data={"do": "add:NONE"}).status_code in (404, 409)


def test_charlies_own_cart_is_another_one(desk: InspectingClient, kettle: Variant) -> None:
    with_a_kettle(desk)
    assert "Your cart is empty." in desk.see("/cart").texts("main")[0]
