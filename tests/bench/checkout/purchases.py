"""One measured unit: POST /orders to its 303, from a full cart and a form that was prepared before."""

from uuid import UUID, uuid4

from tests.bench.checkout.shelves import PRICE
from tests.races.crowd import post
from tests.races.wire import Request

ADDRESS = "/orders"


def form(cart: int, key: UUID) -> dict[str, str]:
    """What the checkout page sends for a cart."""
    return {
        "key": str(key),
        "cart": str(cart),
        "total_seen": f"EUR {PRICE}",
        "name": "Ada Lindt",
        "email": "ada@example.com",
        "phone": "+49 30 5550101",
        "delivery": "pickup",
        "payment": "pay_on_pickup",
    }


def cookie(cart: int) -> str:
    return f"cart-{cart:027}"


def request(cart: int) -> Request:
    """The same on the wire, from an address that nobody else has."""
    buyer = cart & 0xFFFFFF
    return post(ADDRESS, form(cart, uuid4()), buyer=buyer, cookie=f"sf_cart={cookie(cart)}")
