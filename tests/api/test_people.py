"""Customers and what they say of products, over the API."""

from collections.abc import Callable

from sqlalchemy import select

from storefront.catalog.models import Product
from storefront.platform import db
from tests.characters import a_kettle, ada, ben
from tests.inspecting import InspectingClient
from tests.people import an_account
from tests.programs import Program, a_token
from tests.shopping import an_order

Programs = Callable[..., Program]
OPINION = {"rating": 5, "title": "Boils fast", "text": "And it looks good, too.", "author": "Ada L."}


def test_a_review_from_its_author_to_everybody(client: InspectingClient, program: Programs) -> None:
    kettle, staff = a_kettle(), program("all")
    account = an_account(ada)
    mine, other = Program(client, a_token(account.id)), Program(client, a_token(an_account(ben).id))
    at = f"/products/{kettle.product_id}/reviews"
    early = mine.make(at, OPINION)
    assert (early.status_code, early.json["errors"][0]["code"]) == (409, "not-delivered")
    order = an_order((kettle, 1), account_id=account.id)
    for state in ("packed", "ready", "delivered"):
        staff.make(f"/orders/{order.id}/fulfilments", {"state": state})
    written = mine.make(at, OPINION)
    assert written.status_code == 201, written.text
    assert mine.make(at, OPINION | {"rating": 1}).json["code"] in ("already-reviewed", "too-many-requests")
    where = f"/reviews/{written.json['id']}"
    assert other.get(where).status_code == 404
    if written.json["state"] == "pending":
        assert program().get(at).json["items"] == []
    assert staff.make(f"{where}/judgements", {"state": "rejected"}).status_code == 409
    rejected = staff.make(f"{where}/judgements", {"state": "rejected", "reason": "Too short"})
    assert (rejected.json["state"], rejected.json["reason"]) == ("rejected", "Too short")
    published = staff.make(f"{where}/judgements", {"state": "published"})
    assert published.json["state"] == "published", published.text
    (seen,) = program().get(f"{at}?rating=5").json["items"]
    assert (seen["author"], seen["verified"]) == ("Ada L.", True)
    assert program().get(f"{at}?rating=1").json["items"] == []
    db.release()
    assert db.session.scalar(select(Product.rating_count).where(Product.id == kettle.product_id)) == 1
    assert client.get(f"/products/{kettle.product_id}").status_code == 404
    assert [one["id"] for one in mine.get("/reviews").json["items"]] == [written.json["id"]]
    assert mine.delete(where).status_code == 204
    assert staff.get("/reviews?state=published").json["items"] == []


def test_staff_say_whose_review_it_is(program: Programs) -> None:
    kettle, key = a_kettle(), program("reviews:write")
    at = f"/products/{kettle.product_id}/reviews"
    assert key.make(at, OPINION).json["errors"][0]["code"] == "customer-needed"
    assert key.make("/products/987654/reviews", OPINION | {"customer_id": 1}).status_code == 404
    assert program().get("/products/987654/reviews").status_code == 404


def test_an_account_over_the_api(program: Programs) -> None:
    key = program("customers:write", "customers:read")
    new = {"name": "Ada Lindt", "email": "ada@example.com", "password": "copper kettles sing"}
    made = key.make("/customers", new)
    assert (made.status_code, made.json["confirmed"]) == (201, False), made.text
    assert "password" not in made.text
    weak = key.make("/customers", new | {"password": "aaaaaaaaaaaa"})
    assert weak.json["errors"][0]["pointer"] == "#/password"
    an_account(ben)
    taken = key.make("/customers", new | {"email": "BEN@example.com"})
    assert (taken.status_code, taken.json["errors"][0]["code"]) == (409, "taken")
    at = f"/customers/{made.json['id']}"
    assert key.change(at, {"phone": "+49 30 1"}).json["phone"] == "+49 30 1"
    assert [one["id"] for one in key.get("/customers?email=ADA@example.com").json["items"]] == [
        made.json["id"]
    ]


def test_shelves_move_and_go(program: Programs) -> None:
    key = program("categories:write", "products:write")
    kitchen = key.make("/categories", {"title": "Kitchen"}).json
    kettles = key.make("/categories", {"title": "Kettles", "parent_id": kitchen["id"]}).json
    pots = key.make("/categories", {"title": "Pots", "parent_id": kitchen["id"]}).json
    assert key.make("/categories", {"title": "Lids", "parent_id": 987}).json["code"] == "reference-missing"
    assert (
        key.make("/categories", {"title": "Pots", "parent_id": kitchen["id"]}).json["code"] == "contradiction"
    )
    at = f"/categories/{pots['id']}"
    assert key.change(at, {"position": 1, "title": "Pots and pans"}).json["position"] == 1
    assert key.change(at, {"parent_id": 987}).status_code == 409
    assert key.change(at, {"parent_id": None}).json["parent_id"] is None
    circle = key.change(f"/categories/{kitchen['id']}", {"parent_id": kettles["id"]})
    assert (circle.status_code, circle.json["errors"][0]["pointer"]) == (409, "#/parent_id")
    key.make("/products", {"title": "Kettle", "category_ids": [kettles["id"]]})
    full = key.delete(f"/categories/{kettles['id']}")
    assert (full.status_code, full.json["code"]) == (409, "shelf-in-use")
    assert key.delete(f"/categories/{kettles['id']}?move_to=987").json["code"] == "reference-missing"
    assert key.delete(f"/categories/{kettles['id']}?move_to={pots['id']}").status_code == 204
    assert key.get(f"/categories/{kettles['id']}").status_code == 404


def test_what_cannot_be_of_a_product(program: Programs) -> None:
    key, eur = program("products:write"), {"amount": 4800, "currency": "EUR"}
    made = key.make("/products", {"title": "Kettle", "slug": "kettle", "variants": [{"price": eur}]}).json
    at, variant = f"/products/{made['id']}", f"/variants/{made['variants'][0]['id']}"
    for sent, pointer in (
        ({"title": "Kettle", "slug": "kettle"}, "#/slug"),
        ({"title": "Kettle", "category_ids": [987]}, "#/category_ids"),
        ({"title": "A", "variants": [{"price": eur | {"currency": "USD"}}]}, "#/variants/0/price"),
        ({"title": "A", "variants": [{"price": eur, "values": ["Blue"]}]}, "#/values"),
    ):
        answer = key.make("/products", sent)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (409, pointer), answer.text
    dear = key.change(variant, {"compare_at": {"amount": 1, "currency": "EUR"}})
    assert (dear.status_code, dear.json["errors"][0]["pointer"]) == (409, "#/compare_at")
    assert key.change(variant, {"archived": True}).json["archived"] is True
    assert key.change(variant, {"archived": False, "weight_g": None}).json["archived"] is False
    assert key.change(at, {"tags": ["a", "a", "b"]}).json["tags"] == ["a", "b"]
    assert program().get("/products?slug=kettle").json["items"] == []
    key.change(at, {"status": "active"})
    assert [one["slug"] for one in program().get("/products?slug=kettle").json["items"]] == ["kettle"]
    assert program().get(f"/products?brand={'x'}").json["items"] == []
    bad = key.ask(
        "POST",
        f"{at}/images",
        data={"alt": "x"},
        headers={"Idempotency-Key": "1"},
        content_type="multipart/form-data",
    )
    assert {"pointer": "#/file", "code": "missing", "detail": "This is needed."} in bad.json["errors"]
    unused = key.make(f"{at}/variants", {"price": eur, "sku": "K-2"})
    assert unused.status_code == 409, "there is one choice without options already"
