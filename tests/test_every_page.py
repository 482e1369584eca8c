"""No link of the shop leads nowhere, and every page behind one is as every page must be."""

from tests.characters import a_category, a_kettle, a_product, a_variant, stocked
from tests.crawling import crawl
from tests.inspecting import InspectingClient
from tests.till import bought, put


def test_no_link_leads_nowhere(client: InspectingClient) -> None:
    kitchen = a_category("Kitchen")
    pots = a_category("Pots", parent=kitchen)
    tea = a_product("Teapot", category=pots, option_names=["Colour", "Size"])
    for colour in ("Blue", "Green"):
        stocked(a_variant(tea, options=[colour, "Small"]), 4)
    stocked(a_variant(a_product("Jug", category=kitchen), price=1500, compare_at=1900), 2)
    kettle = a_kettle()
    bought(client, kettle)
    put(client, kettle)
    answers = {answer.request.path: answer.status_code for answer in crawl(client, "/", "/cart", "/checkout")}
    assert {path: code for path, code in answers.items() if code not in {200, 302, 303, 301, 308}} == {}
    assert {"/", "/products", "/cart", "/checkout", "/categories/kitchen", "/categories/pots"} <= set(answers)
