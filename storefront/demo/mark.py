"""A mark in the data folder: whether the first catalog was begun, and whether that is settled."""

from pathlib import Path

NAME, BEGUN, SETTLED = "first-catalog", "begun", "settled"


def begin(var: Path) -> None:
    """From now on, whoever starts the shop knows that its catalog may be half there."""
    _write(var, BEGUN)


def settle(var: Path) -> None:
    """The catalog is whole, or is none of our business."""
    _write(var, SETTLED)


def is_begun(var: Path) -> bool:
    return _word(var) == BEGUN


def is_settled(var: Path) -> bool:
    return _word(var) == SETTLED


def _word(var: Path) -> str:
    path = var / NAME
    return path.read_text().strip() if path.exists() else ""


def _write(var: Path, word: str) -> None:
    """Aside first, so that a kill never leaves half a word."""
    var.mkdir(parents=True, exist_ok=True)
    aside = var / f"{NAME}.new"
    aside.write_text(word)
    aside.replace(var / NAME)
