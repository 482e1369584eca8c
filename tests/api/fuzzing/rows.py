"""Rows for the fuzzer to find, made through the API itself by a key that may do everything."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import httpx

EUR = "EUR"
PRICE_OF_ONE = 4800
PRICE = {"amount": PRICE_OF_ONE, "currency": EUR}
OFTEN = 15  # times that a row is looked at before another is made
PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HOME = {
    "country": "DE",
    "name": "Ada Lindt",
    "street": "Torstraße 12",
    "postal_code": "10119",
    "city": "Berlin",
}
WAY = ("waiting", "packed", "ready", "delivered", "returned")


class Rows:
    """Makes rows of every kind; a kind is called as the part of an address that names it."""

    def __init__(self, api: str, key: str, customer: int) -> None:
        self.customer = customer
        self._client = httpx.Client(base_url=api, headers={"Authorization": f"Bearer {key}"}, timeout=60)
        self._kept: dict[str, tuple[int, int]] = {}

    def some(self, kind: str) -> int:
        """A row that may have been looked at before."""
        found, times = self._kept.get(kind, (0, OFTEN))
        if times >= OFTEN:
            found, times = self.fresh(kind), 0
        self._kept[kind] = (found, times + 1)
        return found

    def fresh(self, kind: str) -> int:
        """A row that nobody has touched."""
        make: Callable[[], int] = getattr(self, f"_{kind}")
        return make()

    def seen(self, address: str) -> Any:
        """What stands at an address."""
        return self._client.get(address).raise_for_status().json()

    def etag(self, address: str) -> str | None:
        """The version of it at this moment."""
        found: str | None = self._client.get(address).headers.get("ETag")
        return found

    def made(self, address: str, body: Any = None, **sent: Any) -> Any:
        """What a POST made."""
        headers = {"Idempotency-Key": str(uuid4())}
        how = sent or {"json": body}
        return self._client.post(address, headers=headers, **how).raise_for_status().json()

    def order_at(self, state: str) -> int:
        """An order whose goods are in this state."""
        found = self._order_id()
        for step in WAY[1 : WAY.index(state) + 1] if state in WAY else ("packed", state):
            self.made(f"/orders/{found}/fulfilments", {"state": step})
        return found

    def paid_and_off(self) -> int:
        """An order that was paid and called off."""
        found = self._order_id()
        self.made(f"/orders/{found}/payments", {})
        self.made(f"/orders/{found}/cancellations", {})
        return found

    def delivered_product(self) -> int:
        """A product that the customer got and has said nothing about yet."""
        product = self._sold()
        order = self._order_of(product["variants"][0]["id"])
        for step in ("packed", "ready", "delivered"):
            self.made(f"/orders/{order}/fulfilments", {"state": step})
        found: int = product["id"]
        return found

    def token(self, credentials: Mapping[str, str]) -> str:
        """Another token of the customer."""
        found: str = self.made("/tokens", credentials)["token"]
        return found

    def _category_id(self) -> int:
        return _id(self.made("/categories", {"title": f"Shelf {uuid4().hex[:8]}"}))

    def _product(self, units: int) -> Any:
        choice = {"price": PRICE, "values": ["Blue"], "on_hand": units}
        body = {"title": f"Kettle {uuid4().hex[:8]}", "option_names": ["Colour"], "variants": [choice]}
        return self.made("/products", body | {"status": "active"})

    def _sold(self) -> Any:
        return self._product(10_000)

    def _product_id(self) -> int:
        return _id(self._product(0))

    def _variant_id(self) -> int:
        return _id(self._product(0)["variants"][0])

    def _stocked_id(self) -> int:
        return _id(self._sold()["variants"][0])

    def _image_id(self) -> int:
        product, picture = self.some("product_id"), {"file": ("kettle.png", PIXEL)}
        return _id(self.made(f"/products/{product}/images", files=picture, data={"alt": "A kettle"}))

    def _order_id(self) -> int:
        return self._order_of(self.some("stocked_id"))

    def _order_of(self, variant: int) -> int:
        body = {
            "lines": [{"variant_id": variant, "quantity": 3}],
            "customer_id": self.customer,
            "delivery": "pickup",
            "payment": "bank_transfer",
        }
        return _id(self.made("/orders", body))

    def _line_id(self) -> int:
        return _id(self.seen(f"/orders/{self._order_id()}")["lines"][0])

    def _fulfilment_id(self) -> int:
        return _id(self.seen(f"/orders/{self._order_id()}")["fulfilment"])

    def _payment_id(self) -> int:
        return _id(self.seen(f"/orders/{self._order_id()}/payments")["items"][0])

    def _refund_id(self) -> int:
        order = self.paid_and_off()
        return _id(self.made(f"/orders/{order}/refunds", {"amount": PRICE, "method": "cash"}))

    def _invoice_id(self) -> int:
        order = self._order_id()
        self.made(f"/orders/{order}/payments", {})
        found: int = self.seen(f"/orders/{order}")["invoice_id"]
        return found

    def _adjustment_id(self) -> int:
        return _id(
            self.made("/inventory/adjustments", {"variant_id": self.some("stocked_id"), "quantity": 5})
        )

    def _customer_id(self) -> int:
        return self.customer

    def _address_id(self) -> int:
        book = self.seen(f"/customers/{self.customer}/addresses?limit=100")["items"]
        if len(book) > 20:  # Nobody keeps more than some.
            for place in book:
                self._client.delete(f"/addresses/{place['id']}")
        return _id(self.made(f"/customers/{self.customer}/addresses", HOME))

    def _review_id(self) -> int:
        product = self.delivered_product()
        said = {"rating": 5, "title": "Pours well", "text": "Not a drop beside the cup.", "author": "Ada L."}
        return _id(self.made(f"/products/{product}/reviews", said | {"customer_id": self.customer}))


def _id(found: Any) -> int:
    key: int = found["id"]
    return key
