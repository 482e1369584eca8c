"""Shopify's product files, both header dialects: rows with one handle are one product."""

from dataclasses import replace

from storefront.catalog.importing import our_columns, shopify_options
from storefront.catalog.importing.cells import line
from storefront.catalog.importing.handles import is_slug, slug_of
from storefront.catalog.importing.lists import Path, shelf, tags
from storefront.catalog.importing.records import MISSING, Facts, Given, ImportedProduct, Rules
from storefront.catalog.importing.rows import Row
from storefront.catalog.importing.shopify_images import images_of
from storefront.catalog.importing.shopify_variants import HOLDS_VARIANT, tax_class_of, variant
from storefront.catalog.importing.words import flag
from storefront.catalog.models import MAX_TITLE

MAX_LINE = 500
SHELVES = ("type", "custom_type", "product_category", "collection", "shelves")
HOLDS_FACTS = ("title", "description", "brand", "tags", *SHELVES)


def product(rows: list[Row], rules: Rules) -> ImportedProduct | None:
    """The product these rows describe, or None when its first row says too little or too much.

    What is wrong with each row is written down on it.
    """
    first = rows[0]
    handle = _handle(first)
    # Rows below the first hold no facts; such a row on its own continues a product the shop knows.
    headed = first.has(*HOLDS_FACTS) or not first.knows("title")
    facts = _facts(first) if headed else Facts()
    options = shopify_options.of(rows, headed=headed)
    variants = [variant(row, handle, options, rules) for row in rows if row.has(*HOLDS_VARIANT)]
    images = images_of(rows)
    for row in rows:
        if row is not first and not row.has(*HOLDS_VARIANT, "image"):
            row.refuse("price", "the row holds neither a choice nor a picture")
    if headed:
        facts = replace(facts, tax_class=our_columns.tax_class_of(first) or tax_class_of(rows))
    if not handle:
        return None
    whole = ImportedProduct(
        row=first.number,
        handle=handle,
        headed=headed,
        facts=facts,
        option_names=options.names,
        variants=tuple(variants),
        images=images,
    )
    return whole.without({row.number for row in rows if row.problems})


def _handle(first: Row) -> str:
    """The handle as it is if an address can hold it, else one made from it or from the title."""
    given = first.read("handle", line(MAX_LINE))
    if given and is_slug(given):
        return given
    source = given or first.word("title")
    if first.problems:
        return ""
    if not source:
        first.refuse("handle", "is blank, and there is no title to make one from")
        return ""
    reason = "cannot stand in an address" if given else "is blank"
    slug = slug_of(source)
    first.note("handle", f'{reason}, so "{slug}" is made from "{source[:80]}"')
    return slug


def _facts(first: Row) -> Facts:
    title = first.read("title", line(MAX_TITLE))
    if title == "":
        first.refuse("title", "is blank")
    if flag(first, "gift_card", blank=False) is True:
        first.refuse("gift_card", "gift cards are not goods; this shop does not import them")
    return Facts(
        title=title,
        description=our_columns.description_of(first),
        brand=first.read("brand", line(MAX_TITLE)),
        tags=first.read("tags", tags),
        categories=_categories(first),
        status=_status(first),
        seo_title=first.read("seo_title", line(MAX_LINE)),
        seo_description=first.read("seo_description", line(5 * MAX_LINE)),
    )


def _categories(first: Row) -> Given[tuple[Path, ...]]:
    """The merchant's own Type is the main shelf; Shopify's taxonomy counts only where it is blank."""
    if first.knows("shelves"):
        return our_columns.shelves_of(first)
    if not any(first.knows(meaning) for meaning in SHELVES):
        return MISSING
    own = ["type"] if first.has("type") else ["custom_type"] if first.has("custom_type") else []
    if first.has("product_category") and own:
        first.note("product_category", "not used, because the type says the shelf")
    found = []
    for meaning in [*(own or ["product_category"]), "collection"]:
        path = first.read(meaning, shelf)
        if path is not MISSING and path:
            found.append(path)
    return tuple(dict.fromkeys(found))


def _status(first: Row) -> Given[str]:
    """Active, draft or archived; what is active but not published is a draft here."""
    word = first.word("status").lower()
    if word == "unlisted":
        first.note("status", "unlisted products are drafts here")
    elif word not in ("", "active", "draft", "archived"):
        first.refuse("status", f'"{word[:40]}" is none of active, draft, archived')
    published = flag(first, "published", blank=True)
    if not first.knows("status") and published is MISSING:
        return MISSING
    if word in ("draft", "archived"):
        return word
    return "draft" if word == "unlisted" or published is False else "active"
