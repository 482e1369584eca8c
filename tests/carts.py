"""A cart looked at by plain forms: what is put in, and what then lies there."""

from storefront.catalog.models import Variant
from tests.documents import Document
from tests.inspecting import Answer, InspectingClient

EMPTY = "Your cart is empty."


def put(client: InspectingClient, thing: Variant, quantity: int | str = 1) -> Answer:
    return client.post("/cart/lines", data={"variant": thing.sku, "quantity": str(quantity)})


def cart(client: InspectingClient) -> Document:
    return client.see("/cart")


def lines(page: Document) -> list[tuple[str, str]]:
    """What lies in the cart: title and quantity."""
    quantities = [field.get("value", "") for field in page.all(".cart-line input[type='number']")]
    return list(zip(page.texts(".cart-line h2"), quantities, strict=False))


def first_line(page: Document) -> str:
    """The address of the first line."""
    return page.all(".cart-line form")[0].get("action", "")


def cookies(answer: Answer) -> dict[str, str]:
    given = answer.headers.getlist("Set-Cookie")
    return {cookie.partition("=")[0]: cookie.partition("=")[2] for cookie in given}
