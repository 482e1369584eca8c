"""Questions for notices: what runs low, and which jobs were given up lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from storefront.catalog.models import Product, Variant
from storefront.inventory.models import Stock
from storefront.platform import db

MOST = 50  # lines of a letter; the rest is a number
LETTERS = ("office.tell_parked", "office.tell_low_stock")
"""Jobs that write these letters: one of them that is given up must not be told of by another."""

_PARKED = text("""
    SELECT job.task_name AS name, count(*) AS jobs, max(event.at) AS last
    FROM procrastinate_jobs AS job
    JOIN procrastinate_events AS event ON event.job_id = job.id AND event.type = 'failed'
    WHERE job.status = 'failed' AND event.at > :since AND job.task_name <> ALL (:letters)
    GROUP BY job.task_name ORDER BY max(event.at) DESC
""")


@dataclass(frozen=True, slots=True)
class Low:
    """A variant of which few are left."""

    title: str
    choice: str
    sku: str
    left: int


@dataclass(frozen=True, slots=True)
class Parked:
    """Jobs of one name that were given up."""

    name: str
    jobs: int
    last: datetime


def running_low(usual: int) -> tuple[int, Sequence[Low]]:
    """How many variants on sale run low, and the first of them, the fewest units first.

    From how many units on is each variant's own number, else the shop's.
    """
    left = Stock.on_hand - Stock.reserved
    query = (
        select(Product.title, Variant.option_values, Variant.sku, left, func.count().over())
        .join(Variant, Variant.product_id == Product.id)
        .join(Stock, Stock.variant_id == Variant.id)
        .where(Product.status == "active", Variant.archived_at.is_(None))
        .where(left <= func.coalesce(Stock.low_at, usual))
        .order_by(left, Product.title, Variant.id)
        .limit(MOST)
    )
    rows = db.session.execute(query).all()
    found = [Low(title, " / ".join(choice), sku, units) for title, choice, sku, units, _all in rows]
    return (rows[0][4] if rows else 0), found


def parked_since(moment: datetime) -> Sequence[Parked]:
    """The jobs that were given up since then, by name, the latest first."""
    rows = db.session.execute(_PARKED, {"since": moment, "letters": list(LETTERS)})
    return [Parked(row.name, row.jobs, row.last) for row in rows]
