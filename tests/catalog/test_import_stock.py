"""What an imported file may say of stock: counts of what is new, and of the rest only when asked."""

from pathlib import Path

import pytest
from sqlalchemy import select, update

from storefront.catalog.models import Variant
from storefront.inventory import stock
from storefront.inventory.models import Stock, StockMovement
from storefront.platform import db
from tests.catalog.importing_files import (
    LARGE,
    SMALL,
    changes,
    outcomes,
    product,
    refusals,
    rows,
    variants,
)
from tests.catalog.test_import_shopify import KETTLE

pytestmark = pytest.mark.usefixtures("database")


def test_stock_of_known_choices_is_taken_only_when_asked(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    recounted = KETTLE | {"Variant Inventory Qty": "12"}
    assert outcomes(rows(tmp_path, recounted)) == ["unchanged"]
    assert changes(rows(tmp_path, recounted, stock=True)) == ["on hand: 7 → 12"]
    assert outcomes(rows(tmp_path, recounted, stock=True)) == ["unchanged"]
    assert variants("kettle")[()][3] == 12
    reasons = db.session.scalars(select(StockMovement.reason).order_by(StockMovement.id)).all()
    assert reasons == ["import", "count"]


def test_a_count_below_what_is_reserved_is_refused(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    with db.transaction() as session:
        session.execute(update(Stock).values(reserved=3))
    lines = rows(tmp_path, KETTLE | {"Variant Inventory Qty": "2", "Title": "Pot"}, stock=True)
    assert refusals(lines) == [(2, "Variant Inventory Qty", "2 is below the 3 reserved")]
    assert product("kettle").title == "Kettle"


def test_counting_begins_with_the_file_s_count_and_ends_with_its_blank_tracker(tmp_path: Path) -> None:
    uncounted = KETTLE | {"Variant Inventory Tracker": ""}
    rows(tmp_path, uncounted)
    assert variants("kettle")[()][3] is None
    assert changes(rows(tmp_path, KETTLE)) == ["counted: no → yes", "on hand: (blank) → 7"]
    assert changes(rows(tmp_path, uncounted)) == ["counted: yes → no"]
    assert variants("kettle")[()][3] is None


def test_counting_cannot_end_while_orders_hold_units(tmp_path: Path) -> None:
    rows(tmp_path, KETTLE)
    with db.transaction() as session:
        session.execute(update(Stock).values(reserved=1))
    [(_, column, reason)] = refusals(rows(tmp_path, KETTLE | {"Variant Inventory Tracker": ""}))
    assert (column, reason) == (
        "Variant Inventory Tracker",
        "orders hold units of it, so it must stay counted",
    )


def test_the_inventory_s_ledger_adds_up(tmp_path: Path) -> None:
    rows(tmp_path, SMALL, LARGE)
    rows(
        tmp_path,
        SMALL | {"Variant Inventory Qty": "1"},
        LARGE | {"Variant Inventory Tracker": ""},
        stock=True,
    )
    with db.transaction():
        counts = {variant.sku: stock.lock(variant.id) for variant in db.session.scalars(select(Variant))}
    assert counts["K-S"] == stock.Count(1, 0)
    assert counts["K-L"] is None
    ledger = db.session.execute(
        select(Variant.sku, StockMovement.quantity).join(StockMovement).order_by(StockMovement.id)
    ).all()
    assert [tuple(row) for row in ledger] == [("K-S", 7), ("K-L", 2), ("K-S", -6), ("K-L", -2)]
