"""The letters of a purchase: owed in the transaction, sent by a job, once."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from storefront.checkout import mails
from storefront.checkout.actions import cancel_order
from storefront.payments.actions import settle_order
from storefront.platform import jobs
from tests.characters import a_kettle, ada
from tests.inspecting import InspectingClient
from tests.shopping import an_order

pytestmark = pytest.mark.usefixtures("database")


def letters(outbox: Path) -> dict[str, EmailMessage]:
    return {
        file.stem: email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        for file in outbox.iterdir()
    }


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_ada_is_told_what_she_ordered_and_where_to_transfer_the_money(outbox: Path) -> None:
    order = an_order((a_kettle(), 2), delivery="home", payment="bank_transfer")
    jobs.run_now("checkout.confirm", order_id=order.id)
    letter = letters(outbox)[f"order-placed.{order.id}"]
    assert letter["To"] == ada.email
    assert order.number in letter["Subject"]
    for kind in ("plain", "html"):
        words = text_of(letter, kind)
        assert f"/orders/{order.token}" in words
        assert "http://" in words
        assert "€100.90" in words
        assert "DE02 1203 0000 0000 2020 51" in words
        assert "Torstraße 12" in words
        assert order.number in words


def test_who_fetches_the_order_is_told_where_and_when(outbox: Path) -> None:
    order = an_order(delivery="drive_through", payment="card_at_counter")
    jobs.run_now("checkout.confirm", order_id=order.id)
    words = text_of(letters(outbox)[f"order-placed.{order.id}"])
    assert "Töpferweg 4" in words
    assert "Tue-Sat 10:00-18:00" in words
    assert "Please bring your order number." in words


def test_the_confirmation_goes_out_once(outbox: Path) -> None:
    order = an_order()
    jobs.run_now("checkout.confirm", order_id=order.id)
    for letter in outbox.iterdir():
        letter.unlink()
    jobs.run_now("checkout.confirm", order_id=order.id)
    assert letters(outbox) == {}


def test_ada_is_told_that_her_money_is_here(outbox: Path) -> None:
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    jobs.run_now("checkout.receipt", order_id=order.id)
    words = text_of(letters(outbox)[f"order-paid.{order.id}"])
    assert "€48.00" in words
    assert order.number in words


def test_a_letter_about_an_order_that_was_cancelled_meanwhile_says_so() -> None:
    order = an_order()
    cancel_order(order.id)
    assert "was cancelled" in text_of(mails.order_placed(order.id))


def test_the_link_in_the_letter_leads_to_the_order(client: InspectingClient) -> None:
    order = an_order()
    assert f"/orders/{order.token}" in text_of(mails.order_placed(order.id))
    assert order.number in client.see(f"/orders/{order.token}").text("h1")


def test_addresses_beyond_ascii_get_letters_too(outbox: Path) -> None:
    order = an_order(email="jürgen@exämple.de", name="Jürgen Größe")
    jobs.run_now("checkout.confirm", order_id=order.id)
    assert letters(outbox)
