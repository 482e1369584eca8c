"""Change many products: asked for once, and made product by product, each in a transaction of its own.

So nobody who buys meanwhile waits longer than one product takes, and no two locks are ever held together.
"""

import time
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import insert, select, update

from storefront.catalog import changing, pricing
from storefront.catalog.actions import become
from storefront.catalog.bulk.models import BulkChange
from storefront.catalog.bulk.repricing import Repricing
from storefront.catalog.models import Variant
from storefront.catalog.refusals import BadWish
from storefront.catalog.variants import writing
from storefront.config import settings
from storefront.platform import acting, audit, db, jobs
from storefront.platform.acting import Actor, acting_as
from storefront.platform.errors import NotFound, Refusal
from storefront.shop.queries import read

MOST = 100_000
REST = 0.05
"""Seconds at most: after each product the worker rests as long as it took; buyers need the machine, too."""
MOST_TOLD = 200  # refusals that are kept in words
STATUS = {"publish": "active", "archive": "archived"}


@dataclass(frozen=True, slots=True)
class ChangeMany:
    """What is to happen to which products."""

    kind: str
    product_ids: tuple[int, ...]
    repricing: Repricing | None = None


@db.retried
def change_many(wish: ChangeMany) -> int:
    """Have it done by the worker, in the name of whoever asks; returns the id to follow it by.

    Raises BadWish.
    """
    if not wish.product_ids or len(wish.product_ids) > MOST:
        raise BadWish("ids", _("Please choose some products."))
    with db.transaction() as session:
        here = db.inside()
        ids = sorted(set(wish.product_ids))
        row = {
            "kind": wish.kind,
            "wish": wish.repricing.said() if wish.repricing else {},
            "product_ids": ids,
            "actor_kind": here.actor.kind,
            "actor_id": here.actor.id,
            "request_id": here.request_id,
            "at": here.now,
        }
        bulk_id: int = session.execute(insert(BulkChange).values(**row).returning(BulkChange.id)).scalar_one()
        audit.note("bulk_changes", bulk_id, None, {"kind": wish.kind, "products": len(ids)})
        jobs.defer_apart("catalog.change_in_bulk", bulk_id=bulk_id)
        return bulk_id


def carry_out(bulk_id: int) -> None:
    """Go on with it where it stopped, until all products had their turn. The worker does it."""
    found = db.session.get(BulkChange, bulk_id)
    if found is None or found.finished_at is not None:
        return
    ids, done, actor = list(found.product_ids), found.done, Actor(found.actor_kind, found.actor_id)
    request_id, kind, wish = found.request_id, found.kind, found.wish
    db.release()
    with acting_as(actor, request_id, acting.now().trace):
        for place in range(done, len(ids)):
            began = time.monotonic()
            if not _take_turn(bulk_id, place, len(ids), ids[place], kind, wish):
                return
            time.sleep(min(time.monotonic() - began, REST))


def _take_turn(bulk_id: int, place: int, of: int, product_id: int, kind: str, wish: dict[str, Any]) -> bool:
    """One product; what is refused is written down and the others go on."""
    try:
        return _step(bulk_id, place, of, product_id, kind, wish)
    except _ElsewhereError:
        return False
    except Refusal as refusal:
        return _pass_over(bulk_id, place, of, product_id, refusal.message())


@db.retried
def _step(bulk_id: int, place: int, of: int, product_id: int, kind: str, wish: dict[str, Any]) -> bool:
    """Raises what the product refuses; all of it is undone then."""
    with db.transaction():
        changed = _change(product_id, kind, wish)
        return _count(bulk_id, place, of, changed=changed)


@db.retried
def _pass_over(bulk_id: int, place: int, of: int, product_id: int, reason: str) -> bool:
    with db.transaction():
        return _count(bulk_id, place, of, refused={"product": product_id, "reason": reason})


def _change(product_id: int, kind: str, wish: dict[str, Any]) -> bool:
    product = changing.hold(product_id)
    if kind in STATUS:
        version = product.version
        return become(product, STATUS[kind]) != version
    repricing, currency = Repricing.read(wish), read().currency
    costs = pricing.costs_of(product_id, currency)
    session = db.inside().session
    live = select(Variant).where(Variant.product_id == product_id, Variant.archived_at.is_(None))
    wished = {}
    for variant in session.scalars(live):
        if (cost := costs.get(variant.id)) is not None:
            facts = writing.facts_of(variant, cost)
            price = _checked(repricing.price(cost.amount))
            before = repricing.compare_at(cost.amount, cost.compare_at)
            wished[variant.id] = replace(facts, price=price, compare_at=before)
    if not writing.write(product, wished):
        return False
    changing.finish(product, {}, {"variants": sorted(wished)})
    return True


def _checked(price: int) -> int:
    """Raises BadWish beyond the bounds of this shop."""
    if not settings().min_price <= price <= settings().max_price:
        raise BadWish("price", _("The new price would be outside of what this shop allows."))
    return price


def _count(
    bulk_id: int, place: int, of: int, *, changed: bool = False, refused: dict[str, Any] | None = None
) -> bool:
    session, here = db.inside().session, BulkChange.id == bulk_id
    values: dict[Any, Any] = {"done": place + 1, "changed": BulkChange.changed + int(changed)}
    if place + 1 == of:
        values["finished_at"] = db.inside().now
    if refused is not None:
        told = session.scalar(select(BulkChange.refused).where(here)) or []
        values["refused"] = [*told, refused][:MOST_TOLD]
    counted = update(BulkChange).where(here, BulkChange.done == place).values(**values)
    if session.execute(counted.returning(BulkChange.id)).first() is None:
        raise _ElsewhereError
    return True


class _ElsewhereError(NotFound):
    """Another worker took this turn: what was done here is undone."""
