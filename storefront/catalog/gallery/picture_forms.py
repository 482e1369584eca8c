"""What comes with pictures: files, and a sentence for each of what is seen on it."""

import re
from collections.abc import Mapping

from werkzeug.datastructures import FileStorage

from storefront.catalog.gallery.actions import MAX_ALT, Said
from storefront.platform import uploads
from storefront.platform.forms import readable

MAX_FILES = 10
"""At a time: each may be as large as one upload."""
_ORDER = re.compile(r"^alt-([1-9][0-9]{0,17})$")


def chosen(files: list[FileStorage]) -> list[tuple[str, bytes]]:
    """Names and contents of what was chosen; of what is too large, enough to see that it is."""
    found = []
    for file in files:
        if file.filename:
            found.append((readable(file.filename)[:100], file.read(uploads.MAX_BYTES + 1)))
        file.close()
    return found


def said(form: Mapping[str, str]) -> dict[int, Said]:
    """What is said of the pictures that are there, in the order in which they stand in the form."""
    found = {}
    for name in form:
        if match := _ORDER.match(name):
            image_id = int(match[1])
            found[image_id] = Said(_line(form[name]), _key(form.get(f"shows-{image_id}", "")))
    return found


def _line(typed: str) -> str:
    return " ".join(readable(typed).split())[:MAX_ALT]


def _key(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
