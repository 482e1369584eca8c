"""Why is it 7? Every number of units opens into what made it, and adds up."""

from collections.abc import Iterator

import pytest

from storefront.catalog.models import Variant
from storefront.checkout.fulfilment import pack_order, ship_order
from storefront.inventory import ledger
from storefront.inventory.actions import Adjust, adjust_stock
from storefront.inventory.models import Stock
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from tests.catalog.editing import troubles
from tests.characters import a_kettle, a_product, a_variant
from tests.inspecting import InspectingClient
from tests.people import staff
from tests.shopping import an_order


@pytest.fixture(autouse=True)
def _charlie(client: InspectingClient) -> Iterator[None]:
    staff(client, "catalogue")
    yield
    assert troubles() == []


def kettles(units: int, **said: object) -> Variant:
    with acting_as(Actor("cli")):
        return a_kettle(units, **said)  # type: ignore[arg-type]  # What a kettle takes.


def on_hand(variant: Variant) -> int:
    db.release()
    return db.session.get_one(Stock, variant.id).on_hand


def test_why_it_is_seven(client: InspectingClient) -> None:
    kettle = kettles(10)
    with acting_as(Actor("cli")):
        sent = an_order((kettle, 2), delivery="home", payment="cash_on_delivery")
        pack_order(sent.id)
        ship_order(sent.id)
        waits = an_order((kettle, 3))
    page = f"/admin/stock/{kettle.id}"
    taken = client.post(
        f"{page}/movements", data={"difference": "-1", "reason": "write_off", "note": "fell <b>down</b>"}
    )
    assert taken.status_code == 303
    shown = client.get(page)
    assert "Why is it 7?" in shown.text
    rows = [" ".join(row.split()) for row in shown.document.texts("#why .sum tr")]
    assert "Delivered 1 time +10" in rows
    assert "Broken or lost 1 time -1" in rows
    assert "Sold 1 time -2" in rows
    assert "Adds up to as it should 7" in rows
    assert any(f"Order {waits.number}" in row and row.endswith("3") for row in rows)
    assert "7 on hand less 3 reserved is 4." in shown.text
    assert "Charlie Roth" in shown.text
    assert f"Order {sent.number}" in shown.text
    assert "&lt;b&gt;down" in shown.text
    balances = shown.document.texts("td.balance")
    assert balances == ["7", "8", "10"]


def test_who_may_see_orders_is_led_to_them(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    kettle = kettles(5)
    with acting_as(Actor("cli")):
        order = an_order((kettle, 1))
    assert f"/admin/orders/{order.number}" not in client.get(f"/admin/stock/{kettle.id}").text
    staff(another_client, "orders")
    assert f"/admin/orders/{order.number}" in another_client.get(f"/admin/stock/{kettle.id}").text


def test_a_long_story_goes_on_with_the_right_sums(
    monkeypatch: pytest.MonkeyPatch, client: InspectingClient
) -> None:
    monkeypatch.setattr(ledger, "PAGE", 2)
    kettle = kettles(10)
    with acting_as(Actor("cli")):
        for _n in range(4):
            adjust_stock(kettle.id, Adjust(-1))
    seen, address = [], f"/admin/stock/{kettle.id}"
    while address:
        page = client.get(address)
        seen += page.document.texts("td.balance")
        address = next((a.get("href", "") for a in page.document.all("a[rel='next']")), "")
    assert seen == ["6", "7", "8", "9", "10"]


def test_a_count_is_compared_with_what_the_form_showed(client: InspectingClient) -> None:
    kettle = kettles(10)
    page = f"/admin/stock/{kettle.id}"
    with acting_as(Actor("cli")):
        adjust_stock(kettle.id, Adjust(-3))
    refused = client.post(f"{page}/counts", data={"seen": "10", "counted": "50"})
    assert (refused.status_code, "there are 7 now" in refused.text) == (409, True)
    assert 'value="50"' in refused.text
    assert client.post(f"{page}/counts", data={"seen": "7", "counted": "50"}).status_code == 303
    assert on_hand(kettle) == 50
    back = client.post(f"{page}/counts", data={"seen": "50", "counted": "51", "back": "products"})
    assert back.headers["Location"].startswith("/admin/products")
    assert client.post(f"{page}/counts", data={"seen": "x", "counted": "1"}).status_code == 409
    assert client.post(f"{page}/counts", data={"seen": "51", "counted": "-1"}).status_code == 422


def test_what_cannot_be_is_said_beside_the_field(client: InspectingClient) -> None:
    kettle = kettles(10)
    with acting_as(Actor("cli")):
        an_order((kettle, 4))
    page = f"/admin/stock/{kettle.id}"
    for typed in ("", "0", "many", "1.5"):
        answer = client.post(f"{page}/movements", data={"difference": typed, "reason": "adjustment"})
        assert answer.status_code == 422, typed
    assert client.post(f"{page}/movements", data={"difference": "1", "reason": "sale"}).status_code == 422
    promised = client.post(f"{page}/movements", data={"difference": "-7", "reason": "adjustment"})
    assert (promised.status_code, "promised to orders" in promised.text) == (409, True)
    assert client.post(f"{page}/threshold", data={"low_at": "few"}).status_code == 422
    assert client.post(f"{page}/threshold", data={"low_at": "20"}).status_code == 303
    assert client.get("/admin/stock/12345").status_code == 404


def test_what_runs_low_is_listed(client: InspectingClient) -> None:
    few, many = kettles(2, title="Few kettle"), kettles(900, title="Many kettle")
    none = kettles(0, title="No kettle")
    page = client.get("/admin/stock")
    assert len(page.document.texts("tbody th a")) == 3
    low = client.get("/admin/stock?show=low")
    assert low.document.texts("tbody th a") == ["Few kettle", "No kettle"]
    assert client.get("/admin/stock?q=many").document.texts("tbody th a") == ["Many kettle"]
    assert client.get(f"/admin/stock?q={few.sku}").document.texts("tbody th a") == ["Few kettle"]
    assert "called so" in client.get("/admin/stock?q=teapot").text
    client.post(f"/admin/stock/{many.id}/threshold", data={"low_at": "1000"})
    assert "Many kettle" in client.get("/admin/stock?show=low").text
    assert none.id > few.id


def test_a_delivery_comes_whole(client: InspectingClient) -> None:
    one, two = kettles(1), kettles(2)
    begun = client.get(f"/admin/stock/deliveries/new?id={one.id}&id={two.id}&id=x")
    assert [one.sku, two.sku] == [i.get("value") for i in begun.document.all("input[name=sku]")][:2]
    sent = {"sku": [one.sku, two.sku, one.sku, ""], "units": ["5", "6", "1", ""], "note": "note 4711"}
    more = client.post("/admin/stock/deliveries", data=sent | {"more": "1"})
    assert len(more.document.all("input[name=sku]")) > 6
    assert client.post("/admin/stock/deliveries", data=sent).headers["Location"].endswith("count=2")
    assert (on_hand(one), on_hand(two)) == (7, 8)
    wrong = client.post("/admin/stock/deliveries", data={"sku": ["NOTHING", one.sku], "units": ["5", "many"]})
    assert (wrong.status_code, "has this SKU" in wrong.text, 'value="many"' in wrong.text) == (
        422,
        True,
        True,
    )
    assert client.post("/admin/stock/deliveries", data={"note": "x"}).status_code == 422
    with acting_as(Actor("cli")):
        loose = a_variant(a_product("Loose"), tracked=False)
    assert (
        client.post("/admin/stock/deliveries", data={"sku": [loose.sku], "units": ["1"]}).status_code == 422
    )
