"""WooCommerce's product files: simple products, and variable ones whose variations name them."""

from storefront.catalog.importing import woocommerce_attributes as attributes
from storefront.catalog.importing.cells import CellRefused, html_line
from storefront.catalog.importing.descriptions import markdown
from storefront.catalog.importing.handles import slug_of
from storefront.catalog.importing.lists import shelves, tags
from storefront.catalog.importing.records import (
    MISSING,
    Facts,
    Given,
    ImportedProduct,
    ImportedVariant,
    Rules,
)
from storefront.catalog.importing.rows import Row
from storefront.catalog.importing.woocommerce_images import images_of
from storefront.catalog.importing.woocommerce_tax import tax_class_of
from storefront.catalog.importing.woocommerce_variants import simple_variant, variations
from storefront.catalog.models import MAX_DESCRIPTION, MAX_TITLE

REFUSED = {
    "grouped": "grouped products are not sold here; their parts are imported by themselves",
    "external": "external products are sold elsewhere",
    "downloadable": "downloads cannot be delivered by this shop",
}
KNOWN = {"", "simple", "variable", "virtual", *REFUSED}
PUBLISHED = {"": True, "1": True, "true": True, "yes": True}
UNPUBLISHED = {"0", "-1", "-2", "2", "false", "no"}


def product(rows: list[Row], rules: Rules) -> ImportedProduct | None:
    """The product these rows describe, or None when its first row says too little or too much.

    What is wrong with each row is written down on it.
    """
    first, children = rows[0], rows[1:]
    kinds = {kind.strip() for kind in first.word("type").lower().split(",")}
    if "variation" in kinds or (first.has("parent") and not first.has("type")):
        for row in rows:
            row.refuse("parent", f'no row of this file is "{row.word("parent")[:80]}"')
        return None
    _check(first, kinds, children)
    if first.problems:
        return None
    title = first.read("title", html_line(MAX_TITLE))
    if not title:
        first.refuse("title", "is blank" if title == "" else "is missing")
    handle = slug_of(str(title or ""))
    facts = _facts(first, title)
    names, variants = _choices(first, children, handle, rules)
    whole = ImportedProduct(
        row=first.number,
        handle=handle,
        known_by_sku=True,
        facts=facts,
        option_names=names,
        variants=tuple(variants),
        images=images_of(first, children),
    )
    return whole.without({row.number for row in rows if row.problems})


def _check(first: Row, kinds: set[str], children: list[Row]) -> None:
    for kind in sorted(kinds):
        if kind in REFUSED:
            first.refuse("type", REFUSED[kind])
        elif kind not in KNOWN:
            first.refuse("type", f'"{kind[:40]}" is a kind of product this shop does not know')
    if "virtual" in kinds:
        first.note("type", "virtual products are sold like goods that are delivered")
    if children and "variable" not in kinds:
        first.refuse("type", "has variations, but is not variable")


def _choices(
    first: Row, children: list[Row], handle: str, rules: Rules
) -> tuple[Given[tuple[str, ...]], list[ImportedVariant]]:
    if "variable" not in first.word("type").lower():
        attributes.name_unused(first, ())
        return (), [simple_variant(first, handle, rules)]
    if first.has("sku"):
        first.note("sku", "only choices have SKUs here; this one serves to find the parent")
    if not children:
        return MISSING, []
    names = attributes.option_names(first, children)
    attributes.name_unused(first, names)
    return names, variations(first, children, names, handle, rules)


def _facts(first: Row, title: Given[str]) -> Facts:
    return Facts(
        title=title,
        description=_description(first),
        brand=first.read("brand", html_line(MAX_TITLE)),
        tags=first.read("tags", tags),
        categories=first.read("categories", shelves),
        status=_status(first),
        tax_class=tax_class_of(first),
    )


def _description(first: Row) -> Given[str]:
    """The short description opens the long one."""
    short = first.read("summary", _text)
    long = first.read("description", _text)
    if short is MISSING or long is MISSING:
        return long if short is MISSING else short
    if not short or long.startswith(short):
        return long
    whole = f"{short}\n\n{long}".strip()
    if len(whole) > MAX_DESCRIPTION:
        first.refuse("description", f"is longer than {MAX_DESCRIPTION} characters")
    return whole


def _text(text: str) -> str:
    # WooCommerce writes a line break inside a cell as the two characters \n.
    return markdown(text.replace("\\n", "\n"))


def _status(first: Row) -> Given[str]:
    """Active or draft; what was hidden from the catalog is not put on show."""
    published = first.read("published", _published)
    visibility = first.word("visibility").lower()
    if published is MISSING and not first.knows("visibility"):
        return MISSING
    if visibility == "hidden":
        first.note("visibility", "hidden products are drafts here")
        return "draft"
    if visibility in ("search", "catalog"):
        first.note("visibility", "shown in lists and in search alike")
    elif visibility not in ("", "visible"):
        first.refuse("visibility", f'"{visibility[:40]}" is none of visible, catalog, search, hidden')
    return "draft" if published is False else "active"


def _published(text: str) -> bool:
    if text.lower() in UNPUBLISHED:
        return False
    if text.lower() not in PUBLISHED:
        raise CellRefused(f'"{text[:40]}" is none of 1, 0, -1')
    return True
