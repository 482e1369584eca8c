"""`storefront import` as a merchant uses it: rehearse, import, correct what was refused, import that."""

import csv
import io
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from storefront.catalog.commands import import_catalog
from storefront.catalog.models import Product
from storefront.config import Settings
from storefront.platform import db
from tests.catalog.catalog_files import written
from tests.catalog.importing_files import everything, variants
from tests.catalog.test_import_shopify import KETTLE

pytestmark = pytest.mark.usefixtures("database")

POT = KETTLE | {"Handle": "pot", "Title": "=Pot", "Variant SKU": "P-1", "Box colour": "red", "Box size": ""}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(import_catalog, [str(one) for one in arguments])


def refused_file(settings: Settings) -> Path:
    return max((settings.storefront_var / "imports").glob("catalog-refused-*.csv"))


def test_the_rehearsal_says_what_the_import_then_does(tmp_path: Path) -> None:
    path = written(tmp_path, [POT, KETTLE | {"Variant Price": "free"}])
    before = everything()
    rehearsal = run(path, "--dry-run")
    assert everything() == before
    assert "nothing was changed" in rehearsal.stderr
    done = run(path)
    assert rehearsal.exit_code == done.exit_code == 0
    assert rehearsal.stdout == done.stdout
    assert done.stdout.splitlines() == [
        "catalog.csv: Shopify, utf-8, comma, 2 rows; row 1 is the header",
        "ignored columns: Box colour",
        "ignored columns that are blank anyway: Box size",
        "row 2: new - pot",
        "    note: Type: a new shelf, Kitchen",
        'row 3: refused - kettle - Variant Price: "free" is not a plain number such as 12.50',
        "2 rows: 1 new, 0 changed, 0 unchanged, 1 refused. Notes: 1.",
    ]


def test_refused_rows_can_be_corrected_and_imported(tmp_path: Path, settings: Settings) -> None:
    path = written(tmp_path, [POT | {"Variant Price": "1e400"}, KETTLE], delimiter=";")
    result = run(path)
    kept = refused_file(settings)
    assert str(kept) in result.stderr
    text = kept.read_text(encoding="utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text), delimiter=";")
    assert row["Title"] == "'=Pot"
    assert (row["Refused row"], row["Refused column"]) == ("2", "Variant Price")
    assert row["Refused reason"] == '"1e400" is not a plain number such as 12.50'
    corrected = tmp_path / "corrected.csv"
    corrected.write_text(text.replace(";1e400;", ";12,50;"))
    again = run(corrected)
    assert "1 new, 0 changed, 0 unchanged, 0 refused" in again.stdout
    assert "Refused" not in again.stdout
    assert variants("pot")[()][1] == 1250
    assert db.session.scalar(select(Product.title).where(Product.slug == "pot")) == "=Pot"


def test_without_refused_rows_there_is_no_file(tmp_path: Path, settings: Settings) -> None:
    folder = settings.storefront_var / "imports"
    before = set(folder.glob("*"))
    assert "refused rows" not in run(written(tmp_path, [KETTLE])).stderr
    assert set(folder.glob("*")) == before


def test_stock_is_taken_when_asked(tmp_path: Path) -> None:
    run(written(tmp_path, [KETTLE]))
    path = written(tmp_path, [KETTLE | {"Variant Inventory Qty": "3"}])
    assert "row 2: unchanged" in run(path).stdout
    assert "row 2: changed - kettle - on hand: 7 → 3" in run(path, "--stock").stdout


def test_what_cannot_be_imported_is_one_sentence(tmp_path: Path) -> None:
    result = run(tmp_path / "missing.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    result = run(written(tmp_path, [KETTLE]), "--format", "woocommerce")
    assert "has no columns of WooCommerce" in result.stderr


def test_a_hostile_file_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    result = run(written(tmp_path, [KETTLE | {"Bad\x1b[2J": "x", "Variant Price": "1\u202e2"}]))
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "Bad\\u001b[2J" in result.stdout


def test_a_person_at_a_terminal_sees_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    import_catalog.main([str(written(tmp_path, [KETTLE, POT]))], standalone_mode=False)
    assert "Importing" in err.getvalue()
    assert "row 2: new - kettle" in out.getvalue()
