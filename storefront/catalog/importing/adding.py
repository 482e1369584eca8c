"""Add all that is new about a product in one statement: choices, prices, shelves and pictures."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from storefront.platform import db

# A catalog is tens of thousands of products, and most of what a statement costs is that it is one.
_ADD = text("""
    WITH made AS (
        INSERT INTO variants (product_id, sku, barcode, option_values, position, weight_g, tracked)
        SELECT :product, sku, barcode, option_values, position, weight_g, tracked
        FROM jsonb_to_recordset(CAST(:variants AS jsonb)) AS given (
            sku text, barcode text, option_values text[], position bigint, weight_g bigint, tracked boolean
        )
        ORDER BY position RETURNING id, sku
    ), priced AS (
        INSERT INTO prices (variant_id, currency, amount, compare_at)
        SELECT coalesce(made.id, given.variant_id), :currency, given.amount, given.compare_at
        FROM jsonb_to_recordset(CAST(:prices AS jsonb)) AS given (
            sku text, variant_id bigint, amount bigint, compare_at bigint
        )
        LEFT JOIN made USING (sku) ORDER BY 1
        ON CONFLICT (variant_id, currency)
        DO UPDATE SET amount = excluded.amount, compare_at = excluded.compare_at
    ), placed AS (
        INSERT INTO shelf_places (category_id, product_id)
        SELECT shelf, :product FROM unnest(CAST(:shelves AS bigint[])) AS shelf
    ), pictured AS (
        INSERT INTO images (product_id, variant_id, source, alt, position)
        SELECT :product, coalesce(made.id, given.variant_id), given.source, given.alt, given.position
        FROM jsonb_to_recordset(CAST(:pictures AS jsonb)) AS given (
            sku text, variant_id bigint, source text, alt text, position bigint
        )
        LEFT JOIN made USING (sku) ORDER BY given.position
    )
    SELECT sku, id FROM made
""")


@dataclass(frozen=True, slots=True)
class New:
    """What is to be added; prices and pictures name their choice by its SKU, and by its id if it has one."""

    variants: Sequence[dict[str, Any]] = field(default_factory=list)
    prices: Sequence[dict[str, Any]] = field(default_factory=list)
    shelves: Sequence[int] = ()
    pictures: Sequence[dict[str, Any]] = field(default_factory=list)


def add(product_id: int, new: New, currency: str) -> dict[str, int]:
    """Write it; returns the id of each new SKU. Part of a change."""
    if not (new.variants or new.prices or new.shelves or new.pictures):
        return {}
    rows = {name: json.dumps(getattr(new, name)) for name in ("variants", "prices", "pictures")}
    told = {"product": product_id, "currency": currency, "shelves": list(new.shelves), **rows}
    return {row.sku: row.id for row in db.inside().execute(_ADD, told)}
