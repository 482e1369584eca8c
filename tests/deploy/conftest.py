"""Two webs behind the shipped nginx, on this test process's own database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storefront.config import Settings
from tests.deploy.front import Front, Web, front, needs_nginx


@pytest.fixture
def webs(database: None, settings: Settings, tmp_path: Path) -> Iterator[list[Web]]:
    """Two webs, each a gunicorn with two processes."""
    needs_nginx()
    # How long a busy machine keeps somebody waiting is another question.
    unlimited = {"RATE_LIMIT_ENABLED": "0", "DB_POOL_TIMEOUT": "30"}
    found = [Web(settings, tmp_path / f"web-{name}.log", environment=unlimited) for name in "ab"]
    try:
        for web in found:
            web.start()
        yield found
    finally:
        for web in found:
            if web.process is not None and web.process.poll() is None:
                web.stop()


@pytest.fixture
def shop_front(webs: list[Web], var: Path) -> Iterator[Front]:
    """Nginx before them. Its place has a path that everybody may enter, as its workers are nobody."""
    with front(var, webs) as found:
        yield found
