"""Every letter reads as it did: text, HTML and what is attached. Written anew with SNAPSHOTS=write."""

import os
import re
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from storefront.orders.models import Order
from storefront.platform import ROOT, clock
from tests.letters.writing import STORIES

SNAPSHOTS = Path(__file__).parent / "snapshots"
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def noon(database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one o'clock on a Friday in the shop, and stays so."""
    monkeypatch.setattr(clock, "now", lambda: NOON)


def shown(letter: EmailMessage, order: Order | None) -> str:
    """The letter, with names in the place of what is different each time."""
    said = [f"{name}: {letter[name]}" for name in ("From", "To", "Reply-To", "Subject", "Auto-Submitted")]
    said += [f"Attached: {part.get_filename()}" for part in letter.iter_attachments()]
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body is not None
        said.append(f"\n---- {kind}\n{body.get_content()}")
    whole = "\n".join(said)
    if order:
        whole = whole.replace(order.number, "NUMBER").replace(order.token, "TOKEN")
    whole = re.sub(r"http://localhost:\d+|http://127\.0\.0\.1:\d+", "http://shop", whole)
    return re.sub(r"[ \t]+\n", "\n", whole).strip() + "\n"


@pytest.mark.parametrize("name", STORIES)
def test_the_letter_reads_as_it_did(noon: None, name: str) -> None:
    letter, order = STORIES[name]()
    now, kept = shown(letter, order), SNAPSHOTS / f"{name}.txt"
    if os.environ.get("SNAPSHOTS") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(now)
    assert now == kept.read_text()


def test_no_snapshot_is_left_over() -> None:
    assert {file.stem for file in SNAPSHOTS.iterdir()} == set(STORIES)


@pytest.mark.parametrize(
    "name", [name for name in STORIES if name in ("paid", "shipped", "cancelled", "refunded")]
)
def test_papers_come_along(noon: None, name: str) -> None:
    letter, _order = STORIES[name]()
    (paper,) = letter.iter_attachments()
    assert paper.get_content_type() == "application/pdf"
    assert paper.get_payload(decode=True).startswith(b"%PDF-")  # type: ignore[union-attr]  # it is bytes


def test_every_letter_has_its_template_in_both_forms() -> None:
    files = {file.name for file in (ROOT / "templates" / "mail").iterdir() if not file.name.startswith("_")}
    names = {name.rpartition(".")[0] for name in files} - {"letter"}
    assert files - {"letter.html"} == {f"{name}.{form}" for name in names for form in ("txt", "html")}
