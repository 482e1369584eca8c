"""Which products shoppers see in lists, feeds and beside others."""

from sqlalchemy import and_

from storefront.catalog.models import Product

SHOWN = and_(Product.status == "active", Product.published_at.is_not(None), Product.price_from.is_not(None))
"""Whoever activates a product sets published_at; price_from is there once a variant of it is sold."""
