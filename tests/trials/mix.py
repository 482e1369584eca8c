"""Everything at once: people look, fill carts, buy, press twice and cancel; money comes, time runs out."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.races.buying import Buyer, elsewhere
from tests.races.crowd import crowd, get, post
from tests.races.wire import Answer, Request

AT_ONCE = 12
POLITE = {200, 204, 303, 409}


@dataclass
class Mix:
    """A crowd with many minds before a shop, and what it was answered."""

    url: str
    pages: list[str]
    skus: list[str]
    buyers: list[Buyer]
    owed: list[int]
    """Orders whose money may come at any moment, and whose time may run out."""
    outcomes: Counter[tuple[str, int]] = field(default_factory=Counter)
    placed: set[str] = field(default_factory=set)
    _deeds: dict[bytes, str] = field(default_factory=dict)

    def run(self, seconds: float) -> None:
        """Let them do as they like for so long."""
        for answer in crowd(self.url, self._requests(time.monotonic() + seconds), at_once=AT_ONCE):
            self._note(answer)

    def _requests(self, until: float) -> Iterator[Request]:
        deeds = (
            self.looks,
            self.fills,
            self.buys,
            self.buys,
            self.buys,
            self.cancels,
            self.pays,
            self.expires,
        )
        while time.monotonic() < until:
            deed = random.choice(deeds)
            request = deed()
            self._deeds[request.wire] = deed.__name__
            yield request

    def looks(self) -> Request:
        return get(random.choice([*self.pages, *self.placed]), buyer=elsewhere())

    def fills(self) -> Request:
        line = {"variant": random.choice(self.skus), "quantity": "1"}
        return post("/cart/lines", line, buyer=elsewhere(), cookie=random.choice(self.buyers).cookie)

    def buys(self) -> Request:
        """Some have pressed before, some have put more into their cart since the page was shown."""
        return random.choice(self.buyers).elsewhere().buys()

    def cancels(self) -> Request:
        page = random.choice([*self.placed]) if self.placed else "/orders/nobodys"
        return post(f"{page}/cancellation", {}, buyer=elsewhere())

    def pays(self) -> Request:
        return post(f"/-/orders/{random.choice(self.owed)}/settlement", {})

    def expires(self) -> Request:
        return post("/-/expiries", {})

    def _note(self, answer: Answer) -> None:
        deed = self._deeds[answer.request.wire]
        self.outcomes[deed, answer.status] += 1
        polite = answer.status in POLITE or (deed == "cancels" and answer.status == 404)
        assert polite, f"{deed}: {answer.status} {answer.trouble} {answer.text[:2000]}"
        if deed == "buys" and answer.status == 303:
            self.placed.add(answer.location)
