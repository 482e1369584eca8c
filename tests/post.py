"""The post that people get: every job that waits is done, and what was sent is read."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import text

from storefront.platform import db, jobs

LINK = re.compile(r"https?://\S+")
WAITING = text("DELETE FROM procrastinate_jobs WHERE status = 'todo' RETURNING id, task_name, args")


@dataclass(frozen=True)
class Post:
    """Everybody's mailbox."""

    folder: Path

    def delivered(self) -> "Post":
        """The same, after the worker has done all that was asked of it."""
        while waiting := self._take():
            for name, arguments in waiting:
                jobs.run_now(name, **{k: v for k, v in arguments.items() if k not in jobs.ORIGIN})
        return self

    def of(self, address: str) -> list[EmailMessage]:
        """What somebody was sent, the oldest first."""
        files = sorted(self.delivered().folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [letter for letter in letters if letter["To"] == address]

    def link(self, address: str, beginning: str) -> str:
        """The path of the newest such link in somebody's letters."""
        texts = [_plain(letter) for letter in self.of(address)]
        paths = [urlsplit(link).path for told in texts for link in LINK.findall(told)]
        return str([path for path in paths if path.startswith(beginning)][-1])

    @staticmethod
    def _take() -> list[tuple[str, dict[str, int | str]]]:
        with db.transaction() as session:
            return [(row.task_name, row.args) for row in sorted(session.execute(WAITING))]


def _plain(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body else ""
