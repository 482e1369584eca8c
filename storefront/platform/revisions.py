"""Which steps the database was brought along, read from their files: only who takes one needs Alembic."""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
_BEFORE = re.compile(r'^down_revision = "(\w+)"$', re.MULTILINE)


@cache
def outdated() -> frozenset[str]:
    """The revisions that are not enough for this version; one we do not know was made by a later one."""
    steps = sorted(FOLDER.glob("versions/*.py"))
    return frozenset(name for step in steps for name in _BEFORE.findall(step.read_text(encoding="utf-8")))
