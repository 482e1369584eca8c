"""What a monitor asks of the shop itself: its orders and their rhythm, its backups, its disks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from storefront.config import settings
from storefront.office import rhythm
from storefront.office.backups import archive, making, manifest
from storefront.orders.models import Order
from storefront.platform import clock, db, metrics
from storefront.shop import queries as shop_queries

_STATES = select(Order.state, func.count()).group_by(Order.state)
_PAID = text("SELECT count(*) FROM payments WHERE captured > 0")

metrics.step("viewed", "GET", "catalog.product", "200", "304")
metrics.step("carted", "POST", "cart.add", "200", "303", "204")
metrics.step("checkout", "GET", "checkout.new", "200")
metrics.step("placed", "POST", "checkout.create", "303", "204")
metrics.step("refused", "POST", "checkout.create", "409", "422", "503")

One = tuple[str, str, dict[str, str], float]


@metrics.asked
def orders() -> metrics.Gauges:
    """How many there are, and how they come; nothing while the database is away."""
    try:
        return list(_orders())
    except SQLAlchemyError:
        return []
    finally:
        db.release_quietly()


def _orders() -> Iterator[One]:
    for state, number in db.session.execute(_STATES):
        yield "storefront_orders", "Orders.", {"state": state}, float(number)
    yield "storefront_orders_paid", "Orders whose money came.", {}, float(db.session.scalar(_PAID) or 0)
    found = rhythm.read()
    if found.since_last is not None:
        yield "storefront_last_order_seconds", "Since the last order came.", {}, found.since_last
    if found.usual_gap is not None:
        meaning = "Between two orders at this hour of the week."
        yield "storefront_usual_order_gap_seconds", meaning, {}, found.usual_gap
    shut = shop_queries.read().is_closed(clock.now())
    yield "storefront_closed", "Whether the shop takes no orders on purpose.", {}, float(shut)


@metrics.asked
def disks() -> metrics.Gauges:
    """Room at the data, the backups and the archive."""
    places = {
        "data": settings().storefront_var,
        "backups": making.folder(),
        "archive": settings().wal_archive,
    }
    return [one for what, place in places.items() if place and place.is_dir() for one in _room(what, place)]


def _room(what: str, place: Path) -> Iterator[One]:
    usage = shutil.disk_usage(place)
    yield "storefront_disk_free_bytes", "Room that is left.", {"place": what}, float(usage.free)
    yield "storefront_disk_size_bytes", "Room in all.", {"place": what}, float(usage.total)


@metrics.asked
def backups() -> metrics.Gauges:
    """When the newest was made, and when the newest piece of PostgreSQL's log was put away; 0 is never."""
    made = making.all_of(making.folder())
    at = manifest.at(made[0]).timestamp() if made else 0.0
    found: list[One] = [("storefront_last_backup_timestamp_seconds", "When it was made.", {}, at)]
    if place := settings().wal_archive:
        meaning = "When the newest piece of PostgreSQL's log was put away."
        found.append(("storefront_last_archived_timestamp_seconds", meaning, {}, archive.newest(place)))
    return found
