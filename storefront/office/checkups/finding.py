"""Whether everything on sale can be found, and what was looked for in vain."""

from sqlalchemy import func, select, text

from storefront.catalog.models import Product
from storefront.catalog.searching.models import Entry
from storefront.catalog.searching.queries import missed
from storefront.catalog.shown import SHOWN
from storefront.office.checkups.symptom import Symptom
from storefront.platform import db

DAYS = 30
_COUNTED = text("""
    SELECT coalesce(sum(bit_count(members)), 0)::bigint FROM facet_blocks
    WHERE value_id = (SELECT id FROM facet_values WHERE facet = '' AND value = 'all')
""")


def searches() -> Symptom:
    """Whether lists and searches know what is on sale, no more and no less."""
    found = select(Entry.product_id)
    lost = db.session.scalar(select(func.count()).where(SHOWN, Product.id.not_in(found))) or 0
    kept = select(Product.id).where(SHOWN)
    stale = db.session.scalar(select(func.count()).where(Entry.product_id.not_in(kept))) or 0
    entries = db.session.scalar(select(func.count()).select_from(Entry)) or 0
    in_vain = sum(times for _words, times in missed(DAYS))
    says = f"{entries} products are found, {in_vain} searches in {DAYS} days found nothing"
    if lost or stale:
        return Symptom(f"{says}; {lost} are not found, {stale} should not be", "Run: storefront reindex")
    if db.session.scalar(_COUNTED) != entries:
        return Symptom(f"{says}; filters count otherwise", "Run: storefront reindex")
    return Symptom(says)
