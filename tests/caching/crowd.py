"""Strangers who shop at the same time, each under a name that nobody else may ever read."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import dataclass, field, replace

from flask import Flask

from storefront.catalog.models import Variant
from storefront.platform import cache, db
from storefront.platform.caching import tally
from tests.caching.test_kept_pages import ADDRESSES
from tests.characters import ada
from tests.inspecting import PARTIAL, Answer, InspectingClient
from tests.till import buy, put


@dataclass
class Stranger:
    """A browser, the name it types, and everything it was answered."""

    client: InspectingClient
    name: str
    orders: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def step(self, dice: random.Random, thing: Variant) -> None:
        """Do something that shoppers do."""
        match dice.randrange(10):
            case 0:
                put(self.client, thing)
                order = buy(self.client, **self._typed())
                if "Location" in order.headers:
                    self.orders.append(order.headers["Location"])
            case 1 if self.orders:
                self._read(self.client.get(dice.choice(self.orders)))
            case 2:
                self._read(self.client.get(dice.choice(["/cart", "/checkout", f"/search?q={self.name[:3]}"])))
            case 3:
                with db.transaction():
                    db.inside().tag("catalog", "shop")
            case _:
                headers = dice.choice([{}, PARTIAL])
                self._read(self.client.get(dice.choice(ADDRESSES), headers=headers))

    def _typed(self) -> dict[str, str]:
        who = replace(ada, name=self.name, email=f"{self.name}@example.com".lower())
        return {"name": who.name, "email": who.email, "phone": who.phone}

    def _read(self, answer: Answer) -> None:
        self.answers.append(answer.get_data(as_text=True))


def strangers(app: Flask, sessions: int, steps: int, thing: Variant, seed: int = 7) -> list[Stranger]:
    """Let them all browse at random, several at a time."""
    people = [Stranger(_browser(app, number), f"Canary{number:03}Bird") for number in range(sessions)]

    def live(number: int) -> None:
        dice = random.Random(seed * 1000 + number)
        with app.app_context():
            for _ in range(steps):
                people[number].step(dice, thing)
            db.release()

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(Context().run, live, number) for number in range(sessions)]:
            done.result()
    return people


def _browser(app: Flask, number: int) -> InspectingClient:
    """Each at an address of its own, as limits count them."""
    client = InspectingClient(app, Answer)
    client.environ_base["REMOTE_ADDR"] = f"198.18.{number >> 8}.{number & 255}"
    return client


def leaks(people: list[Stranger]) -> Iterator[str]:
    """Who read whose name, and which of Valkey's values holds one."""
    for reader in people:
        for other in people:
            if other is not reader and any(other.name in answer for answer in reader.answers):
                yield f"{reader.name} read {other.name}"
    server = cache.valkey()
    assert server is not None
    for key in set(server.scan_iter("*")) - {tally.SUMS.encode()}:
        assert server.type(key) == b"string"
        value = server.get(key) or b""
        yield from (f"{key!r} holds {one.name}" for one in people if one.name.encode() in value)
