"""/dev/mail shows whoever develops what would have been sent, and does not exist in production."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storefront.payments.actions import settle_order
from storefront.platform import jobs
from tests.inspecting import InspectingClient
from tests.shopping import an_order


def test_an_empty_mailbox_says_so(client: InspectingClient, outbox: Path) -> None:
    assert "Nothing was sent yet." in client.see("/dev/mail").text("main")


@pytest.fixture
def letter(client: InspectingClient, outbox: Path) -> str:
    """The address of a letter with an invoice."""
    order = an_order(payment="bank_transfer")
    settle_order(order.id)
    jobs.run_now("checkout.receipt", order_id=order.id)
    (link,) = client.see("/dev/mail").all("main li a")
    assert "We have received your payment" in str(link.text)
    return str(link.get("href"))


def test_a_letter_is_shown_with_all_its_parts(client: InspectingClient, letter: str) -> None:
    page = client.see(letter)
    assert "Hello Ada Lindt" in page.text("main")
    assert "to ada@example.com" in page.text(".lede")
    # Mail programs know neither landmarks nor our style sheet, so nobody inspects it as a page.
    html = client.application.test_client().get(f"{letter}/html")
    assert "Your payment is here" in html.get_data(as_text=True)
    assert "sandbox" in html.headers["Content-Security-Policy"]
    paper = client.get(f"{letter}/files/0")
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")


def test_what_is_not_there_is_not_found(client: InspectingClient, letter: str) -> None:
    for address in (
        "/dev/mail/nothing",
        "/dev/mail/..%2Fsecret",
        f"{letter}/files/7",
        "/dev/mail/nothing/html",
    ):
        assert client.get(address).status_code == 404


def test_in_production_there_is_no_such_place(
    client: InspectingClient, letter: str, told: Callable[..., None]
) -> None:
    told(storefront_env="production")
    for address in ("/dev/mail", letter, f"{letter}/html", f"{letter}/files/0"):
        assert client.get(address).status_code == 404


def test_with_a_mail_server_it_says_why_it_is_empty(
    client: InspectingClient, outbox: Path, told: Callable[..., None]
) -> None:
    told(smtp_url="smtp://localhost:25")
    assert "There is a mail server" in client.see("/dev/mail").text("main")
