"""The statements of an order are said with numbered values, which the driver need not look for."""

import pytest

from storefront.checkout import opening, placing
from storefront.inventory import stock
from storefront.platform.spoken import Spoken


@pytest.mark.parametrize("statement", [opening._OPEN, placing._PLACE, stock._RESERVE])
def test_nothing_is_left_for_the_driver_to_look_for(statement: Spoken) -> None:
    text, places = statement._said
    assert "%(" not in text
    assert f"${len(places)}" in text
