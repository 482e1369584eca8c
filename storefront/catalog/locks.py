"""The one lock of the catalog: a product's row, for whoever changes the product or its variants."""

from typing import Any

from sqlalchemy import Row, Select

from storefront.catalog.models import Product
from storefront.platform import db


def lock_product(wanted: Select[Any]) -> Row[Any] | None:
    """Lock the product this query finds and read it as it is under the lock. Part of a change.

    Order lines refer to variants, so the lock leaves foreign-key checks alone (NO KEY).
    """
    return db.inside().session.execute(wanted.with_for_update(key_share=True, of=Product)).first()
