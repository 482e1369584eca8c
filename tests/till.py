"""At the till: a browser without scripts that fills a cart and the checkout form."""

from datetime import timedelta

from sqlalchemy import update

from storefront.catalog.models import Variant
from storefront.orders.models import Order
from storefront.platform import clock, db
from tests.characters import Person, ada
from tests.documents import Document
from tests.inspecting import Answer, InspectingClient

PAYS = "Order and"
"""How the words of the last button begin."""


def put(client: InspectingClient, thing: Variant, quantity: int = 1) -> None:
    """Something goes into the cart."""
    answer = client.post("/cart/lines", data={"variant": thing.sku, "quantity": str(quantity)})
    assert answer.status_code == 303, answer.document.text("main")


def chosen(client: InspectingClient, **choices: str) -> Document:
    """The checkout page after choosing, as it is shown without scripts."""
    page = client.see("/checkout")
    for name in ("delivery", "payment"):
        if name in choices:
            says = "Update the total" if name == "delivery" else "Update the button"
            answer = client.submit(page, says, **{name: choices[name]})
            assert answer.status_code == 200
            page = answer.document
    return page


def typed(who: Person = ada, *, home: bool = False) -> dict[str, str]:
    """What somebody types into the form."""
    words = {"name": who.name, "email": who.email, "phone": who.phone}
    if not home:
        return words
    parts = ("street", "postal_code", "city", "country")
    return words | {f"address_{part}": getattr(who, part) for part in parts}


def buy(client: InspectingClient, page: Document | None = None, /, **fields: str) -> Answer:
    """Press the last button."""
    page = page or client.see("/checkout")
    return client.submit(page, PAYS, **typed() | fields)


def bought(client: InspectingClient, thing: Variant, quantity: int = 1, **choices: str) -> Document:
    """The whole way: from an empty cart to the order page."""
    put(client, thing, quantity)
    home = choices.get("delivery") == "home"
    answer = client.submit(chosen(client, **choices), PAYS, **typed(home=home))
    assert answer.status_code == 303, answer.document.text("main")
    return client.follow(answer).document


def overdue(order: Order) -> None:
    """The order's hold ended a moment ago."""
    with db.transaction() as session:
        ago = clock.now() - timedelta(seconds=1)
        session.execute(update(Order).where(Order.id == order.id).values(expires_at=ago))
