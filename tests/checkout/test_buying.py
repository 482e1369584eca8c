"""Ada buys: the whole way from the cart to the order page, as a browser without scripts goes it."""

from tests.characters import a_kettle, ada
from tests.inspecting import InspectingClient


def test_ada_buys_a_kettle_and_pays_at_pickup(client: InspectingClient) -> None:
    kettle = a_kettle()
    client.post("/cart/lines", data={"variant": kettle.sku, "quantity": "2"})
    page = client.see("/checkout")
    answer = client.submit(page, "Order and pay €96.00 at pickup", name=ada.name, email=ada.email)
    assert answer.status_code == 303, answer.document.text("main")
    order = client.follow(answer)
    assert order.status_code == 200
