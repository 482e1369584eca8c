"""What a backup says of itself, so that a restore can tell whether it is whole and fits."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from storefront.config import settings
from storefront.embedded.trouble import Trouble

NAME = "manifest.json"
_TOTALS = {
    "products": "SELECT count(*) FROM products",
    "orders": "SELECT count(*) FROM orders",
    "ordered": "SELECT coalesce(sum(total), 0) FROM orders",
    "captured": "SELECT coalesce(sum(amount), 0) FROM payments WHERE state = 'captured'",
    "on_hand": "SELECT coalesce(sum(on_hand), 0) FROM stock",
    "invoices": "SELECT count(*) FROM invoices",
}
"""What is compared after a restore; amounts are minor units."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of a backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """When it was made, by which version, of which tables, and what is in it."""

    at: str
    version: str
    revision: str
    key: str
    """A print of the SECRET_KEY in use, which itself is not in the backup."""
    totals: dict[str, int]
    files: dict[str, File]

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), indent=2) + "\n")


def read(folder: Path) -> Manifest:
    """What a backup says of itself. Raises Trouble when it is none."""
    try:
        said = json.loads((folder / NAME).read_text())
        files = {name: File(**file) for name, file in said.pop("files").items()}
        return Manifest(**said, files=files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise Trouble(f"{folder} is no backup: its {NAME} is missing or cannot be read.") from None


def at(folder: Path) -> datetime:
    """The moment of a backup. Raises Trouble when it is none."""
    return datetime.fromisoformat(read(folder).at)


def prove(manifest: Manifest, folder: Path) -> None:
    """Raises Trouble when a file is not what it was when the backup was made."""
    for name, file in manifest.files.items():
        path = folder / name
        if not path.is_file() or file_of(path) != file:
            raise Trouble(f"{path} is damaged: take another backup.")


def file_of(path: Path) -> File:
    """How long a file is, and a sum over all of it."""
    with path.open("rb") as content:
        return File(path.stat().st_size, hashlib.file_digest(content, "sha256").hexdigest())


def print_of_key() -> str:
    """Tells whether a key is the same, and nothing else of it."""
    secret = settings().secret_key.get_secret_value().encode()
    return hmac.new(secret, b"storefront backup", "sha256").hexdigest()[:16]


def totals_of(connection: Connection) -> dict[str, int]:
    """The sums that a restore must bring back."""
    return {name: int(connection.scalar(text(query)) or 0) for name, query in _TOTALS.items()}
