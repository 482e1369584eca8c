"""Orders in an account: Ada's own, those of before, the same again; and an order found without one."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from storefront.checkout.fulfilment import pack_order
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.platform import clock, db
from tests.characters import a_kettle, ada, ben, stocked
from tests.inspecting import InspectingClient
from tests.people import an_account, signed_in
from tests.post import Post
from tests.shopping import an_order


@pytest.fixture
def post(database: None, outbox: Path) -> Post:
    return Post(outbox)


def owner_of(order: Order) -> int | None:
    return db.session.scalar(select(Order.account_id).where(Order.id == order.id))


def test_an_order_stands_in_the_account_of_who_is_signed_in(client: InspectingClient) -> None:
    account = signed_in(client, ada)
    client.post("/cart/lines", data={"variant": a_kettle().sku, "quantity": "2"})
    placed = client.submit(client.see("/checkout"), "Order and pay")
    assert placed.status_code == 303, placed.document.text()
    order = db.session.scalars(select(Order)).one()
    assert order.account_id == account.id
    page = client.see("/account/orders")
    assert order.number in page.text()
    assert "Kettle" in page.text()


def test_a_guests_order_comes_in_once_it_is_known_whose_it_is(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    order, bens = an_order(who=ada, email=ada.email.upper()), an_order(who=ben)
    account = an_account(ada, confirmed=False)
    signed_in(client, ada)
    assert order.number not in client.see("/account/orders").text(), "nobody has shown that it is Ada"
    with db.transaction() as session:
        session.merge(account).confirmed_at = clock.now()
    assert order.number in client.see("/account/orders").text()
    assert (owner_of(order), owner_of(bens)) == (account.id, None)


def test_one_order_and_what_happened_to_it(client: InspectingClient) -> None:
    signed_in(client, ada)
    order = an_order(who=ada)
    client.see("/account/orders")
    settle_order(order.id)
    pack_order(order.id)
    page = client.see(f"/account/orders/{order.number.lower()}")
    happened = [text.split("  ")[0] for text in page.texts(".timeline li")]
    assert [words for text in happened for words in ("Ordered", "Paid", "Packed") if words in text] == [
        "Ordered",
        "Paid",
        "Packed",
    ]


def test_ben_sees_none_of_adas_orders(client: InspectingClient, another_client: InspectingClient) -> None:
    signed_in(client, ada)
    signed_in(another_client, ben)
    order = an_order(who=ada)
    client.see("/account/orders")
    assert order.number not in another_client.see("/account/orders").text()
    for number in (order.number, "ZZZZZZ"):
        assert another_client.get(f"/account/orders/{number}").status_code == 404
        assert another_client.post(f"/account/orders/{number}/again").status_code == 404


def test_orders_are_searched_and_leafed_through(client: InspectingClient) -> None:
    account = signed_in(client, ada)
    kettle = a_kettle(100)
    jug = stocked(a_kettle(title="Blue jug"), 5)
    orders = [an_order((kettle, 1), who=ben) for _ in range(21)]
    blue = an_order((jug, 1), who=ben)
    with db.transaction() as session:
        session.execute(update(Order).values(account_id=account.id))
    first = client.see("/account/orders")
    assert blue.number in first.text()
    rest = client.see(first.one("a[rel='next']").get("href") or "")
    assert orders[0].number in rest.text()
    assert blue.number in client.see("/account/orders?q=blue").text()
    assert orders[0].number not in client.see("/account/orders?q=blue").text()
    assert orders[3].number in client.see(f"/account/orders?q={orders[3].number.lower()}").text()
    assert "None of your orders" in client.see("/account/orders?q=100%25_").text()
    assert client.get("/account/orders?after=nonsense").status_code == 404


def test_the_same_again(client: InspectingClient) -> None:
    signed_in(client, ada)
    kettle, jug = a_kettle(5), a_kettle(5, title="Jug")
    order = an_order((kettle, 3), (jug, 1), who=ada)
    client.see("/account/orders")
    with db.transaction() as session:
        session.merge(jug).archived_at = clock.now()
    page = client.see(f"/account/orders/{order.number}")
    cart = client.follow(client.submit(page, "Order the same again")).document
    assert "Not everything from that order is still sold" in cart.text()
    assert "Kettle" in cart.text()
    assert "Only 2" in cart.text(), "what is short is said"


def find(client: InspectingClient, number: str, email: str) -> str:
    said = client.follow(
        client.submit(client.see("/orders/find"), "Send me the link", number=number, email=email)
    )
    return said.get_data(as_text=True)


def test_a_guest_finds_an_order(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    order = an_order(who=ada)
    post.delivered()
    right = find(client, f" #{order.number.lower()} ", ada.email.upper())
    wrong = find(client, order.number, ben.email)
    nowhere = find(client, "ZZZZZZ", ada.email)
    assert right == wrong == nowhere
    letters = [letter for letter in post.of(ada.email) if "The link to your order" in letter["Subject"]]
    assert len(letters) == 1
    assert post.link(ada.email, "/orders/") == f"/orders/{order.token}"
    assert post.of(ben.email) == []


def test_a_number_that_is_none(client: InspectingClient) -> None:
    page = client.see("/orders/find")
    for number, email in (("", ada.email), ("??", ada.email), ("ABCDEF", "nonsense"), ("ABCDEF", "")):
        assert client.submit(page, "Send me the link", number=number, email=email).status_code == 422


def test_three_links_a_day_and_five_tries_a_minute(client: InspectingClient, post: Post) -> None:
    order = an_order(who=ada)
    post.delivered()
    for _try in range(5):
        find(client, order.number, ada.email)
    refused = client.submit(
        client.see("/orders/find"), "Send me the link", number=order.number, email=ada.email
    )
    assert refused.status_code == 429
    assert len([one for one in post.of(ada.email) if "The link to" in one["Subject"]]) == 3
