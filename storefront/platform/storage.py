"""Where the shop keeps its pictures: in a folder, or in anything else that knows these four verbs."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from flask import g, url_for

from storefront.config import settings

NAME = re.compile(r"[0-9a-z]+(-[0-9]+)?(\.[a-z]+)?")
"""What our own names look like; nothing else leads to a file."""


class Storage(Protocol):
    """Files by their names; a name stands for one content for ever."""

    def save(self, name: str, content: bytes) -> None:
        """Keep it; whoever opens it meanwhile finds all of it or nothing."""

    def open(self, name: str) -> BinaryIO:
        """Its content. Raises FileNotFoundError."""

    def address(self, name: str) -> str:
        """Where browsers find it; given the beginning of a name, the beginning of the address."""

    def remove(self, name: str) -> None:
        """Forget it; what is not there is fine."""

    def older(self, than: datetime) -> Iterator[str]:
        """The names of what was saved, or saved again, before that moment and not since."""


class Folder:
    """Files in a folder, which the shop serves itself."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    def save(self, name: str, content: bytes) -> None:
        path = self._path(name)
        if path.exists():
            path.touch()
            return
        self.path.mkdir(parents=True, exist_ok=True)
        aside = self.path / f"{name}.{os.getpid()}-{threading.get_native_id()}.new"
        aside.write_bytes(content)
        aside.replace(path)

    def open(self, name: str) -> BinaryIO:
        return self._path(name).open("rb")

    def address(self, name: str) -> str:
        return url_for("catalog.media", name=name)

    def remove(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def older(self, than: datetime) -> Iterator[str]:
        for path in self.path.glob("*"):
            with suppress(FileNotFoundError):  # Another sweep may be at it.
                if NAME.fullmatch(path.name) and path.stat().st_mtime < than.timestamp():
                    yield path.name

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self.path / name


def address_of(name: str) -> str:
    """Where browsers find a picture; how addresses begin is asked once per page, which may show hundreds."""
    if "media_address" not in g:
        g.media_address = media().address("0").removesuffix("0")
    return f"{g.media_address}{name}"


def media() -> Folder:
    """The pictures of this shop."""
    return Folder(settings().storefront_var / "media")
