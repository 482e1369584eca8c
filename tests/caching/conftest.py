"""A Valkey that a test may freeze, fill or kill, and a shop that keeps its pages there."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import redis
from flask import Flask

from storefront import create_app
from storefront.config import Settings
from storefront.embedded import valkey
from storefront.embedded.child import Child
from storefront.platform.limits import limiter
from tests.closing import hang_up
from tests.servers import Servers

NAME = "valkey-own"


@dataclass
class OwnValkey:
    """A Valkey that nobody else uses."""

    child: Child
    url: str

    def ask(self) -> redis.Redis:
        """A line of the test's own."""
        return redis.Redis.from_url(self.url)


@pytest.fixture
def own_valkey(servers: Servers) -> Iterator[OwnValkey]:
    """Started for this test, and stopped after it, whatever became of it."""
    name = f"{NAME}-{servers.worker}"
    child = valkey.start(servers.place, name)
    yield OwnValkey(child, valkey.address(servers.place, name))
    child.stop(0)


@pytest.fixture
def shop(database: None, settings: Settings, own_valkey: OwnValkey) -> Iterator[Flask]:
    """A shop whose pages are in that Valkey; the test stands inside it."""
    counting = vars(limiter).copy()  # It counts for all applications where the last one told it to.
    changes = {"redis_url": own_valkey.url, "rate_limit_enabled": False}
    app = create_app(Settings.model_validate(settings.model_dump() | changes))
    with app.app_context():
        yield app
        hang_up()
    vars(limiter).update(counting)
