"""Links to the shop as it was on Shopify or WooCommerce lead to the same thing here."""

import pytest
from sqlalchemy import insert

from storefront.catalog.models import FormerSlug
from storefront.platform import clock, db
from tests.characters import a_category, a_product, a_variant
from tests.inspecting import InspectingClient


@pytest.fixture(autouse=True)
def _shop(database: None) -> None:
    """A vase on the shelf hoodies, which stands on clothing; both had other names once."""
    shelf = a_category("Hoodies", parent=a_category("Clothing"))
    vase = a_product("Vase", slug="vase", category=shelf)
    a_variant(vase)
    a_variant(a_product("Old", slug="old", status="archived"))
    with db.transaction() as session:
        for kind, slug, of in (
            ("product", "urn", {"product_id": vase.id}),
            ("category", "tops", {"category_id": shelf.id}),
        ):
            session.execute(insert(FormerSlug).values(kind=kind, slug=slug, since=clock.now(), **of))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("/collections", "/products"),
        ("/collections/all", "/products"),
        ("/shop/", "/products"),
        ("/collections/hoodies", "/categories/hoodies"),
        ("/collections/tops?page=2", "/categories/hoodies"),
        ("/collections/whatever/products/vase?variant=40012345", "/products/vase"),
        ("/collections/all/products/urn", "/products/vase"),
        ("/product/vase/", "/products/vase"),
        ("/product/vase", "/products/vase"),
        ("/product/urn/", "/products/vase"),
        ("/product-category/clothing/hoodies/", "/categories/hoodies"),
        ("/product-category/clothing/tops/page/3/", "/categories/hoodies"),
        ("/product-category/clothing", "/categories/clothing"),
    ],
)
def test_an_address_of_before_leads_here_for_good(client: InspectingClient, before: str, now: str) -> None:
    answer = client.get(before)
    assert (answer.status_code, answer.headers["Location"]) == (301, now)
    assert client.get(now).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/collections/none",
        "/collections/%00",
        "/collections/all/products/none",
        "/collections/hoodies/products/hoodies",
        "/product/old/",
        "/product/%00",
        "/product-category/none/",
        "/product-category/hoodies/none/",
        "/product-category/%00/",
    ],
)
def test_what_is_unknown_is_not_here(client: InspectingClient, address: str) -> None:
    assert client.get(address).status_code == 404
