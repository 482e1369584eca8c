"""What the columns that only this shop writes say, for which files of Shopify have none."""

import re

from storefront.catalog.importing.cells import CellRefused, address, check_characters, line
from storefront.catalog.importing.descriptions import markdown
from storefront.catalog.importing.lists import MAX_DEPTH, Path
from storefront.catalog.importing.records import MISSING, Given
from storefront.catalog.importing.rows import Row
from storefront.catalog.models import MAX_DESCRIPTION, MAX_TITLE
from storefront.taxes.models import CLASSES

MARKDOWN = "markdown"
_PIECE = re.compile(r"\\(.)|([,>])|([^\\,>]+|\\\Z)", re.DOTALL)


def description_of(row: Row) -> Given[str]:
    """The description: as it is where the file says that it is Markdown, else made into it."""
    plain = row.word("description_format").lower() == MARKDOWN
    return row.read("description", _as_it_is if plain else markdown)


def shelves_of(row: Row) -> Given[tuple[Path, ...]]:
    """Every shelf by its path, the main one first."""
    return row.read("shelves", paths)


def tax_class_of(row: Row) -> Given[str]:
    """The class of the product; a blank cell leaves it to the columns of Shopify."""
    return row.read("tax_class", _tax_class) if row.has("tax_class") else MISSING


def more_images_of(row: Row) -> tuple[str, ...]:
    """Pictures of a choice beside its first one, with blanks between them."""
    return row.read("more_images", lambda text: tuple(address(word) for word in text.split())) or ()


def paths(text: str) -> tuple[Path, ...]:
    r"""Paths with commas between them, such as Clothing > Shirts; \, \> and \\ are letters of a title."""
    found, path, title = [], list[str](), ""
    for letter, mark, others in _PIECE.findall(text):
        title += letter + others
        if mark:
            path.append(title)
            title = ""
        if mark == ",":
            found.append(_path(path))
            path = []
    found.append(_path([*path, title]))
    return tuple(dict.fromkeys(one for one in found if one))


def _path(titles: list[str]) -> Path:
    titles = [title for title in map(line(MAX_TITLE), titles) if title]
    if len(titles) > MAX_DEPTH:
        raise CellRefused(f"holds a path of more than {MAX_DEPTH} shelves")
    return tuple(titles)


def _as_it_is(text: str) -> str:
    if len(text) > MAX_DESCRIPTION:
        raise CellRefused(f"is longer than {MAX_DESCRIPTION} characters")
    check_characters(text)
    return text


def _tax_class(text: str) -> str:
    word = text.lower()
    if word not in CLASSES:
        raise CellRefused(f'"{text[:40]}" is none of {", ".join(CLASSES)}')
    return word
