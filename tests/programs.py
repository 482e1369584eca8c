"""A program that talks to the shop's API."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from storefront.platform import clock
from storefront.platform.keys import actions
from tests.inspecting import Answer, InspectingClient

API = "/api/v1"
FROM = "HTTP_SEC_FETCH_SITE"


@dataclass
class Program:
    """What it shows, and how it speaks."""

    client: InspectingClient
    key: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def ask(self, method: str, address: str, **sent: Any) -> Answer:
        """One request; addresses begin behind /api/v1."""
        headers = self.headers | dict(sent.pop("headers", {}))
        path = address if address.startswith("/api/") else f"{API}{address}"
        with self._no_browser():
            return self.client.open(path, method=method, headers=headers, **sent)

    @contextmanager
    def _no_browser(self) -> Iterator[None]:
        """Programs say nothing of the page they stand on."""
        said = self.client.environ_base.pop(FROM, None)
        yield
        if said is not None:
            self.client.environ_base[FROM] = said

    def get(self, address: str, **sent: Any) -> Answer:
        return self.ask("GET", address, **sent)

    def make(self, address: str, body: Any, *, once: str | None = None, **sent: Any) -> Answer:
        """POST with a key of its own, or with one that is said."""
        headers = {"Idempotency-Key": once or str(uuid4())} | dict(sent.pop("headers", {}))
        return self.ask("POST", address, json=body, headers=headers, **sent)

    def change(self, address: str, body: Any, etag: str | None = None) -> Answer:
        """PATCH what was read just now, or what has this ETag."""
        etag = etag or self.get(address).headers["ETag"]
        return self.ask("PATCH", address, json=body, headers={"If-Match": etag})

    def delete(self, address: str, **sent: Any) -> Answer:
        return self.ask("DELETE", address, **sent)


def a_token(account_id: int) -> str:
    """What the program of a customer shows."""
    return actions.create_token(account_id, clock.now() + timedelta(days=1)).shown
