"""Owe the shop its notices: what runs low once a day, given-up jobs as soon as there are new ones."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from storefront.config import settings
from storefront.office.notices import queries
from storefront.platform import db, jobs, mail
from storefront.platform.mail import Message
from storefront.shop.models import Shop

MORNING = 7  # o'clock in the shop's time zone
LOOKED_BACK = timedelta(days=1)


def note_low_stock() -> None:
    """Once a day, in the morning: owe the shop a letter about what runs low, if anything does."""
    with db.transaction() as session:
        shop = session.scalars(select(Shop)).one()
        local = db.inside().now.astimezone(ZoneInfo(shop.time_zone))
        if not shop.mail_low_stock or local.hour < MORNING or not queries.running_low(settings().few_left)[0]:
            return
        key = f"low-stock:{local:%Y-%m-%d}"
        if _is_new(key):
            mail.owe(key, shop.email)
            jobs.defer("office.tell_low_stock", key=key)


def note_parked_jobs() -> None:
    """Owe the shop a letter about the jobs given up since the last such letter, if there are any."""
    with db.transaction() as session:
        shop = session.scalars(select(Shop)).one()
        if not shop.mail_parked_jobs:
            return
        since = _last_told() or db.inside().now - LOOKED_BACK
        found = queries.parked_since(since)
        if not found:
            return
        until = max(it.last for it in found)
        key = f"parked-jobs:{until.isoformat()}"
        if _is_new(key):
            mail.owe(key, shop.email)
            jobs.defer("office.tell_parked", key=key, since=since.isoformat())


def _is_new(key: str) -> bool:
    return db.inside().session.scalar(select(Message.id).where(Message.dedupe_key == key)) is None


def _last_told() -> datetime | None:
    """Up to when given-up jobs were told of: the last letter's name says so."""
    told = select(Message.dedupe_key).where(Message.dedupe_key.startswith("parked-jobs:"))
    last = db.inside().session.scalar(told.order_by(Message.id.desc()).limit(1))
    return datetime.fromisoformat(last.removeprefix("parked-jobs:")) if last else None
