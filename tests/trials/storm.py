"""A storm of buyers who press again when nothing good came back, as people do, until they know."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.races.buying import Buyer
from tests.races.crowd import crowd
from tests.races.wire import Answer, Request

AT_ONCE = 8
AGAIN = 0.3  # seconds after which somebody without an answer presses the same button again
SOLD, SOLD_OUT = 303, 409


@dataclass
class Storm:
    """Buyers before a shop, and what each was told."""

    url: str
    fresh: deque[Buyer]
    shown: dict[int, set[str]] = field(default_factory=dict)
    """By cart: the pages of orders that a buyer was ever sent to."""
    refused: set[int] = field(default_factory=set)
    pressed_again: set[int] = field(default_factory=set)
    sales: list[float] = field(default_factory=list)
    """When the sales were answered."""
    _again: deque[tuple[float, Buyer]] = field(default_factory=deque)
    _sent: dict[int, Buyer] = field(default_factory=dict)

    def blow(self, seconds: float) -> None:
        """Let buyers come for so long, and then until everybody knows."""
        until = time.monotonic() + seconds
        for answer in crowd(self.url, self._requests(until), at_once=AT_ONCE):
            self._note(answer)

    def silence_after(self, moment: float) -> float:
        """The longest time without a sale from a moment on, in seconds."""
        times = [moment, *(sale for sale in self.sales if sale > moment)]
        assert len(times) > 1, "nothing was sold any more"
        return max(later - earlier for earlier, later in pairwise(times))

    def _requests(self, until: float) -> Iterator[Request]:
        give_up = until + 90
        while True:
            assert time.monotonic() < give_up, f"{len(self._again)} buyers still do not know"
            if self._again and self._again[0][0] <= time.monotonic():
                buyer = self._again.popleft()[1]
                self.pressed_again.add(buyer.cart_id)
                yield self._press(buyer.elsewhere())
            elif self.fresh and time.monotonic() < until:
                yield self._press(self.fresh.popleft())
            elif self._again or (time.monotonic() < until and self.fresh):
                time.sleep(0.01)
            else:
                return

    def _press(self, buyer: Buyer) -> Request:
        self._sent[buyer.number] = buyer
        return buyer.buys()

    def _note(self, answer: Answer) -> None:
        buyer = self._sent[answer.request.buyer]
        if answer.status == SOLD:
            self.shown.setdefault(buyer.cart_id, set()).add(answer.location)
            self.sales.append(time.monotonic())
        elif answer.status == SOLD_OUT:
            self.refused.add(buyer.cart_id)
        else:
            assert answer.status in (0, 503), f"{answer.status}: {answer.text[:2000]}"
            self._again.append((time.monotonic() + AGAIN, buyer))
