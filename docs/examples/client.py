"""A client of the shop's API: pages, repeats that happen once, and changes that lose nobody's."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx

Thing = dict[str, Any]
AGAIN = {429, 502, 503, 504}


class Refused(Exception):
    """The shop said no; `code` is stable, `problem` is all that it said."""

    def __init__(self, problem: Thing) -> None:
        super().__init__(problem.get("detail") or problem["title"])
        self.code: str = problem["code"]
        self.problem = problem


class Shop:
    """Talks to one shop with one key."""

    def __init__(self, address: str, key: str | None = None, tries: int = 5) -> None:
        shown = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=f"{address}/api/v1", headers=shown, timeout=30)
        self._tries = tries

    def get(self, path: str, **query: Any) -> Thing:
        """One thing, or one slice of a list."""
        found: Thing = self._send("GET", path, params=query).json()
        return found

    def all(self, path: str, **query: Any) -> Iterator[Thing]:
        """Every item of a list, however many slices it takes."""
        after: Thing = {}
        while True:
            found = self.get(path, **query, **after)
            yield from found["items"]
            if found["next"] is None:
                return
            after = {"after": found["next"]}

    def make(self, path: str, body: Thing) -> Thing:
        """Make something once, however often the line breaks: every try has the same key."""
        made: Thing = self._send("POST", path, json=body, headers={"Idempotency-Key": str(uuid4())}).json()
        return made

    def change(self, path: str, how: Callable[[Thing], Thing]) -> Thing:
        """Change what is there now; when somebody was faster, look again and decide anew."""
        while True:
            seen = self._send("GET", path)
            try:
                match = {"If-Match": seen.headers["ETag"]}
                now: Thing = self._send("PATCH", path, json=how(seen.json()), headers=match).json()
            except Refused as refused:
                if refused.code != "changed-since":
                    raise
            else:
                return now

    def _send(self, method: str, path: str, **said: Any) -> httpx.Response:
        for left in reversed(range(self._tries)):
            try:
                answer = self._http.request(method, path, **said)
            except httpx.TransportError:
                if not left:
                    raise
            else:
                if answer.is_success:
                    return answer
                if answer.status_code not in AGAIN or not left:
                    raise Refused(answer.json())
                time.sleep(min(float(answer.headers.get("Retry-After", 1)), 60))
        raise AssertionError  # The last try returned or raised.
