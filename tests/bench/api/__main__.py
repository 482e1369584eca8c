"""Print what 24 products cost over the API, kept and not, beside FastAPI: `python -m tests.bench.api`.

And what an order over the API costs beside one by the checkout form.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from statistics import median
from urllib.error import URLError
from uuid import uuid4

from storefront.demo.crowd.filling import fill
from storefront.platform import ROOT
from storefront.platform.keys import actions
from tests.bench.shop import BenchShop, opened
from tests.bench.working import worked
from tests.characters import a_kettle
from tests.races.buying import buyers
from tests.races.crowd import call, crowd, get
from tests.races.wire import Request
from tests.serving import served

PRODUCTS, ROUNDS, READS, ORDERS = 2000, 5, 200, 100
AT_ONCE = 2
OURS = "/api/v1/products?limit=24"
UNLIMITED = {"RATE_LIMIT_ENABLED": "0", "WEB_WORKERS": "2"}
_callers = count(1)


def main() -> None:
    with opened() as shop:
        with shop.app.app_context():
            for _some in fill(PRODUCTS):
                pass
            key = actions.create_key("bench", ["products:read", "orders:write"], SCOPES).shown
            kettle = a_kettle(10**6)
        shop.connection.execute("VACUUM ANALYZE")
        with (
            served(shop.settings, shop.folder / "gunicorn.log", **UNLIMITED) as server,
            yardstick(shop) as beside,
        ):
            reads = {
                "FastAPI": lambda: cost(beside[0], beside[1], asked("/products")),
                "not kept": lambda: cost(server.url, server.process.pid, asked(OURS, key)),
                "kept": lambda: cost(server.url, server.process.pid, asked(OURS)),
            }
            found = rounds(reads)
            alone = found["FastAPI"]
            print(f"FastAPI: {alone:.2f} ms of CPU for 24 products")
            for name, goal in (("not kept", 0.6), ("kept", 0.15)):
                print(f"{name}: {found[name]:.2f} ms = {found[name] / alone:.2f} x (goal {goal})")
            with shop.app.app_context():
                both = orders(server.url, server.process.pid, key, kettle.id)
            print(f"an order: {both['API']:.2f} ms over the API, {both['form']:.2f} ms by the form alone,")
            print(f"{both['page']:.2f} ms by the form and the page that shows it, as the API's answer does")


SCOPES = ["products:read", "orders:write"]


def orders(url: str, leader: int, key: str, variant_id: int) -> dict[str, float]:
    """Milliseconds of processor time of an order either way; the form's cart is filled before."""
    body = {
        "lines": [{"variant_id": variant_id, "quantity": 1}],
        "contact": {"name": "Buyer", "email": "buyer@example.com"},
        "delivery": "pickup",
        "payment": "pay_on_pickup",
    }

    def api() -> float:
        sent = [
            call("/api/v1/orders", body, key=key, once=str(uuid4()), buyer=next(_callers) & 0xFFFFFF)
            for _order in range(ORDERS)
        ]
        return cost(url, leader, sent, expected=201)

    def form() -> float:
        sent = [buyer.buys() for buyer in buyers([{variant_id: 1}] * ORDERS)]
        return cost(url, leader, sent, expected=303)

    def page() -> float:
        sent = [buyer.buys() for buyer in buyers([{variant_id: 1}] * ORDERS)]
        return cost(url, leader, sent, expected=303, shown=True)

    return rounds({"API": api, "form": form, "page": page})


def asked(path: str, key: str = "") -> list[Request]:
    """So many readers, each from an address of their own."""
    plain = [get(path, buyer=next(_callers) & 0xFFFFFF) for _reader in range(READS)]
    if not key:
        return plain
    shown = f"Authorization: Bearer {key}\r\n\r\n".encode()
    return [Request(one.wire.replace(b"\r\n\r\n", b"\r\n" + shown, 1), one.buyer) for one in plain]


def rounds(kinds: dict[str, Callable[[], float]]) -> dict[str, float]:
    """The median of each, taken in turn, so that all meet the same machine; the first round warms up."""
    found: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(ROUNDS + 1):
        for name, take in kinds.items():
            spent = take()
            if number:
                found[name].append(spent)
    return {name: median(times) for name, times in found.items()}


def cost(
    url: str, leader: int, requests: list[Request], expected: int = 200, *, shown: bool = False
) -> float:
    """Milliseconds of processor time that a server spends on one of these, and on its page if `shown`."""
    before = worked({"web": leader})["web"]
    pages = []
    for answer in crowd(url, requests, at_once=AT_ONCE):
        assert answer.status == expected, f"{answer.status} {answer.text[:300]}"
        pages += [get(answer.headers["location"], buyer=answer.request.buyer)] if shown else []
    for answer in crowd(url, pages, at_once=AT_ONCE):
        assert answer.status == 200, f"{answer.status} {answer.text[:300]}"
    return (worked({"web": leader})["web"] - before) * 1000 / len(requests)


@contextmanager
def yardstick(shop: BenchShop) -> Iterator[tuple[str, int]]:
    """The other framework under uvicorn, with two workers, on the same database."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    uvicorn = [sys.executable, "-m", "uvicorn", "tests.bench.api.yardstick:app", "--port", str(port)]
    process = subprocess.Popen(
        [*uvicorn, "--workers", "2", "--log-level", "warning", "--no-access-log"],
        env=os.environ | {"DATABASE_URL": shop.settings.sqlalchemy_url},
        cwd=ROOT,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(URLError, OSError):
                urllib.request.urlopen(f"{url}/products", timeout=5).close()
                break
            time.sleep(0.2)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
