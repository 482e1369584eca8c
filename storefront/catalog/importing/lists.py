"""Read cells that hold several things: tags, shelves, pictures, values of an attribute."""

import re
from collections.abc import Callable
from html import unescape

from storefront.catalog.importing.cells import CellRefused, line
from storefront.catalog.models import MAX_TITLE

MAX_TAG = 100
MAX_TAGS = 250
MAX_DEPTH = 8
COMMA = re.compile(r"(?<!\\),")

Path = tuple[str, ...]


def parts(text: str) -> list[str]:
    r"""What commas separate; a comma written \, is part of a word."""
    words = (" ".join(part.replace("\\,", ",").split()) for part in COMMA.split(text))
    return [word for word in words if word]


def tags(text: str) -> tuple[str, ...]:
    """Each tag once, whatever its capitals, as first written."""
    found: dict[str, str] = {}
    for tag in map(line(MAX_TAG), map(unescape, parts(text))):
        found.setdefault(tag.casefold(), tag)
    if len(found) > MAX_TAGS:
        raise CellRefused(f"holds more than {MAX_TAGS} tags")
    return tuple(found.values())


def shelf(text: str) -> Path:
    """One path of shelves, the outermost first, such as Clothing > Shirts."""
    names = [line(MAX_TITLE)(part) for part in unescape(text).split(">")]
    names = [name for name in names if name]
    if len(names) > MAX_DEPTH:
        raise CellRefused(f"holds a path of more than {MAX_DEPTH} shelves")
    return tuple(names)


def shelves(text: str) -> tuple[Path, ...]:
    """Every path once; the first is the main shelf."""
    return tuple(dict.fromkeys(path for path in map(shelf, parts(text)) if path))


def each(parse: Callable[[str], str]) -> Callable[[str], tuple[str, ...]]:
    """A parser of comma-separated things, each once."""
    return lambda text: tuple(dict.fromkeys(parse(part) for part in parts(text)))
