"""The servers that are compared: the shop as it runs for people, and Flask with a constant."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import urlopen

from tests.bench.shop import BenchShop, opened
from tests.characters import a_category, a_product, a_variant, stocked
from tests.serving import LiveServer, served

LIST = "/products"
PRODUCTION = {"STOREFRONT_ENV": "production", "SECRET_KEY": "a bench has no secrets, and many letters"}
"""The log is written as programs read it, a line for each page."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The shop, the yardstick beside it, and where another one may be started."""

    shop: BenchShop
    ours: LiveServer
    constant: LiveServer
    size: int


@contextmanager
def standing() -> Iterator[Standing]:
    """Shelves whose first page is some 20 KB, and a constant of as many bytes."""
    with opened() as shop:
        _fill(shop)
        with served(shop.settings, shop.folder / "gunicorn.log", **PRODUCTION) as ours:
            size = len(_body(ours))
            told = {"app": "tests.bench.cache.constant:app", "CONSTANT_BYTES": str(size)}
            with served(shop.settings, shop.folder / "constant.log", **told) as constant:
                yield Standing(shop, ours, constant, size)


def _fill(shop: BenchShop) -> None:
    with shop.app.app_context():
        shelf = a_category("Kettles")
        for number in range(24):
            stocked(a_variant(a_product(f"Kettle {number}", category=shelf)), 20)


def _body(server: LiveServer) -> bytes:
    with urlopen(server.url + LIST) as answer:
        found: bytes = answer.read()
    return found
