"""The mails that were written to files because there is no mail server: read again, for whoever develops."""

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from pathlib import Path

from storefront.config import settings

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+:-]{0,200}")
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """One of them; `name` is its file without the ending."""

    name: str
    at: datetime
    letter: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.letter["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.letter["To"] or "")

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def files(self) -> Sequence[tuple[str, bytes, str]]:
        """What is attached: name, contents and kind."""
        parts = self.letter.iter_attachments()
        return [(it.get_filename() or "", _contents(it), it.get_content_type()) for it in parts]

    def _body(self, kind: str) -> str:
        part = self.letter.get_body((kind,))
        return str(part.get_content()) if part else ""


def newest() -> Sequence[Kept]:
    """The latest, newest first."""
    found = sorted(_folder().glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return [_read(file) for file in found[:SHOWN]]


def named(name: str) -> Kept | None:
    """One by its name; nothing outside of the folder has one."""
    file = _folder() / f"{name}.eml"
    return _read(file) if NAME.fullmatch(name) and file.is_file() else None


def _contents(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _folder() -> Path:
    return settings().storefront_var / "mail"


def _read(file: Path) -> Kept:
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    return Kept(file.stem, at, letter)
