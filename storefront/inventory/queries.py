"""Questions about stock, for pages: never a promise, checkout asks under the lock."""

from collections.abc import Iterable

from sqlalchemy import select

from storefront.inventory.models import Stock
from storefront.platform import db


def available(variant_ids: Iterable[int]) -> dict[int, int]:
    """Units that could be bought right now, of those variants that are counted."""
    rows = db.session.execute(
        select(Stock.variant_id, Stock.on_hand - Stock.reserved).where(
            Stock.variant_id.in_(list(variant_ids))
        )
    )
    return dict(rows.all())
