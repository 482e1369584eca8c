"""Write catalogs as merchants export them, of any size: things in choices, with pictures and descriptions."""

import csv
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from storefront.demo.crowd.products import Choice, Invented, invent

Cells = dict[str, str]
SHOPIFY = """
    Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,
    Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,
    Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,
    Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,
    Gift Card,SEO Title,SEO Description,Variant Image,Variant Weight Unit,Variant Tax Code,Status
"""
WOOCOMMERCE = """
    ID,Type,SKU,Name,Published,Is featured?,Visibility in catalog,Short description,Description,
    Date sale price starts,Date sale price ends,Tax status,Tax class,In stock?,Stock,Backorders allowed?,
    Weight (kg),Sale price,Regular price,Categories,Tags,Images,Parent,Position,
    Attribute 1 name,Attribute 1 value(s),Attribute 1 visible,Attribute 1 global,
    Attribute 2 name,Attribute 2 value(s),Attribute 2 visible,Attribute 2 global
"""


def write(path: Path, kind: str, rows: int) -> int:
    """A file of about so many rows, whole products all; returns how many they are."""
    header, rows_of = KINDS[kind]
    written = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        sheet = csv.DictWriter(file, [name.strip() for name in header.split(",")], restval="")
        sheet.writeheader()
        for number in count():
            if written >= rows:
                return written
            product = list(rows_of(invent(number), number))
            sheet.writerows(product)
            written += len(product)
    raise AssertionError  # There is always another product.


def _shopify(one: Invented, number: int) -> Iterator[Cells]:
    """A row for each choice, and one for a second picture."""
    for place, choice in enumerate(one.choices):
        head = {"Title": one.title, "Body (HTML)": f"<p>{one.description}</p>", "Vendor": one.brand}
        head |= {"Type": one.place[1], "Tags": ", ".join(one.tags), "Published": "true", "Status": "active"}
        head |= {f"Option{n} Name": name for n, name in enumerate(one.options or ("Title",), start=1)}
        head |= _shown(one.slug, 1)
        values = choice.values or ("Default Title",)
        row = {f"Option{n} Value": value for n, value in enumerate(values, start=1)}
        yield {"Handle": one.slug, **(head if place == 0 else {}), **row, **_sold(choice)}
    if number % 3 == 0:
        yield {"Handle": one.slug, **_shown(one.slug, 2)}


def _shown(slug: str, position: int) -> Cells:
    picture = f"https://pictures.invalid/{slug}-{position}.jpg"
    return {"Image Src": picture, "Image Position": str(position), "Image Alt Text": slug.replace("-", " ")}


def _sold(choice: Choice) -> Cells:
    return {
        "Variant SKU": choice.sku,
        "Variant Grams": "350",
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": str(choice.units),
        "Variant Inventory Policy": "deny",
        "Variant Price": _price(choice.price),
        "Variant Compare At Price": _price(choice.was) if choice.was else "",
        "Variant Barcode": choice.barcode,
        "Variant Taxable": "true",
        "Gift Card": "false",
    }


def _woocommerce(one: Invented, number: int) -> Iterator[Cells]:
    """A simple thing, or a variable one with its variations below it."""
    sku = f"P-{number:06}"
    every = {"ID": str(number * 100 + 1), "Published": "1", "Tax status": "taxable", "In stock?": "1"}
    told = {"SKU": sku, "Name": one.title, "Description": one.description, "Tags": ", ".join(one.tags)}
    told |= {"Categories": " > ".join(one.place), "Images": _shown(one.slug, 1)["Image Src"]}
    told |= {"Visibility in catalog": "visible"}
    if not one.options:
        yield every | told | {"Type": "simple"} | _counted(one.choices[0])
        return
    offered = {
        name: dict.fromkeys(choice.values[place] for choice in one.choices)
        for place, name in enumerate(one.options)
    }
    yield (
        every | told | {"Type": "variable"} | _attributes({name: ", ".join(v) for name, v in offered.items()})
    )
    for place, choice in enumerate(one.choices, start=1):
        own = {"ID": str(number * 100 + 1 + place), "Type": "variation", "SKU": choice.sku, "Parent": sku}
        chosen = _attributes(dict(zip(one.options, choice.values, strict=True)))
        yield every | own | {"Name": one.title, "Position": str(place)} | chosen | _counted(choice)


def _counted(choice: Choice) -> Cells:
    full, sale = (choice.was, choice.price) if choice.was else (choice.price, None)
    prices = {"Regular price": _price(full), "Sale price": _price(sale) if sale else ""}
    return prices | {
        "Stock": str(choice.units),
        "In stock?": "1" if choice.units else "0",
        "Weight (kg)": "0.35",
    }


def _attributes(values: Cells) -> Cells:
    return {
        f"Attribute {n} {part}": text
        for n, (name, value) in enumerate(values.items(), start=1)
        for part, text in (("name", name), ("value(s)", value), ("visible", "1"), ("global", "1"))
    }


def _price(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02}"


KINDS: dict[str, tuple[str, Callable[[Invented, int], Iterator[Cells]]]] = {
    "shopify": (SHOPIFY, _shopify),
    "woocommerce": (WOOCOMMERCE, _woocommerce),
}
