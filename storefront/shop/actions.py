"""Changes to the merchant's facts."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import exists, select, update

from storefront.platform import db, events
from storefront.shop import queries
from storefront.shop.models import Shop
from storefront.shop.refusals import BadFact

TAG = "shop"


def describe_shop(**changes: Any) -> None:
    """Change some of the merchant's facts. Raises BadFact."""
    unknown = changes.keys() - (set(Shop.__table__.columns.keys()) - {"id", "version"})
    if unknown:
        raise BadFact(min(unknown), _("there is no such fact"))
    with db.transaction() as session:
        shop = session.scalars(select(Shop).with_for_update(key_share=True)).one()
        if changes.get("currency", shop.currency) != shop.currency and _has_sold():
            raise BadFact("currency", _("it is fixed once something was sold"))
        session.execute(update(Shop).values(**changes, version=Shop.version + 1))
        events.record("shop.described", "shop:1", {"changed": sorted(changes)})
        db.inside().tag(TAG)
    queries.forget()


def _has_sold() -> bool:
    orders = db.Model.metadata.tables["orders"]  # A lower domain knows orders by their table alone.
    return bool(db.session.scalar(select(exists().select_from(orders))))
