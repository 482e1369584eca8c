"""Make addresses and SKUs from words, the same each time."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from storefront.catalog.models import MAX_SKU, MAX_SLUG, SLUG

LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "œ": "oe", "þ": "th"})


def is_slug(text: str) -> bool:
    """Whether a handle can stay as it is."""
    return (
        bool(re.fullmatch(SLUG, text))
        and text.isprintable()
        and len(text) <= MAX_SLUG
        and text.strip(".") != ""
    )


def slug_of(text: str) -> str:
    """An address in plain letters; a text without any gets one made from its digest."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    plain = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[̀-ͯ'’]", "", folded)).strip("-")
    return _within(plain or _digest(text), MAX_SLUG, text)


def sku_of(handle: str, values: Sequence[str]) -> str:
    """A SKU for a choice that came without one.

    A value that its plain letters do not tell apart ("S/M" from "S M") gets a digest beside them,
    so that no two choices of a product come out the same, whichever of them a file holds.
    """
    parts = [handle, *(_told_apart(value) for value in values)]
    return _within("-".join(parts), MAX_SKU, "\0".join([handle, *values]))


def _told_apart(value: str) -> str:
    plain = slug_of(value)
    return plain if plain.replace("-", " ") == value.lower() else f"{plain}-{_digest(value)}"


def _within(text: str, limit: int, source: str) -> str:
    return text if len(text) <= limit else f"{text[: limit - 9].rstrip('-')}-{_digest(source)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
