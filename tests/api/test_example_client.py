"""The client that docs show, run against a real server."""

import sys
from collections.abc import Iterator
from importlib import util
from typing import Any

import httpx
import pytest

from storefront.platform import ROOT
from storefront.platform.keys import actions
from tests.characters import a_kettle
from tests.serving import LiveServer

pytestmark = pytest.mark.processes
HOME = ROOT / "docs" / "examples" / "client.py"


@pytest.fixture
def client_module() -> Iterator[Any]:
    spec = util.spec_from_file_location("example_client", HOME)
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    sys.modules["example_client"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["example_client"]


@pytest.fixture
def shop(client_module: Any, live_server: LiveServer, every_scope: list[str]) -> Iterator[Any]:
    key = actions.create_key("example", every_scope, every_scope).shown
    shop = client_module.Shop(live_server.url, key)
    yield shop
    shop._http.close()


def test_it_reads_a_list_to_its_end(shop: Any) -> None:
    made = {a_kettle(title=f"Kettle {number}").product_id for number in range(7)}
    assert {one["id"] for one in shop.all("/products", limit=3)} == made


def test_it_buys(shop: Any) -> None:
    kettle = a_kettle()
    order = shop.make(
        "/orders",
        {
            "lines": [{"variant_id": kettle.id, "quantity": 2}],
            "contact": {"name": "Ada Lindt", "email": "ada@example.com"},
            "delivery": "pickup",
            "payment": "pay_on_pickup",
        },
    )
    assert shop.get(f"/orders/{order['id']}")["total"] == {"amount": 9600, "currency": "EUR"}


def test_it_looks_again_when_somebody_was_faster(shop: Any) -> None:
    product = shop.make("/products", {"title": "Kettle"})
    path = f"/products/{product['id']}"
    meddled: list[Any] = []

    def with_tag(seen: dict[str, Any]) -> dict[str, Any]:
        if not meddled:
            meddled.append(shop.change(path, lambda now: {"tags": [*now["tags"], "theirs"]}))
        return {"tags": [*seen["tags"], "ours"]}

    assert shop.change(path, with_tag)["tags"] == ["theirs", "ours"]


def test_a_broken_line_orders_once(
    shop: Any, client_module: Any, monkeypatch: pytest.MonkeyPatch, live_server: LiveServer
) -> None:
    kettle = a_kettle(5)
    request = shop._http.request
    broken: list[httpx.Response] = []

    def breaks_once(*args: Any, **said: Any) -> httpx.Response:
        answer: httpx.Response = request(*args, **said)
        if not broken:
            broken.append(answer)
            raise httpx.ReadError("the line broke after the shop had answered")
        return answer

    monkeypatch.setattr(shop._http, "request", breaks_once)
    moved = shop.make("/inventory/adjustments", {"variant_id": kettle.id, "quantity": 3})
    assert moved["id"] == broken[0].json()["id"]
    assert shop.get(f"/inventory/levels/{kettle.id}")["on_hand"] == 8


def test_it_says_why_it_was_refused(shop: Any, client_module: Any) -> None:
    with pytest.raises(client_module.Refused) as refused:
        shop.make("/products", {"title": ""})
    assert refused.value.code == "invalid"
    with pytest.raises(client_module.Refused) as missing:
        shop.change("/products/999999", lambda _now: {})
    assert missing.value.code == "not-found"
