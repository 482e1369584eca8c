"""A program goes all the way: shelves, products, stock, an order, its parcel, its money and its paper."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image

from storefront.office import verify
from tests.programs import Program

EUR = {"amount": 4800, "currency": "EUR"}
BUYER = {"name": "Ada Lindt", "email": "ada@example.com"}


def test_from_the_shelf_to_the_invoice(program: Callable[..., Program]) -> None:
    key = program("all")
    shelf = key.make("/categories", {"title": "Kettles"})
    assert shelf.status_code == 201, shelf.text
    assert shelf.headers["Location"] == f"/api/v1/categories/{shelf.json['id']}"
    product = key.make(
        "/products",
        {
            "title": "Kettle",
            "status": "active",
            "category_ids": [shelf.json["id"]],
            "option_names": ["Colour"],
            "variants": [{"price": EUR, "values": ["Blue"], "on_hand": 3}],
        },
    )
    assert product.status_code == 201, product.text
    where = f"/products/{product.json['id']}"
    picture = BytesIO()
    Image.new("RGB", (60, 80), "navy").save(picture, "PNG")
    sent = {"file": (BytesIO(picture.getvalue()), "kettle.png"), "alt": "A blue kettle"}
    image = key.ask("POST", f"{where}/images", data=sent, headers={"Idempotency-Key": "picture-1"})
    assert image.status_code == 201, image.text
    again = {"file": (BytesIO(picture.getvalue()), "kettle.png"), "alt": "A blue kettle"}
    replay = key.ask("POST", f"{where}/images", data=again, headers={"Idempotency-Key": "picture-1"})
    assert (replay.status_code, replay.headers["Idempotency-Replayed"]) == (201, "true")
    assert len(key.get(where).json["images"]) == 1
    described = key.change(f"/images/{image.json['id']}", {"alt": "A kettle of blue enamel", "position": 1})
    assert described.json["alt"] == "A kettle of blue enamel"

    variant = key.make(f"{where}/variants", {"price": EUR, "values": ["Red"]})
    assert variant.status_code == 201, variant.text
    cheaper = key.change(f"/variants/{variant.json['id']}", {"price": {"amount": 4200, "currency": "EUR"}})
    assert cheaper.json["price"]["amount"] == 4200
    adjusted = key.make(
        "/inventory/adjustments", {"variant_id": variant.json["id"], "quantity": 5, "reason": "delivery"}
    )
    assert adjusted.status_code == 201, adjusted.text
    counted = key.change(f"/inventory/levels/{variant.json['id']}", {"on_hand": 4})
    assert counted.json["on_hand"] == 4

    blue = product.json["variants"][0]["id"]
    order = key.make(
        "/orders",
        {
            "lines": [{"variant_id": blue, "quantity": 2, "unit_price": EUR}],
            "contact": BUYER,
            "delivery": "pickup",
            "payment": "bank_transfer",
            "total": {"amount": 9600, "currency": "EUR"},
        },
    )
    assert order.status_code == 201, order.text
    at = f"/orders/{order.json['id']}"
    line = order.json["lines"][0]
    less = key.make(f"{at}/cancellations", {"lines": [{"line_id": line["id"], "quantity": 1}]})
    assert less.json["lines"][0]["reduced_by"] == 1
    paid = key.make(f"{at}/payments", {"reference": "statement 17"})
    assert paid.status_code == 201, paid.text
    assert paid.json["state"] == "captured"
    for state in ("packed", "ready", "delivered"):
        moved = key.make(f"{at}/fulfilments", {"state": state})
        assert (moved.status_code, moved.json["state"]) == (201, state)
    done = key.get(at).json
    assert (done["state"], done["paid"]) == ("closed", True)
    invoice = key.get(f"/invoices/{done['invoice_id']}")
    assert invoice.json["order_number"] == done["number"]
    paper = key.get(f"/invoices/{done['invoice_id']}/document")
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")
    with verify.snapshot() as connection:
        assert not [one for one in verify.examine(connection) if one.violations]


def test_everything_that_can_be_listed(program: Callable[..., Program]) -> None:
    key = program("all")
    for address in ("categories", "products", "orders", "invoices", "customers", "reviews"):
        assert key.get(f"/{address}").status_code == 200
    for address in ("inventory/levels", "inventory/adjustments"):
        assert key.get(f"/{address}").json["items"] == []
