"""The process is killed between effect and answer: whoever sends the same again is answered right."""

from collections.abc import Iterator
from http.client import RemoteDisconnected

import pytest
from sqlalchemy import func, select

from storefront.config import Settings
from storefront.inventory.models import Stock
from storefront.office import verify
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.keys import actions
from tests.api.test_once import sent
from tests.characters import a_kettle
from tests.serving import UNMEASURED, LiveServer, served
from tests.shopping import an_order

pytestmark = pytest.mark.processes


@pytest.fixture
def mortal(
    database: None, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    log = tmp_path_factory.mktemp("mortal") / "log"
    with served(settings, log, app="tests.api.dying:app", **UNMEASURED) as server:
        yield server


def test_a_replay_is_right_after_a_kill(mortal: LiveServer, every_scope: list[str]) -> None:
    key = actions.create_key("till", every_scope, every_scope).shown
    kettle = a_kettle(50)
    called_off = an_order((kettle, 3))
    order = {
        "lines": [{"variant_id": kettle.id, "quantity": 2}],
        "contact": {"name": "Ada Lindt", "email": "ada@example.com"},
        "delivery": "pickup",
        "payment": "pay_on_pickup",
    }
    for path, body in (
        ("/orders", order),
        (f"/orders/{called_off.id}/cancellations", {}),
        ("/inventory/adjustments", {"variant_id": kettle.id, "quantity": 7, "reason": "delivery"}),
    ):
        with pytest.raises((RemoteDisconnected, ConnectionResetError)):
            sent(mortal, key, path, body, f"once:{path}", **{"X-Die": "now"})
        status, headers, _told = sent(mortal, key, path, body, f"once:{path}")
        assert (status, headers["Idempotency-Replayed"]) == (201, "true"), path
    db.release()
    assert db.session.scalar(select(func.count(Order.id))) == 2
    stock = db.session.execute(select(Stock.on_hand, Stock.reserved).where(Stock.variant_id == kettle.id))
    assert stock.one() == (57, 2)
    db.release()
    with verify.snapshot() as connection:
        assert not [one for one in verify.examine(connection) if one.violations]
