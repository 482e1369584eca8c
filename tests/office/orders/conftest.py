"""The desk: Charlie, who looks after orders, signed in."""

from collections.abc import Callable

import pytest
from flask import Flask

from storefront.accounts.models import Account
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from tests.characters import charlie
from tests.inspecting import InspectingClient
from tests.people import an_account, staff

Done = Callable[..., None]


@pytest.fixture
def desk(client: InspectingClient) -> InspectingClient:
    """Charlie's browser."""
    staff(client, "orders")
    return client


@pytest.fixture
def dora(app: Flask, database: None) -> Account:
    """Charlie's colleague."""
    return an_account(charlie, "orders")


@pytest.fixture
def somebody_else(database: None) -> Callable[..., None]:
    """`somebody_else(pack_order, order.id)`: another member of staff does something meanwhile."""

    def do(action: Callable[..., object], *what: object, **how: object) -> None:
        db.release()
        with acting_as(Actor("staff", "4711")):
            action(*what, **how)

    return do
