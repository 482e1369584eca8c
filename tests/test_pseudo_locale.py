"""Every text of the shop goes through gettext: in a made-up language none stays as it was written."""

from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text, update

from storefront.catalog.models import Product, Variant
from storefront.checkout.actions import cancel_order, expire_one_order
from storefront.checkout.changing import cancel_lines, take_back
from storefront.checkout.fulfilment import deliver_order, pack_order, ready_order, ship_order
from storefront.inventory import stock
from storefront.payments.actions import settle_order
from storefront.payments.refunds.actions import RefundRequest, refund_order
from storefront.platform import db, jobs, refusals
from storefront.platform.money import Money
from tests import pseudo
from tests.characters import Person, a_category, a_product, a_variant, reprice, stocked
from tests.crawling import crawl
from tests.documents import Document
from tests.inspecting import PARTIAL, Answer, InspectingClient
from tests.post import Post
from tests.shopping import an_order

anna = Person("Άννα Γεωργίου", "anna@example.com", "+49 30 5550104", "Οδός 12", "10119", "Βερολίνο")
GREEK: dict[str, Any] = {"brand": "Πηλός", "description": "Φτιαγμένη στο *χέρι*."}
GREEK_FACTS = (
    "name = 'Πηλός', legal_name = 'Πηλός ΕΠΕ', street = 'Οδός 4', city = 'Δρέσδη', bank_holder = 'Πηλός ΕΠΕ',"
    " opening_hours = 'Δευτέρα–Σάββατο 10:00–18:00', pickup_note = 'Φέρτε τον αριθμό.'"
)


@dataclass
class Goods:
    """What stands on the Greek shelves."""

    scarce: Variant
    dear: Variant
    gone: Variant


@pytest.fixture
def goods(database: None) -> Goods:
    """A shop whose facts and goods are Greek."""
    with db.transaction() as session:
        session.execute(text(f"UPDATE shop SET {GREEK_FACTS}"))
    shelf = a_category("Κουζίνα", slug="kitchen")
    a_category("Ποτά", slug="pots", parent=shelf)
    pot = a_product("Τσαγιέρα", category=shelf, option_names=["Χρώμα", "Μέγεθος"], **GREEK)
    scarce = stocked(a_variant(pot, sku="POT-1", options=["Μπλε", "Μικρή"]), 2)
    a_variant(pot, sku="POT-2", options=["Μπλε", "Μεγάλη"])
    dear = a_variant(a_product("Κανάτα", category=shelf, **GREEK), sku="JUG-1", price=1500, compare_at=1900)
    gone = stocked(a_variant(a_product("Πιάτο", **GREEK), sku="DISH-1"), 5)
    return Goods(scarce, stocked(dear, 20), gone)


def trouble(goods: Goods) -> None:
    """One thing has become scarcer, one dearer, and one is no longer sold."""
    with db.transaction() as session:
        stock.set_on_hand(goods.scarce.id, 1, "count")
        product = update(Product).where(Product.id == goods.gone.product_id)
        session.execute(product.values(status="archived"))
    reprice(goods.dear, 1700)


@pytest.fixture
def speak_pseudo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, the shop speaks in brackets."""
    return lambda: pseudo.speak(app, monkeypatch)


def told(document: Document) -> list[str]:
    return pseudo.untranslated(document)


@pytest.mark.parametrize("plain", ["Add", "<b>Sold</b> out", 'x<img alt="A kettle" src="/x">'])
def test_a_forgotten_text_is_seen(plain: str) -> None:
    assert told(Document.read(f"<p>⟦Cart⟧ {plain}</p>"))


def test_data_and_translations_pass() -> None:
    assert told(Document.read("<p>⟦Cart of ⟦Anna⟧⟧ Τσαγιέρα POT-1 €48.00 anna@example.com</p>")) == []
    assert told(Document.read("<p>⟦Read <a>our terms</a> now⟧</p>")) == []


def assert_translated(answers: list[Answer]) -> None:
    pages = [answer for answer in answers if answer.is_html]
    forgotten = {f"{page.request.path}: {words}" for page in pages for words in told(page.document)}
    assert forgotten == set()


def put(client: InspectingClient, thing: Variant, quantity: object, **how: Any) -> Answer:
    return client.open("/cart/lines", method="POST", data={"variant": thing.sku, "quantity": quantity}, **how)


def test_every_page_is_translated(
    client: InspectingClient, goods: Goods, speak_pseudo: Callable[[], None]
) -> None:
    speak_pseudo()
    answers = list(
        crawl(client, "/", "/search?q=nothing", "/products?sort=price&in_stock=1&price=x-1", "/cart")
    )
    assert_translated(answers)
    assert len([answer for answer in answers if answer.is_html]) >= 8


def test_the_cart_and_its_troubles_are_translated(
    client: InspectingClient, goods: Goods, speak_pseudo: Callable[[], None]
) -> None:
    speak_pseudo()
    answers = [
        put(client, goods.scarce, 2, headers=PARTIAL),
        put(client, goods.dear, 3),
        put(client, goods.gone, 1),
    ]
    answers += [
        put(client, goods.scarce, wrong, headers=how) for wrong in ("", 9, "x") for how in ({}, PARTIAL)
    ]
    trouble(goods)
    answers += [
        client.get("/cart"),
        client.fragment("/cart"),
        client.fragment("/cart/badge"),
        client.get("/checkout"),
    ]
    put_in_order = client.get("/cart").document.all("#cart form[method='post']")
    answers += [client.post(form.get("action"), data={"quantity": "x"}) for form in put_in_order]
    assert_translated(answers)


@pytest.mark.parametrize("choices", [{}, {"delivery": "home"}, {"delivery": "home", "own_bill": "1"}])
def test_the_checkout_is_translated(
    client: InspectingClient, goods: Goods, speak_pseudo: Callable[[], None], choices: dict[str, str]
) -> None:
    put(client, goods.dear, 1)
    put(client, goods.scarce, 2)
    page = client.get("/checkout").document
    wrong = {"email": "anna@gmial.com", "name": "", "phone": "x", "payment": "none"} | choices
    hidden = {field.get("name", ""): field.get("value", "") for field in page.all("input[type='hidden']")}
    right = hidden | anna_types() | choices
    speak_pseudo()
    answers = [client.post("/checkout", data=data) for data in (choices, wrong, right)]
    answers += [client.post("/orders", data=data) for data in (choices, wrong, hidden | wrong)]
    trouble(goods)
    answers += [client.post("/orders", data=right | chosen) for chosen in GOES_TOGETHER]
    assert_translated(answers)


GOES_TOGETHER = (
    {"delivery": "pickup", "payment": "pay_on_pickup"},
    {"delivery": "pickup", "payment": "cash_on_delivery"},
    {"delivery": "home", "payment": "bank_transfer"},
)


def anna_types() -> dict[str, str]:
    address = {f"address_{part}": value for part, value in anna.address.items()}
    return {"name": anna.name, "email": anna.email, "phone": anna.phone} | address


@pytest.mark.parametrize(
    ("delivery", "payment"),
    [
        ("pickup", "pay_on_pickup"),
        ("drive_through", "card_at_counter"),
        ("home", "cash_on_delivery"),
        ("home", "bank_transfer"),
    ],
)
def test_the_order_page_and_its_letters_are_translated(
    client: InspectingClient,
    goods: Goods,
    outbox: Path,
    speak_pseudo: Callable[[], None],
    delivery: str,
    payment: str,
) -> None:
    order = an_order((goods.dear, 2), (goods.scarce, 1), who=anna, delivery=delivery, payment=payment)
    address = f"/orders/{order.token}"
    speak_pseudo()
    jobs.run_now("checkout.confirm", order_id=order.id)
    answers = [client.get(address)]
    settle_order(order.id)
    jobs.run_now("checkout.receipt", order_id=order.id)
    for move in (pack_order, ship_order if delivery == "home" else ready_order, deliver_order):
        answers.append(client.get(address))
        move(order.id)
        answers.append(client.post(f"{address}/cancellation"))
    assert_translated([*answers, client.get(address)])
    letters = list(outbox.iterdir())
    assert len(letters) == 2
    assert [words for letter in letters for words in of_letter(letter)] == []


def test_papers_and_the_letters_of_money_back_are_translated(
    client: InspectingClient, goods: Goods, outbox: Path, speak_pseudo: Callable[[], None]
) -> None:
    order = an_order((goods.dear, 4), (goods.scarce, 1), who=anna, delivery="home", payment="bank_transfer")
    unpaid = an_order((goods.dear, 1), who=anna, delivery="home", payment="cash_on_delivery")
    line = next(line.id for line in order.lines if line.quantity == 4)
    speak_pseudo()
    cancel_lines(order.id, {line: 1}, "Χαλασμένη")
    settle_order(order.id)
    cancel_lines(order.id, {line: 1})
    refund_order(order.id, RefundRequest(Money(500, "EUR"), "card", "TX-1"))
    for goes in (order, unpaid):
        pack_order(goes.id)
        ship_order(goes.id)
    take_back(order.id)
    take_back(unpaid.id)
    refund_order(order.id, RefundRequest(Money(700, "EUR"), "bank_transfer"))
    answers = [client.get(f"/orders/{it.token}{page}") for it in (order, unpaid) for page in ("", "/invoice")]
    answers += [
        client.get(f"/orders/{order.token}/credit-notes/C{order.placed_at.year}-00000{n}") for n in (1, 2)
    ]
    assert_translated([*answers, client.get("/dev/mail")])
    Post(outbox).delivered()
    letters = list(outbox.iterdir())
    assert len(letters) == 11
    assert [words for letter in letters for words in of_letter(letter)] == []


def overdue_and_gone(order_id: int) -> None:
    with db.transaction() as session:
        past = text("UPDATE orders SET expires_at = now() - interval '1 minute' WHERE id = :id")
        session.execute(past, {"id": order_id})
    assert expire_one_order()


@pytest.mark.parametrize("ending", [cancel_order, overdue_and_gone])
def test_an_order_that_ended_is_translated(
    client: InspectingClient, goods: Goods, speak_pseudo: Callable[[], None], ending: Callable[[int], None]
) -> None:
    order = an_order((goods.dear, 1), who=anna, payment="bank_transfer")
    ending(order.id)
    speak_pseudo()
    assert_translated([client.get(f"/orders/{order.token}")])


def of_letter(path: Path) -> list[str]:
    """The forgotten words of a letter: its subject, its text and its HTML."""
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    plain, html = (letter.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    outside = pseudo.Outside()
    outside.read(str(letter["Subject"]))
    outside.read(plain.get_content())
    return outside.found + told(Document.read(html.get_content()))


@pytest.mark.parametrize("status", ["400", "403", "404", "405", "409", "413", "422", "429", "500", "503"])
def test_error_pages_are_translated(
    client: InspectingClient, goods: Goods, speak_pseudo: Callable[[], None], status: str
) -> None:
    speak_pseudo()
    with client.application.test_request_context():
        page = refusals.error_page(int(status), None).get_data(as_text=True)
    assert told(Document.read(page)) == []
