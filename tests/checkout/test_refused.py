"""A purchase that cannot be: Ada is told why, nothing is ordered, and everything she typed is still there."""

import pytest
from sqlalchemy import func, select, update

from storefront.catalog.models import Product, Variant
from storefront.orders.models import Order
from storefront.platform import db
from storefront.shop.actions import describe_shop
from tests.characters import a_kettle, ada, reprice, stocked
from tests.documents import Document
from tests.inspecting import Answer, InspectingClient
from tests.shopping import an_order
from tests.till import PAYS, buy, put, typed

LEFT = "Take what is left"


def orders() -> int:
    return db.session.scalar(select(func.count()).select_from(Order)) or 0


def withdraw(thing: Variant) -> None:
    with db.transaction() as session:
        session.execute(update(Product).where(Product.id == thing.product_id).values(status="archived"))


def kept(page: Document) -> None:
    for name, value in typed().items():
        assert page.one(f"[id='{name}']").get("value") == value


def refused(answer: Answer, status: int, words: str) -> Document:
    """The page that says no, with what was typed."""
    assert answer.status_code == status
    page = answer.document
    assert words in page.text("#checkout .notice.bad")
    assert page.one("#checkout .notice.bad").get("autofocus") is not None
    return page


def test_somebody_was_faster(client: InspectingClient) -> None:
    kettle, pot = a_kettle(5, title="Kettle"), a_kettle(5, title="Pot")
    put(client, kettle, 3)
    put(client, pot, 2)
    page = client.see("/checkout")
    an_order((kettle, 4))
    said = refused(buy(client, page), 409, "Somebody was faster")
    assert said.texts("#refusal li") == ["Kettle: one is left; you wanted 3"]
    kept(said)
    assert orders() == 1


def test_what_is_left_is_taken_in_one_click(client: InspectingClient) -> None:
    kettle, pot = a_kettle(5, title="Kettle"), a_kettle(5, title="Pot")
    put(client, kettle, 3)
    put(client, pot, 2)
    page = client.see("/checkout")
    an_order((kettle, 4), (pot, 5))
    said = refused(buy(client, page), 409, "Somebody was faster")
    assert said.texts("#refusal li") == ["Kettle: one is left; you wanted 3", "Pot: sold out"]
    rest = client.submit(said, LEFT)
    assert rest.status_code == 200
    kept(rest.document)
    assert "1 × Kettle €48.00" in rest.document.text(".till")
    assert "Pot" not in rest.document.text(".till")
    assert client.submit(rest, PAYS).status_code == 303
    assert orders() == 2


def test_when_nothing_is_left_there_is_nothing_to_take(client: InspectingClient) -> None:
    kettle = a_kettle(1)
    put(client, kettle)
    page = client.see("/checkout")
    an_order((kettle, 1))
    said = refused(buy(client, page), 409, "Somebody was faster")
    assert client.submit(said, "Go on without it").status_code == 409
    assert client.get("/checkout").headers["Location"] == "/cart"


def test_problems_are_said_before_anything_is_typed(client: InspectingClient) -> None:
    kettle, pot = a_kettle(5, title="Kettle"), a_kettle(5, title="Pot")
    put(client, kettle, 3)
    put(client, pot)
    stocked(kettle, 2)
    withdraw(pot)
    page = client.see("/checkout")
    assert page.texts("#blocked li") == ["Kettle: 2 are left; you wanted 3", "Pot: no longer sold"]
    assert page.all("#buy") == []
    assert "2 × Kettle €96.00" in page.text(".till")
    assert client.submit(page, LEFT).document.text("#buy") == "Order and pay €96.00 at pickup"


def test_a_price_that_changed_at_the_last_moment_is_asked_about(client: InspectingClient) -> None:
    kettle = a_kettle(price=4800)
    put(client, kettle)
    page = client.see("/checkout")
    reprice(kettle, 5000)
    said = refused(buy(client, page), 409, "The total is now €50.00; you saw €48.00.")
    kept(said)
    assert orders() == 0
    assert client.submit(said, "Order and pay €50.00 at pickup").status_code == 303
    assert db.session.scalars(select(Order.total)).one() == 5000


def test_a_new_price_and_a_shortage_are_told_together(client: InspectingClient) -> None:
    kettle = a_kettle(5, title="Kettle")
    put(client, kettle, 2)
    page = client.see("/checkout")
    reprice(kettle, 5000)
    stocked(kettle, 1)
    said = refused(buy(client, page), 409, "The total is now €100.00; you saw €96.00.")
    assert said.texts("#refusal li") == ["Kettle: one is left; you wanted 2"]
    assert client.submit(said, LEFT).document.text("#buy") == "Order and pay €50.00 at pickup"


def test_without_scripts_another_delivery_shows_its_total_and_asks_again(client: InspectingClient) -> None:
    put(client, a_kettle())
    home = typed(home=True) | {"delivery": "home", "payment": "bank_transfer"}
    page = client.submit(client.see("/checkout"), "Update the total", delivery="home", **typed(home=True))
    stale = page.document
    stale.one("[name='total_seen']").set("value", "EUR 4800")
    said = refused(client.submit(stale, PAYS, **home), 409, "The total is now €52.90; you saw €48.00.")
    kept(said)
    assert said.one("#address_street").get("value") == ada.street
    assert client.submit(said, "Order and transfer €52.90").status_code == 303


def test_what_is_withdrawn_in_the_cart_is_not_sold(client: InspectingClient) -> None:
    kettle, pot = a_kettle(title="Kettle"), a_kettle(title="Pot")
    put(client, kettle)
    put(client, pot)
    page = client.see("/checkout")
    withdraw(pot)
    said = refused(buy(client, page), 409, "no longer sold")
    assert said.texts("#refusal li") == ["Pot: no longer sold"]
    assert client.submit(said, "Go on without it").document.text("#buy") == "Order and pay €48.00 at pickup"


def test_another_country_than_the_shops_is_refused(client: InspectingClient) -> None:
    put(client, a_kettle())
    page = client.submit(client.see("/checkout"), "Update the total", delivery="home").document
    describe_shop(delivery_countries=["AT"])
    home = typed(home=True) | {"payment": "bank_transfer"}
    said = refused(client.submit(page, PAYS, **home), 422, "We do not deliver to Germany.")
    assert said.text("#checkout .own-address").startswith("Country: Austria")


def test_a_way_that_the_shop_stopped_offering_is_refused(client: InspectingClient) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    describe_shop(payment_methods=["card_at_counter"])
    said = refused(buy(client, page), 422, "does not go with")
    assert client.submit(said, "Order and pay €48.00 by card at pickup").status_code == 303


def test_a_shop_without_any_way_to_pay_says_so(client: InspectingClient) -> None:
    put(client, a_kettle())
    describe_shop(payment_methods=["cash_on_delivery"])
    page = client.see("/checkout?delivery=pickup")
    assert "no way to pay" in page.text("main")
    assert page.all("#buy") == []


def test_the_same_form_again_lands_on_the_same_order(client: InspectingClient) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    first = buy(client, page)
    assert buy(client, page).headers["Location"] == first.headers["Location"]
    client.delete_cookie("sf_cart")
    assert buy(client, page).headers["Location"] == first.headers["Location"]
    assert orders() == 1


def test_the_same_form_with_other_words_is_not_an_order(client: InspectingClient) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    first = buy(client, page)
    again = buy(client, page, note="And a spare lid, please.")
    assert again.status_code == 422
    assert "did not reach it" in again.document.text("main")
    assert again.document.one("#checkout a").get("href") == first.headers["Location"]
    assert orders() == 1


def test_ben_learns_nothing_from_adas_form(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    buy(client, page)
    page.one("[name='key']").set("value", "5b0a7d4e-0000-4000-8000-000000000000")
    answer = another_client.submit(page, PAYS, **typed())
    assert answer.status_code == 409
    assert "nothing to order" in answer.document.text("main")


def test_a_page_made_for_another_cart_orders_nothing(client: InspectingClient) -> None:
    put(client, a_kettle())
    old = client.see("/checkout")
    buy(client, old)
    put(client, a_kettle(title="Pot"))
    old.one("[name='key']").set("value", "5b0a7d4e-0000-4000-8000-000000000000")
    said = refused(client.submit(old, PAYS, **typed()), 409, "Your cart is not the one")
    assert "Pot" in said.text(".till")
    assert orders() == 1


def test_an_empty_cart_is_no_order(client: InspectingClient) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    client.delete_cookie("sf_cart")
    answer = buy(client, page)
    assert answer.status_code == 409
    assert "Your cart is empty" in answer.document.text("main")


def test_whoever_presses_too_often_waits_and_loses_nothing(client: InspectingClient) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    answers = [buy(client, page, email="") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    said = answers[-1]
    assert int(said.headers["Retry-After"]) > 0
    assert said.document.one("#checkout [name='name']").get("value") == ada.name


@pytest.mark.parametrize("name", ["key", "total_seen"])
@pytest.mark.parametrize("value", ["", "1", "EUR", "EUR 1e400", "💶 4800", "EUR -4800", None])
def test_a_form_that_was_not_whole_is_made_whole_again(
    client: InspectingClient, name: str, value: str | None
) -> None:
    put(client, a_kettle())
    page = client.see("/checkout")
    if value is None:
        page.one(f"[name='{name}']").set("name", "gone")
    else:
        page.one(f"[name='{name}']").set("value", value)
    said = refused(buy(client, page), 422, "not whole")
    assert client.submit(said, PAYS).status_code == 303


def test_a_probable_typo_is_asked_about(client: InspectingClient) -> None:
    put(client, a_kettle())
    said = refused(buy(client, email="ada@gmial.com"), 422, "Did you mean ada@gmail.com?")
    assert said.one("[id='email']").get("value") == "ada@gmial.com"
    assert client.submit(said, PAYS, email_meant="ada@gmail.com").status_code == 303
    assert db.session.scalars(select(Order.email)).one() == "ada@gmail.com"


def test_whoever_insists_keeps_the_address(client: InspectingClient) -> None:
    put(client, a_kettle())
    said = refused(buy(client, email="ada@gmial.com"), 422, "Did you mean")
    assert client.submit(said, PAYS).status_code == 303
    assert db.session.scalars(select(Order.email)).one() == "ada@gmial.com"


def test_another_typo_is_asked_about_again(client: InspectingClient) -> None:
    put(client, a_kettle())
    said = refused(buy(client, email="ada@gmial.com"), 422, "Did you mean ada@gmail.com?")
    refused(client.submit(said, PAYS, email="ada@hotmial.com"), 422, "Did you mean ada@hotmail.com?")
