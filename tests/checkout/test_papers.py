"""Invoices and credit notes: what stands on them, for whom, and that they read the same for ever."""

from collections.abc import Callable
from typing import Any

import pytest
from fpdf import FPDF
from sqlalchemy import text

from storefront.checkout.actions import cancel_order
from storefront.checkout.changing import CameBack, cancel_lines, take_back
from storefront.checkout.fulfilment import pack_order, ship_order
from storefront.checkout.papers import pdf, queries
from storefront.orders import queries as orders
from storefront.orders.credit.queries import notes_of
from storefront.orders.models import Order
from storefront.payments.actions import settle_order
from storefront.payments.refunds.actions import RefundRequest, refund_order
from storefront.platform import db
from storefront.platform.addresses import Address
from storefront.platform.money import Money
from tests.characters import a_kettle, a_product, a_variant, ben
from tests.inspecting import InspectingClient
from tests.shopping import an_order

pytestmark = pytest.mark.usefixtures("database")
TRANSFER = {"delivery": "home", "payment": "bank_transfer"}
OKAFOR = Address(**ben.address, company="Okafor Ltd", vat_id="DE136695976")


@pytest.fixture
def order() -> Order:
    """Two kettles and a book, paid by transfer, on the bill of a company."""
    book = a_variant(a_product("Book", tax_class="reduced"), sku="BOOK-1", price=1999, tracked=False)
    placed = an_order((a_kettle(5), 2), (book, 1), billing_address=OKAFOR, **TRANSFER)
    settle_order(placed.id)
    return placed


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every word that is drawn on a sheet."""
    words: list[str] = []
    for name in ("cell", "multi_cell"):
        monkeypatch.setattr(FPDF, name, _listening(getattr(FPDF, name), words))
    return words


def _listening(draw: Callable[..., Any], words: list[str]) -> Callable[..., Any]:
    def run(sheet: FPDF, *args: Any, **kwargs: Any) -> Any:
        words.extend(str(it) for it in (*args, kwargs.get("text", "")) if isinstance(it, str))
        return draw(sheet, *args, **kwargs)

    return run


def test_an_invoice_says_who_sells_who_buys_what_for_how_much_and_which_tax(
    client: InspectingClient, order: Order
) -> None:
    page = client.see(f"/orders/{order.token}/invoice")
    words = page.text("main")
    for part in (
        "Invoice 2026-000001",
        "Kiln & Common GmbH Töpferweg 4 01099 Dresden",
        "VAT number DE123456789",
        "Ben Okafor Okafor Ltd Lange Reihe 7 20099 Hamburg Germany VAT number DE136695976",
        f"Order {order.number}",
        "Payment Bank transfer",
        "2 Kettle",
        "€48.00 19% €96.00",
        "BOOK-1 €19.99 each €19.99 7% €19.99",
        "Home delivery 19% €4.90",
        "Net €103.47",
        "Tax 19% €16.11",
        "Tax 7% €1.31",
        "Total €120.89",
        "19% of €84.79 net is €16.11 tax, together €100.90.",
        "Paid in full. Thank you!",
    ):
        assert part in words
    assert page.one("h1").text == "Invoice 2026-000001"


def test_the_file_says_the_same_and_is_the_same_every_time(
    client: InspectingClient, order: Order, drawn: list[str]
) -> None:
    first = client.get(f"/orders/{order.token}/invoice.pdf")
    assert first.mimetype == "application/pdf"
    assert first.headers["Content-Disposition"] == 'inline; filename="invoice-2026-000001.pdf"'
    words = " ".join(drawn)
    for part in (
        "Invoice 2026-000001",
        "Okafor Ltd",
        "DE136695976",
        "€120.89",
        "€16.11",
        "BOOK-1",
        "Bank transfer",
    ):
        assert part in words
    for name in (b"/Lang (en)", b"/Title", b"DejaVu"):
        assert name in first.data
    assert client.get(f"/orders/{order.token}/invoice.pdf").data == first.data
    assert len(first.data) < 60_000


def test_what_happens_later_does_not_change_it(client: InspectingClient, order: Order) -> None:
    address = f"/orders/{order.token}/invoice.pdf"
    before = client.get(address).data
    line = order.lines[0].id
    cancel_lines(order.id, {line: 1})
    pack_order(order.id)
    ship_order(order.id)
    take_back(order.id, {order.lines[1].id: CameBack(1)})
    refund_order(order.id, RefundRequest(Money(100, "EUR"), "cash"))
    with db.transaction() as session:
        session.execute(text("UPDATE shop SET name = 'Other', vat_id = 'DE136695976'"))
    assert client.get(address).data == before


def test_what_was_cancelled_before_is_not_on_it(client: InspectingClient) -> None:
    cup = a_kettle(5, title="Cup", price=1000)
    order = an_order((a_kettle(5), 2), (cup, 3), **TRANSFER)
    lines = {line.title: line.id for line in order.lines}
    cancel_lines(order.id, {lines["Kettle"]: 2, lines["Cup"]: 1})
    settle_order(order.id)
    words = client.see(f"/orders/{order.token}/invoice").text("article")
    assert "Kettle" not in words
    assert "2 Cup" in words
    assert "Total €24.90" in words


def test_an_invoice_at_hand_over_says_that_it_is_to_be_paid(client: InspectingClient) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    pack_order(order.id)
    ship_order(order.id)
    settle_order(order.id)
    words = client.see(f"/orders/{order.token}/invoice").text("article")
    assert "To be paid when you receive the goods." in words
    assert "Paid" not in words.replace("To be paid", "")


def test_a_credit_note_names_the_invoice_and_the_reason(
    client: InspectingClient, order: Order, drawn: list[str]
) -> None:
    refund_order(order.id, RefundRequest(Money(1000, "EUR"), "cash", reason="a dent"))
    cancel_order(order.id, "changed her mind")
    first, second = notes_of(order.id)
    page = client.see(f"/orders/{order.token}/credit-notes/{first.label}")
    words = page.text("article")
    for part in (
        "Credit note C2026-000001",
        "Credits invoice 2026-000001",
        "Reason: a dent",
        "Price reduction",
        "Total €10.00",
    ):
        assert part in words
    words = client.see(f"/orders/{order.token}/credit-notes/{second.label}").text("article")
    for part in (
        "2 Kettle",
        "Home delivery",
        "Credited before",
        "Total €110.89",
        "The amount is paid back to you.",
    ):
        assert part in words
    answer = client.get(f"/orders/{order.token}/credit-notes/{second.label}.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert "Credited before" in drawn


def test_a_parcel_that_was_refused_is_not_asked_for_any_more(client: InspectingClient) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    pack_order(order.id)
    ship_order(order.id)
    take_back(order.id)
    (note,) = notes_of(order.id)
    words = client.see(f"/orders/{order.token}/credit-notes/{note.label}").text("article")
    assert "the amount to pay is lower by this much" in words


def test_the_order_page_leads_to_its_papers(client: InspectingClient, order: Order) -> None:
    cancel_order(order.id)
    page = client.see(f"/orders/{order.token}")
    links = {link.get("href", "") for link in page.all("[aria-labelledby='papers'] a")}
    assert links == {
        f"/orders/{order.token}/{part}"
        for part in (
            "invoice",
            "invoice.pdf",
            "credit-notes/C2026-000001",
            "credit-notes/C2026-000001.pdf",
        )
    }
    assert "we will send your money back" in page.text("main")


def test_papers_that_are_not_there_or_not_hers(client: InspectingClient, order: Order) -> None:
    bens = an_order(who=ben)
    cancel_order(order.id)
    (note,) = notes_of(order.id)
    for token, part in (
        (bens.token, "invoice"),
        (bens.token, "invoice.pdf"),
        (bens.token, f"credit-notes/{note.label}"),
        (bens.token, f"credit-notes/{note.label}.pdf"),
        (order.token, "credit-notes/C2026-000009"),
        (order.token, "credit-notes/C2026-000009.pdf"),
        ("x" * 22, "invoice"),
        ("x" * 22, "invoice.pdf"),
        (order.number, "invoice"),
    ):
        assert client.get(f"/orders/{token}/{part}").status_code == 404


def test_nobody_keeps_or_lists_a_paper(client: InspectingClient, order: Order) -> None:
    for part in ("invoice", "invoice.pdf"):
        answer = client.get(f"/orders/{order.token}/{part}")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "name", ["Łucja Ňěmcová", "Ελένη", "Юлия", "山田 太郎 🫖", "שלום", "x" * 100, "<b>&"]
)
def test_any_name_can_be_drawn(name: str) -> None:
    order = an_order(name=name, payment="bank_transfer")
    settle_order(order.id)
    paper = queries.invoice(orders.with_id(order.id))
    assert paper is not None
    assert pdf.draw(paper, "Europe/Berlin", "US").startswith(b"%PDF-")


def test_a_long_invoice_has_several_pages(drawn: list[str]) -> None:
    things = [(a_kettle(2, title=f"Kettle {number} of a long line of kettles"), 1) for number in range(40)]
    order = an_order(*things, payment="bank_transfer")
    settle_order(order.id)
    paper = queries.invoice(orders.with_id(order.id))
    assert paper is not None
    pdf.draw(paper, "Europe/Berlin", "DE")
    assert "Page 3 of {nb}" in drawn
