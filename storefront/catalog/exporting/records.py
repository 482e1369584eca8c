"""A product as the rows of a file: its facts on the first, and on each a choice and a picture."""

from collections.abc import Iterator
from itertools import zip_longest

from storefront.catalog.exporting.lists import paths, tags
from storefront.catalog.importing.known import KnownImage, KnownProduct, KnownVariant
from storefront.catalog.importing.lists import Path
from storefront.catalog.importing.our_columns import MARKDOWN
from storefront.catalog.importing.shopify_options import NO_CHOICE, SLOTS
from storefront.platform.money import Money

Cells = dict[str, str]
HANDLE = "Handle"
HEADER = (
    HANDLE,
    "Title",
    "Body (HTML)",
    "Description Format",
    "Vendor",
    "Shelves",
    "Tags",
    "Status",
    "Tax Class",
    *(f"Option{slot} {part}" for slot in SLOTS for part in ("Name", "Value")),
    "Variant SKU",
    "Variant Barcode",
    "Variant Grams",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Variant Image",
    "More Variant Images",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "SEO Title",
    "SEO Description",
)


def rows_of(product: KnownProduct, shelves: dict[int, Path], currency: str) -> Iterator[list[str]]:
    """As many rows as it has choices or pictures, and one at least. What is no longer sold is left out."""
    variants = [variant for variant in product.variants if not variant.archived]
    more: Cells = _facts(product, shelves)
    for place, (variant, image) in enumerate(zip_longest(variants, product.images), start=1):
        cells = {HANDLE: product.slug} | more
        if variant is not None:
            cells |= _choice(product, variant, currency) | _shown(product, variant)
        if image is not None:
            cells |= _picture(image, place)
        yield [cells.get(name, "") for name in HEADER]
        more = {}
    if more:
        yield [({HANDLE: product.slug} | more).get(name, "") for name in HEADER]


def _facts(product: KnownProduct, shelves: dict[int, Path]) -> Cells:
    names = product.option_names or (NO_CHOICE[0].title(),)
    main = [product.category_id] if product.category_id is not None else []
    placed = [*main, *sorted(product.shelf_ids - set(main))]
    return {
        "Title": product.title,
        "Body (HTML)": product.description,
        "Description Format": MARKDOWN,
        "Vendor": product.brand,
        "Shelves": paths([shelves[shelf] for shelf in placed if shelf in shelves]),
        "Tags": tags(product.tags),
        "Status": product.status,
        "Tax Class": product.tax_class,
        "SEO Title": product.seo_title,
        "SEO Description": product.seo_description,
    } | {f"Option{slot} Name": name for slot, name in zip(SLOTS, names, strict=False)}


def _choice(product: KnownProduct, variant: KnownVariant, currency: str) -> Cells:
    values = variant.values or (NO_CHOICE[1].title(),)
    counted = variant.tracked and variant.on_hand is not None
    return {
        "Variant SKU": variant.sku,
        "Variant Barcode": variant.barcode,
        "Variant Grams": "" if variant.weight_g is None else str(variant.weight_g),
        "Variant Inventory Tracker": "shopify" if variant.tracked else "",
        "Variant Inventory Qty": str(variant.on_hand) if counted else "",
        "Variant Inventory Policy": "deny",
        "Variant Price": _amount(variant.price, currency),
        "Variant Compare At Price": _amount(variant.compare_at, currency),
        "Variant Requires Shipping": "true",
        "Variant Taxable": "false" if product.tax_class == "zero" else "true",
    } | {f"Option{slot} Value": value for slot, value in zip(SLOTS, values, strict=False)}


def _shown(product: KnownProduct, variant: KnownVariant) -> Cells:
    names = [image.name for image in product.images if image.variant_id == variant.id]
    return {"Variant Image": "".join(names[:1]), "More Variant Images": " ".join(names[1:])}


def _picture(image: KnownImage, place: int) -> Cells:
    return {"Image Src": image.name, "Image Position": str(place), "Image Alt Text": image.alt}


def _amount(amount: int | None, currency: str) -> str:
    return "" if amount is None else str(Money(amount, currency).decimal)
