"""From what a program sends to what an action takes: what is left out stays as it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from storefront.catalog import changing, pricing
from storefront.catalog.models import Product, Variant
from storefront.catalog.said_back import amount_of
from storefront.catalog.schemas import ProductChange, ProductNew, VariantChange, VariantNew
from storefront.catalog.variants.writing import facts_of
from storefront.catalog.wanted import (
    CreateProduct,
    EditProduct,
    EditVariants,
    NewVariant,
    ProductFacts,
    VariantFacts,
)
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.platform.json_api.reading import facts_of as sent
from storefront.shop.queries import facts

OURS = {"category_ids": "shelves"}
NULLS = {"compare_at", "weight_g"}
"""What may be taken away by sending null; elsewhere null says nothing."""


def new_product(body: ProductNew) -> CreateProduct:
    """A product as it is asked for. Raises Contradiction."""
    names = set(ProductNew.model_fields) - {"option_names", "variants"}
    values = {name: getattr(body, name) for name in names}
    new = [new_variant(one, f"#/variants/{place}") for place, one in enumerate(body.variants)]
    wish = ProductFacts(**_stored(values | {"slug": body.slug or ""}))
    return CreateProduct(wish, tuple(body.option_names), tuple(new))


def edited_product(product_id: int, version: int, body: ProductChange) -> EditProduct:
    """The product with what was sent. Raises NotFound."""
    found = db.session.get(Product, product_id)
    if found is None:
        raise NotFound
    base = changing.facts_of(found)
    values = {name: value for name, value in sent(body).items() if value is not None}
    return EditProduct(version, replace(base, **_stored(values)), base)


def new_variant(body: VariantNew, pointer: str = "#") -> NewVariant:
    """A choice as it is asked for. Raises Contradiction."""
    was = body.compare_at
    wish = VariantFacts(
        price=amount_of(body.price, f"{pointer}/price"),
        sku=body.sku,
        values=tuple(body.values),
        compare_at=amount_of(was, f"{pointer}/compare_at") if was else None,
        barcode=body.barcode,
        weight_g=body.weight_g,
        tracked=body.tracked,
    )
    return NewVariant(wish, body.on_hand)


def edited_variant(variant_id: int, body: VariantChange) -> tuple[int, EditVariants]:
    """The variant with what was sent, and which product it is of. Raises NotFound or Contradiction."""
    found = db.session.get(Variant, variant_id)
    product = db.session.get(Product, found.product_id) if found else None
    if found is None or product is None:
        raise NotFound
    cost = pricing.costs_of(product.id, facts().currency).get(variant_id)
    values = {
        name: value
        for name, value in sent(body).items()
        if name != "archived" and (value is not None or name in NULLS)
    }
    for name in ("price", "compare_at"):
        if values.get(name) is not None:
            values[name] = amount_of(values[name], f"#/{name}")
    wish = replace(facts_of(found, cost), **_stored(values))
    return product.id, EditVariants(product.version, {variant_id: wish})


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Under the names that actions have; each shelf and each tag once."""
    once = {name: tuple(dict.fromkeys(values[name])) for name in ("category_ids", "tags") if name in values}
    return {OURS.get(name, name): value for name, value in {**values, **once}.items()}
