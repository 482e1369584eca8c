"""Two shops for the races: a lawful one, and one whose locks can be taken off."""

from collections.abc import Iterator

import pytest

from storefront import create_app
from storefront.config import Settings
from tests.closing import hang_up
from tests.races.town import Town
from tests.servers import Servers
from tests.serving import UNMEASURED, served


def _town(
    settings: Settings, servers: Servers, tmp_path_factory: pytest.TempPathFactory, name: str
) -> Iterator[Town]:
    own = settings.model_copy(update={"database_url": servers.database(f"{name}_{servers.worker}")})
    own = Settings(**own.model_dump())
    log = tmp_path_factory.mktemp(name) / "log"
    with served(own, log, app=f"tests.races.{name}:app", **UNMEASURED) as server:
        town = Town(create_app(own), server)
        yield town
        with town.app.app_context():
            hang_up()


@pytest.fixture(scope="session")
def _lawful_town(
    settings: Settings, servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    yield from _town(settings, servers, tmp_path_factory, "door")


@pytest.fixture(scope="session")
def _lawless_town(
    settings: Settings, servers: Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    yield from _town(settings, servers, tmp_path_factory, "lawless")


@pytest.fixture
def town(_lawful_town: Town) -> Iterator[Town]:
    """The shop as it is, watched from the first moment to the last."""
    before = len(_lawful_town.server.said())
    with _lawful_town.opened(), _lawful_town.watched():
        yield _lawful_town
    said = _lawful_town.server.said()[before:]
    assert "Traceback" not in said, f"the server said:\n{said}"


@pytest.fixture
def lawless_town(_lawless_town: Town) -> Iterator[Town]:
    """The shop without locks: nobody watches, because what happens there is wrong."""
    with _lawless_town.opened():
        yield _lawless_town
