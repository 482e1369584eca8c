"""Sixteen people who look and put things into carts without a pause, and note every answer that is none."""

import http.client
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from tests.deploy.front import Front

AT_ONCE = 16
GOOD = {200, 204, 303, 304}


@dataclass
class Visitors:
    """What they were answered."""

    front: Front
    product: str
    sku: str
    answers: Counter[int] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def about(self) -> Iterator[None]:
        """They are about meanwhile."""
        threads = [threading.Thread(target=self._visit, args=(number,)) for number in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _visit(self, me: int) -> None:
        cookie = ""
        for turn in count():
            if self._over.is_set():
                return
            if turn % 90 == 0:  # Somebody else, before the cart holds more than one may buy of a thing.
                cookie = ""
            line = self.front.line()
            try:
                if turn % 3 == 2:
                    sent = urlencode({"variant": self.sku, "quantity": "1"})
                    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
                    headers["Sec-Fetch-Site"] = "same-origin"
                    line.request("POST", "/cart/lines", sent, headers)
                else:
                    # An address of its own each time, or nginx would answer for the shop.
                    address = f"{self.product}?n={me}-{turn}" if turn % 3 else "/cart"
                    line.request("GET", address, headers={"Cookie": cookie})
                answer = line.getresponse()
                said = answer.read()
                cookie = cookie or (answer.headers.get("Set-Cookie") or "").partition(";")[0]
                self.answers[answer.status] += 1
                if answer.status not in GOOD:
                    whose = "nginx" if b"Back in a moment" in said else "shop"
                    self.lost.append(f"turn {turn} of {me}: {answer.status} of the {whose}")
            except (OSError, http.client.HTTPException) as error:
                self.lost.append(f"turn {turn} of {me}: {error!r}")
            finally:
                line.close()
