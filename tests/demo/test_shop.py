"""The demo as Ada walks through it: the colour she chose is the colour she is shown, in every size."""

from itertools import product

import pytest

from storefront.cart.actions import add_to_cart
from storefront.config import Settings
from storefront.demo import mark, seed
from tests.inspecting import InspectingClient

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _filled(database: None, settings: Settings) -> None:
    (settings.storefront_var / mark.NAME).unlink(missing_ok=True)
    seed.load()


def test_the_first_picture_has_the_chosen_colour(client: InspectingClient) -> None:
    for colour, size in product(("tideline", "oat", "ember"), "SML"):
        page = client.see(f"/products/harbour-vase?variant=HV-{colour[:3].upper()}-{size}")
        shown = page.all(".views img")
        assert len(shown) == 4
        assert f"{colour} glaze" in str(shown[0].get("alt")), size
        assert sum("on a wooden table" in str(each.get("alt")) for each in shown) == 1


def test_the_cart_shows_the_chosen_colour(database: None) -> None:
    added = add_to_cart(None, "HV-OAT-L", 1)
    assert added.line.picture is not None
    assert "oat glaze" in added.line.picture.alt


def test_every_page_of_the_demo_is_whole(client: InspectingClient) -> None:
    for address in (
        "/",
        "/products",
        "/categories/house",
        "/categories/plates-bowls",
        "/products/dish-brush",
        "/products/linen-cushion?variant=CN-RUS-60-F",
        "/products/ring-bottle",
        "/categories/desk",
    ):
        assert client.see(address).all("main img")
