"""Whatever a file holds, the run goes on to its end, and the rehearsal foretold every line of it."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from storefront.catalog.models import Image, Price, Product, Variant
from storefront.inventory.models import Stock, StockMovement
from storefront.platform import db
from tests.catalog.catalog_files import written
from tests.catalog.importing_files import both, outcomes

pytestmark = pytest.mark.usefixtures("database")

SHOPIFY = st.fixed_dictionaries(
    {
        "Handle": st.sampled_from(["a", "b", "B ", "b!", ""]),
        "Title": st.sampled_from(["", "A", "B"]),
        "Type": st.sampled_from(["", "Hats", "hats", "Home > Hats"]),
        "Option1 Name": st.sampled_from(["", "Size", "size", "Title"]),
        "Option1 Value": st.sampled_from(["", "S", "s", "L", "Default Title"]),
        "Option2 Value": st.sampled_from(["", "", "", "Red"]),
        "Variant SKU": st.sampled_from(["", "x", "y", "z", "a-s"]),
        "Variant Price": st.sampled_from(["", "1", "2.50", "-1", "1e400"]),
        "Variant Compare At Price": st.sampled_from(["", "0", "2", "9"]),
        "Variant Inventory Tracker": st.sampled_from(["", "shopify"]),
        "Variant Inventory Qty": st.sampled_from(["", "0", "3", "x"]),
        "Image Src": st.sampled_from(["", "https://example.com/1", "https://example.com/2", "away.png"]),
        "Image Position": st.sampled_from(["", "1", "2"]),
        "Variant Image": st.sampled_from(["", "https://example.com/1"]),
    }
)
WOOCOMMERCE = st.fixed_dictionaries(
    {
        "ID": st.sampled_from(["1", "2", "3", ""]),
        "Type": st.sampled_from(["simple", "variable", "variation", "grouped"]),
        "SKU": st.sampled_from(["", "x", "y", "z"]),
        "Name": st.sampled_from(["", "A", "B"]),
        "Parent": st.sampled_from(["", "x", "id:1", "id:2"]),
        "Regular price": st.sampled_from(["", "1", "2.50", "-1"]),
        "Sale price": st.sampled_from(["", "", "0.80"]),
        "Stock": st.sampled_from(["", "0", "3", "parent"]),
        "In stock?": st.sampled_from(["", "0", "1"]),
        "Categories": st.sampled_from(["", "Hats", "Home > Hats, Sale"]),
        "Images": st.sampled_from(
            ["", "https://example.com/1", "https://example.com/2, https://example.com/1"]
        ),
        "Attribute 1 name": st.sampled_from(["", "Size", "size"]),
        "Attribute 1 value(s)": st.sampled_from(["", "S", "S, L"]),
    }
)
FILES = st.lists(SHOPIFY, min_size=1, max_size=6) | st.lists(WOOCOMMERCE, min_size=1, max_size=6)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # Each file finds what the ones before it left, so a failing one cannot be made smaller.
    phases=[Phase.explicit, Phase.generate],
)
@given(rows=FILES, stock=st.booleans())
def test_the_rehearsal_foretells_any_import_into_any_shop(
    tmp_path: Path, rows: list[dict[str, str]], stock: bool
) -> None:
    # The shop is not emptied between the files: each finds what the others left.
    path = written(tmp_path, rows)
    lines = both(path, stock=stock)
    assert len(lines) == sum(any(row.values()) for row in rows)
    again = both(path, stock=stock)
    assert not {"new", "changed"} & set(outcomes(again)), "\n".join(map(str, [*lines, *again]))
    assert_sound()


def assert_sound() -> None:
    """Every product can be sold, and the ledger adds up."""
    unsold = select(Product.slug).where(
        ~select(Price).join(Variant).where(Variant.product_id == Product.id).exists()
    )
    assert db.session.scalars(unsold).all() == []
    counted = select(func.coalesce(func.sum(StockMovement.quantity), 0)).where(
        StockMovement.variant_id == Stock.variant_id
    )
    assert (
        db.session.scalars(select(Stock.on_hand).where(Stock.on_hand != counted.scalar_subquery())).all()
        == []
    )
    tracked = select(Variant.sku).outerjoin(Stock, Stock.variant_id == Variant.id)
    assert db.session.scalars(tracked.where(Variant.tracked != Stock.variant_id.is_not(None))).all() == []
    foreign = select(Image.id).join(Variant, Variant.id == Image.variant_id)
    assert db.session.scalars(foreign.where(Variant.product_id != Image.product_id)).all() == []
    db.release()
