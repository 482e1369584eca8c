"""A hundred strangers at once, and pages that expire all the time."""

import pytest
from flask import Flask

from storefront.catalog.models import Variant
from tests.caching import crowd
from tests.characters import a_category, a_product, a_variant, stocked

pytestmark = pytest.mark.trial


def test_a_hundred_strangers_read_nothing_of_each_other(app: Flask, database: None) -> None:
    kettle: Variant = stocked(
        a_variant(a_product("Kettle", slug="kettle", category=a_category("Kettles"))), 9999
    )
    assert list(crowd.leaks(crowd.strangers(app, sessions=100, steps=100, thing=kettle))) == []
