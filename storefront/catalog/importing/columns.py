"""What the two kinds of file call their columns, and which kind a header belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHOPIFY = {
    "handle": "handle",
    "url handle": "handle",
    "title": "title",
    "body (html)": "description",
    "body html": "description",
    "description": "description",
    "vendor": "brand",
    "product category": "product_category",
    "standard product type": "product_category",
    "standardized product type": "product_category",
    "type": "type",
    "product type": "type",
    "custom product type": "custom_type",
    "collection": "collection",
    "tags": "tags",
    "published": "published",
    "published on online store": "published",
    "status": "status",
    "price": "price",
    "compare at price": "compare_at",
    "compare-at price": "compare_at",
    "sku": "sku",
    "barcode": "barcode",
    "grams": "grams",
    "weight value (grams)": "grams",
    "inventory tracker": "tracker",
    "inventory qty": "stock",
    "inventory quantity": "stock",
    "inventory policy": "backorders",
    "continue selling when out of stock": "backorders",
    "requires shipping": "requires_shipping",
    "taxable": "taxable",
    "charge tax": "taxable",
    "image src": "image",
    "product image url": "image",
    "image position": "image_position",
    "image alt text": "image_alt",
    "image": "variant_image",
    "image url": "variant_image",
    "gift card": "gift_card",
    "seo title": "seo_title",
    "seo description": "seo_description",
    # What only this shop writes, for Shopify has nothing like it.
    "description format": "description_format",
    "shelves": "shelves",
    "tax class": "tax_class",
    "more variant images": "more_images",
} | {f"option{n} {part}": f"option{n}_{part}" for n in (1, 2, 3) for part in ("name", "value")}

WOOCOMMERCE = {
    "id": "id",
    "type": "type",
    "sku": "sku",
    "gtin, upc, ean, or isbn": "barcode",
    "name": "title",
    "published": "published",
    "visibility in catalog": "visibility",
    "short description": "summary",
    "description": "description",
    "date sale price starts": "sale_starts",
    "date sale price ends": "sale_ends",
    "tax status": "tax_status",
    "tax class": "tax_class",
    "in stock?": "in_stock",
    "stock": "stock",
    "backorders allowed?": "backorders",
    "sale price": "sale_price",
    "regular price": "price",
    "categories": "categories",
    "tags": "tags",
    "brands": "brand",
    "images": "images",
    "parent": "parent",
    "position": "position",
}
ATTRIBUTE = re.compile(r"attribute ([0-9]{1,3}) (name|value\(s\))")
WEIGHT = re.compile(r"weight \((kg|g|lbs|oz)\)")
OURS = re.compile(r"refused (row|column|reason)")
MARKS = {
    "shopify": {"handle", "title"},
    "woocommerce": {"title", "price", "in_stock", "parent"},
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each meaning stands in a row, what the file calls it, and what nobody reads."""

    format: str
    places: dict[str, int]
    names: dict[str, str]
    ignored: dict[int, str]
    twice: tuple[str, ...]

    @property
    def known(self) -> int:
        return len(self.places)

    @property
    def recognised(self) -> bool:
        """Whether a file with these columns can be one of its format."""
        return self.known >= 2 and not MARKS[self.format].isdisjoint(self.places)


def understand(header: Sequence[str], file_format: str) -> Columns:
    """Give each column its meaning in one format; of two columns with one meaning the first counts."""
    found = Columns(file_format, {}, {}, {}, ())
    twice = []
    for place, name in enumerate(header):
        meaning = _meaning(name, file_format)
        if meaning in found.places:
            twice.append(name.strip())
        elif meaning:
            found.places[meaning] = place
            found.names[meaning] = name.strip()
        elif name.strip() and not OURS.fullmatch(_plain(name)):
            found.ignored[place] = name.strip()
    return Columns(file_format, found.places, found.names, found.ignored, tuple(twice))


def _meaning(name: str, file_format: str) -> str | None:
    name = _plain(name)
    if file_format == "shopify":
        # "Variant Price" is the older spelling of "Price", and so with all of them.
        image = {"variant image": "variant_image", "variant image url": "variant_image"}
        return image.get(name) or SHOPIFY.get(name.removeprefix("variant "))
    if match := ATTRIBUTE.fullmatch(name):
        return f"attribute{int(match[1])}_{'name' if match[2] == 'name' else 'values'}"
    if match := WEIGHT.fullmatch(name):
        return f"weight_{match[1]}"
    return WOOCOMMERCE.get(name)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
