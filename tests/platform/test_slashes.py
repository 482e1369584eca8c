"""An address with a slash at its end leads to the same one without, and nowhere else."""

import pytest

from tests.characters import a_category
from tests.inspecting import InspectingClient


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("/products/", "/products"),
        ("/products/?sort=price&utm_source=letter", "/products?sort=price&utm_source=letter"),
        ("/cart//", "/cart"),
        ("/admin/", "/admin"),
        ("/categories/kettles/", "/categories/kettles"),
        ("/categories/töpfe/", "/categories/t%C3%B6pfe"),
    ],
)
def test_it_leads_to_the_page(client: InspectingClient, typed: str, leads_to: str) -> None:
    a_category("Kettles")
    answer = client.get(typed)
    assert (answer.status_code, answer.headers["Location"]) == (301, leads_to)


@pytest.mark.parametrize("typed", ["/nowhere/", "/%2Fexample.com/", "/%2Fproducts/", "/api/v1/products/"])
def test_what_is_no_page_stays_none(client: InspectingClient, typed: str) -> None:
    assert client.get(typed).status_code == 404


def test_a_form_is_not_sent_on(client: InspectingClient) -> None:
    assert client.post("/cart/lines/", data={"sku": "KILN-1"}).status_code in (404, 405)
