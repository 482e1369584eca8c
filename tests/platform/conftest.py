"""Applications with addresses of their own, beside the one of this test process."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from storefront import create_app
from storefront.config import Settings
from storefront.platform.limits import limiter
from tests.closing import hang_up


@pytest.fixture
def another_app(database: None, settings: Settings) -> Iterator[Callable[..., Flask]]:
    """`another_app(trusted_proxies=1)` makes an application with other settings, open for more routes."""
    made: list[Flask] = []
    counting = vars(limiter).copy()  # It counts for all applications where the last one told it to.

    def make(**changes: Any) -> Flask:
        app = create_app(Settings.model_validate(settings.model_dump() | changes))
        made.append(app)
        return app

    yield make
    vars(limiter).update(counting)
    for app in made:
        with app.app_context():
            hang_up()
