"""What every test stands on: a real database, a real Valkey, and clients that look closely."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from storefront import create_app
from storefront.config import Settings
from storefront.platform import acting, cache, db
from storefront.platform.limits import limiter
from tests import characters
from tests.closing import hang_up
from tests.counting import Statements, counted
from tests.inspecting import Answer, InspectingClient
from tests.sweeping import sweep

pytest_plugins = ["tests.servers", "tests.serving", "tests.browsing"]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for processes that they started."""
    return min(4, (os.cpu_count() or 1) + 1)


@pytest.fixture(scope="session")
def settings(database_url: str, valkey_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The operator's settings, of this pytest process."""
    return Settings(
        storefront_env="test",
        storefront_var=tmp_path_factory.mktemp("var"),
        database_url=database_url,
        redis_url=valkey_url,
        db_pool_size=4,
        rate_limit_calls=100_000,  # Tests come thick and fast from one address; limits have their own.
        rate_limit_api="100000/minute",
        rate_limit_api_key="100000/minute",
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application on this process's own database."""
    app = create_app(settings)
    app.config["TESTING"] = True
    # Refusals and our own mistakes are answered as in production; the client complains about a 500.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    with app.app_context():
        hang_up()


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """Kiln & Common, freshly opened, with nothing on its shelves; the test stands inside the application."""
    with app.app_context():
        acting.begin(acting.Actor(), None)  # A plain test client leaves the last request's behind.
        sweep(db.engine())
        if server := cache.valkey():
            server.flushdb()
        app.extensions["copies"].forget(None)
        app.extensions["astray"].forget()
        limiter.reset()
        characters.open_shop()
        yield
        db.release()


@pytest.fixture
def told(app: Flask) -> Iterator[Callable[..., None]]:
    """`told(base_url="https://…")` gives the running application other settings until the test ends."""
    before: Settings = app.config["SETTINGS"]

    def tell(**changes: Any) -> None:
        app.config["SETTINGS"] = Settings.model_validate(app.config["SETTINGS"].model_dump() | changes)

    yield tell
    app.config["SETTINGS"] = before


@pytest.fixture
def client(app: Flask, database: None) -> InspectingClient:
    """Ada's browser without scripts; it fails the test when an answer is not what every answer must be."""
    return InspectingClient(app, Answer)


@pytest.fixture
def another_client(app: Flask, database: None) -> InspectingClient:
    """Ben's browser: other cookies, the same shop."""
    return InspectingClient(app, Answer)


@pytest.fixture
def count_queries(database: None) -> Callable[[], AbstractContextManager[Statements]]:
    """Collect a block's SQL statements, to say of them `asked.at_most(4)`; SET LOCAL is not among them."""
    return lambda: counted(db.engine())


@pytest.fixture
def outbox(settings: Settings) -> Path:
    """Where mail is written without a mail server, empty at first."""
    folder = settings.storefront_var / "mail"
    folder.mkdir(exist_ok=True)
    for letter in folder.iterdir():
        letter.unlink()
    return folder
