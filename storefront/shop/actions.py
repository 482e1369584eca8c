"""Changes to the merchant's facts."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import exists, select, update

from storefront.platform import audit, clock, db, events
from storefront.shop import meanwhile, queries
from storefront.shop.models import Shop
from storefront.shop.refusals import BadFact

TAG = "shop"
_LOCKED = select(Shop).with_for_update(key_share=True).execution_options(populate_existing=True)


@db.retried
def describe_shop(seen: int | None = None, **changes: Any) -> None:
    """Change some of the merchant's facts; `seen` is the version that they were made from, where one was.

    Raises BadFact, or ChangedMeanwhile when somebody else made another thing of the same facts since then.
    """
    unknown = changes.keys() - (set(Shop.__table__.columns.keys()) - {"id", "version"})
    if unknown:
        raise BadFact(min(unknown), _("there is no such fact"))
    with db.transaction() as session:
        shop = session.scalars(_LOCKED).one()
        before = {name: getattr(shop, name) for name in changes}
        if seen is not None and seen != shop.version:
            changes = meanwhile.ours_alone(seen, shop.version, before, changes)
        after = {name: value for name, value in changes.items() if value != before[name]}
        if after:
            _describe(shop, {name: before[name] for name in after}, after)
    queries.forget()


def _describe(shop: Shop, before: dict[str, Any], after: dict[str, Any]) -> None:
    here, version = db.inside(), shop.version + 1
    if "currency" in after and _has_sold():
        raise BadFact("currency", _("it is fixed once something was sold"))
    here.session.execute(update(Shop).values(**after, version=version))
    audit.note("shop", 1, before, after, version)
    events.record("shop.described", "shop:1", {"changed": sorted(after)})
    here.tag(TAG)


def close_shop(until: datetime | None = None) -> None:
    """Take no orders from now on, until a moment or until somebody opens it; the catalog stays.

    Raises BadFact when that moment is over.
    """
    if until is not None and until <= clock.now():
        raise BadFact("closed_until", _("it must lie in the future"))
    _turn_the_sign(closed=True, until=until)


def open_shop() -> None:
    """Take orders again; in an open shop this changes nothing."""
    _turn_the_sign(closed=False)


def open_in_time() -> None:
    """Take the sign away when its time is over; orders are taken from that moment on even without this."""
    found = queries.read()
    over = found.closed_at is not None and not found.is_closed(clock.now())
    db.release()
    if over:
        _turn_the_sign(closed=False, was=found.closed_until)


def _turn_the_sign(*, closed: bool, until: datetime | None = None, was: datetime | None = None) -> None:
    """Unless somebody changed `was` meanwhile, where that is given."""
    with db.transaction() as session:
        here = db.inside()
        shop = session.scalars(_LOCKED).one()
        since = (shop.closed_at or here.now) if closed else None
        before, after = _sign(shop.closed_at, shop.closed_until), _sign(since, until)
        if before != after and was in (None, shop.closed_until):
            changed = {"closed_at": since, "closed_until": until, "version": shop.version + 1}
            session.execute(update(Shop).values(**changed))
            audit.note("shop", 1, before, after, shop.version + 1)
            events.record("shop.closed" if closed else "shop.opened", "shop:1")
            here.tag(TAG)
    queries.forget()


def _sign(since: datetime | None, until: datetime | None) -> dict[str, str | None]:
    return {
        "closed_at": since.isoformat() if since else None,
        "closed_until": until.isoformat() if until else None,
    }


def _has_sold() -> bool:
    orders = db.Model.metadata.tables["orders"]  # A lower domain knows orders by their table alone.
    return bool(db.session.scalar(select(exists().select_from(orders))))
