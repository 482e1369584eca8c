"""Questions about the merchant."""

from flask import g
from sqlalchemy import select

from storefront.platform import db
from storefront.shop.models import Shop


def facts() -> Shop:
    """The shop's one row, read at most once in a request."""
    found: Shop | None = g.get("shop_facts")
    if found is None:
        found = db.session.scalars(select(Shop)).one()
        db.session.expunge(found)  # It outlives the connection: templates read it after release().
        g.shop_facts = found
    return found
