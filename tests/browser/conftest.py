"""What stands in the shop that a browser visits."""

import pytest

from storefront.catalog.models import Variant
from storefront.platform import db
from tests.characters import a_product, a_variant, stocked


@pytest.fixture
def kettle(database: None) -> Variant:
    """What Ada wants; ten are left."""
    found = stocked(a_variant(a_product("Kettle", slug="kettle"), price=4800), 10)
    db.release()
    return found
