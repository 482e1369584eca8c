"""What the merchant must say about itself, made of the shop's facts."""

import pytest

from storefront.payments.methods import METHODS as PAYMENTS
from storefront.shipping.methods import METHODS as DELIVERIES
from storefront.shop.actions import describe_shop
from tests.inspecting import InspectingClient


@pytest.mark.parametrize("name", ["delivery", "imprint", "privacy", "returns"])
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

    def told(**only: list[str]) -> str:
        describe_shop(**only)
        return client.see("/pages/delivery").text("main")

    payments = {told(delivery_methods=["pickup"], payment_methods=[code]) for code in (*PAYMENTS, "nothing")}
    deliveries = {told(delivery_methods=[code], payment_methods=[]) for code in (*DELIVERIES, "nothing")}
    assert len(payments) == len(PAYMENTS) + 1
    assert len(deliveries) == len(DELIVERIES) + 1
