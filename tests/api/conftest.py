"""Programs that talk to the shop: with keys, with a customer's token, and with nothing at all."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask

from storefront.platform.json_api.operations import scopes
from storefront.platform.keys import actions
from tests.inspecting import InspectingClient
from tests.programs import Program


@pytest.fixture
def every_scope(app: Flask) -> list[str]:
    return scopes(app)


@pytest.fixture
def program(client: InspectingClient, every_scope: list[str]) -> Callable[..., Program]:
    """`program("orders:read")` has a key with these scopes, `program()` has none; "all" is every scope."""

    def make(*wanted: str, name: str = "warehouse") -> Program:
        if not wanted:
            return Program(client)
        chosen = every_scope if "all" in wanted else wanted
        return Program(client, actions.create_key(f"{name} {uuid4().hex[:6]}", chosen, every_scope).shown)

    return make
