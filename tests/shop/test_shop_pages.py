"""What the merchant must say about itself, made of the shop's facts."""

from collections.abc import Callable
from typing import Any

import pytest

from storefront.payments.methods import METHODS as PAYMENTS
from storefront.shipping.methods import METHODS as DELIVERIES
from storefront.shop.actions import describe_shop
from storefront.shop.content import PAGES
from tests.characters import a_category
from tests.inspecting import InspectingClient


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_there(client: InspectingClient, name: str) -> None:
    assert client.see(f"/pages/{name}").text("main")


@pytest.mark.parametrize("name", ["secret", "_where", "../layouts/page", "delivery.html", "%00"])
def test_no_other_page_is(client: InspectingClient, name: str) -> None:
    assert client.get(f"/pages/{name}").status_code == 404


def test_the_imprint_names_the_merchant(client: InspectingClient) -> None:
    page = client.see("/pages/imprint").text("main")
    for fact in ("Kiln & Common GmbH", "Töpferweg 4", "01099 Dresden", "Germany", "hello@kiln.example"):
        assert fact in page


def test_delivery_tells_price_and_countries(client: InspectingClient) -> None:
    page = client.see("/pages/delivery").text("main")
    assert "€4.90" in page
    assert "Germany" in page
    assert "Austria" in page


def test_what_is_not_offered_is_not_told(client: InspectingClient) -> None:
    describe_shop(delivery_methods=["pickup"], payment_methods=["pay_on_pickup"])
    page = client.see("/pages/delivery").text("main")
    assert "Home delivery" not in page
    assert "transfer" not in page


def test_every_way_there_is_has_its_words(client: InspectingClient) -> None:
    """Whoever adds a way of delivery or payment is told here that the page must explain it."""

    def told(**only: Any) -> str:
        describe_shop(**only)
        return client.see("/pages/delivery").text("main")

    payments = {told(delivery_methods=["pickup"], payment_methods=[code]) for code in (*PAYMENTS, "nothing")}
    deliveries = {told(delivery_methods=[code], payment_methods=[]) for code in (*DELIVERIES, "nothing")}
    assert len(payments) == len(PAYMENTS) + 1
    assert len(deliveries) == len(DELIVERIES) + 1


def test_every_page_says_what_it_answers_and_is_in_every_footer(client: InspectingClient) -> None:
    footer = client.see("/").texts("footer a")
    for name, page in PAGES.items():
        shown = client.see(f"/pages/{name}")
        assert (shown.text("h1"), shown.text(".lede")) == (str(page.title), str(page.summary))
        assert str(page.title) in footer


def test_terms_promise_only_what_is_offered(client: InspectingClient, told: Callable[..., None]) -> None:
    told(bank_transfer_days=5)
    assert "we keep the goods for 5 days" in client.see("/pages/terms").text("main")
    assert "in EUR and include tax" in client.see("/pages/terms").text("main")
    describe_shop(payment_methods=["pay_on_pickup"], prices_include_tax=False)
    terms = client.see("/pages/terms").text("main")
    assert "bank transfer" not in terms
    assert "Tax is added" in terms


def test_privacy_names_the_days_that_the_operator_set(
    client: InspectingClient, told: Callable[..., None]
) -> None:
    told(cart_days=12)
    assert "The cart goes away 12 days after you last changed it." in client.see("/pages/privacy").text(
        "main"
    )


def test_the_shop_tells_where_it_is_and_what_it_sells(client: InspectingClient) -> None:
    a_category("Kettles")
    page = client.see("/pages/about")
    assert "Behind Kiln & Common stands Kiln & Common GmbH in Dresden, Germany." in page.text("main")
    assert page.one("main li a[href='/categories/kettles']") is not None
    assert "Tue-Sat 10:00-18:00" in page.text("main")
    assert client.see("/pages/contact").one("main a[href='tel:+493515550100']") is not None
