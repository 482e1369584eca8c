"""Questions about the merchant."""

from flask import g
from sqlalchemy import select

from storefront.platform import db
from storefront.shop.models import Shop


def facts() -> Shop:
    """The shop's one row, read at most once in a request."""
    found: Shop | None = g.get("shop_facts")
    if found is None:
        found = g.shop_facts = read()
    return found


def read() -> Shop:
    """The shop's one row as it is this moment, for whoever is about to charge money by it."""
    return db.session.scalars(select(Shop)).one()
