"""Write several things into one cell, so that the import reads the same ones again."""

from collections.abc import Iterable
from html import unescape

from storefront.catalog.importing.lists import Path

_IN_TITLES = str.maketrans({"\\": "\\\\", ",": "\\,", ">": "\\>"})


def paths(found: Iterable[Path]) -> str:
    """Shelves by their paths, the outermost shelf of each first."""
    return ", ".join(" > ".join(title.translate(_IN_TITLES) for title in path) for path in found)


def tags(found: Iterable[str]) -> str:
    """Tags with commas between them. The import takes &amp; for &, so what it would change is written so."""
    return ", ".join(_tag(tag).replace(",", "\\,") for tag in found)


def _tag(tag: str) -> str:
    return tag if unescape(tag) == tag else tag.replace("&", "&amp;")
