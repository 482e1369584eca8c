"""Narrowing lists down: counts under each other's filters, addresses that say it, and the way back."""

import pytest

from storefront.catalog.models import Product
from tests.characters import a_category, a_product, a_variant, stocked
from tests.documents import Document
from tests.fragments import assert_fragment_is_part_of_page
from tests.inspecting import InspectingClient

TITLES = "#results h2"


def a_vessel(
    title: str, colours: tuple[str, ...], price: int = 2000, units: int = 1, **facts: object
) -> Product:
    product = a_product(title, option_names=["Colour"], **facts)  # type: ignore[arg-type]  # only facts of products
    for colour in colours:
        stocked(a_variant(product, options=[colour], price=price), units)
    return product


@pytest.fixture(autouse=True)
def _vessels(database: None) -> None:
    """Four vessels on two shelves."""
    table = a_category("Table")
    cups = a_category("Cups", parent=table)
    garden = a_category("Garden")
    a_vessel("Mug", ("Blue", "Green"), price=900, category=cups, brand="Kiln")
    a_vessel("Bowl", ("Blue",), price=2000, category=table, brand="Møller")
    a_vessel("Plate", ("Red",), price=2499, category=table, brand="Kiln", units=0)
    a_vessel("Pot", ("Green", "Red"), price=4000, category=garden, brand="Møller")


def counts(page: Document, name: str) -> dict[str, int]:
    """The boxes of a facet with what they would show."""
    found = {}
    for label in page.all("label.facet"):
        box, tally = label.find("input"), label.findall("span")[-1]
        if box is not None and box.get("name") == name:
            found[str(box.get("value"))] = int(tally.text or "")
    return found


def chips(page: Document) -> list[str]:
    return page.texts(".chosen .button")


def test_a_choice_narrows_the_list_and_counts_the_others_anew(client: InspectingClient) -> None:
    page = client.see("/products?colour=blue")
    assert sorted(page.texts(TITLES)) == ["Bowl", "Mug"]
    assert page.text("#results [role='status']") == "2 products"
    assert counts(page, "brand") == {"kiln": 1, "moller": 1}
    assert counts(page, "colour") == {"blue": 2, "green": 2, "red": 2}, "one's own choice does not count"
    assert counts(page, "in_stock") == {"1": 2}


def test_values_of_a_facet_add_up_and_facets_narrow(client: InspectingClient) -> None:
    both = client.see("/products?colour=blue&colour=red&brand=moller")
    assert sorted(both.texts(TITLES)) == ["Bowl", "Pot"]
    assert counts(both, "colour") == {"blue": 1, "green": 1, "red": 1}
    assert counts(both, "brand") == {"kiln": 2, "moller": 2}


def test_what_is_counted_is_what_is_shown(client: InspectingClient) -> None:
    """Each box says what ticking it alone would show, whatever else is chosen."""
    for start in ("/products?brand=kiln", "/products?in_stock=1", "/categories/table", "/search?q=pot"):
        page = client.see(start)
        for name in ("colour", "brand", "category"):
            joined = "&" if "?" in start else "?"
            for value, number in counts(page, name).items():
                if f"{name}=" not in start:
                    shown = client.see(f"{start}{joined}{name}={value}").texts(TITLES)
                    assert len(shown) == number, f"{start} {name}={value}"


def test_shelves_are_chosen_by_the_address_of_their_page(client: InspectingClient) -> None:
    page = client.see("/products?category=table&category=garden")
    assert len(page.texts(TITLES)) == 4
    assert counts(page, "category") == {"table": 3, "garden": 1}
    below = client.see("/categories/table")
    assert counts(below, "category") == {}, "one shelf alone is no choice"
    assert client.see("/categories/table?category=cups").texts(TITLES) == ["Mug"]


def test_a_shelf_and_the_shelf_on_it_are_no_choice_between_two(client: InspectingClient) -> None:
    a_vessel("Glass", ("Clear",), category=a_category("Glasses", parent=None))
    assert sorted(client.see("/categories/table?colour=blue").texts(TITLES)) == ["Bowl", "Mug"]


def test_prices_are_ranges_with_both_ends(client: InspectingClient) -> None:
    page = client.see("/products")
    ranges = {
        link.get("href"): text for link, text in zip(page.all("a.facet"), page.texts("a.facet"), strict=True)
    }
    assert ranges == {
        "/products?price=-9.99": "under €10.00 1",
        "/products?price=10.00-24.99": "€10.00 to €25.00 2",
        "/products?price=25.00-49.99": "€25.00 to €50.00 1",
    }
    cheap = client.see("/products?price=10.00-24.99")
    assert sorted(cheap.texts(TITLES)) == ["Bowl", "Plate"]
    assert cheap.texts("a.facet[aria-current]") == ["€10.00 to €25.00 2"]
    assert len(cheap.all("a.facet")) == 3, "the others can still be seen"
    assert sorted(client.see("/products?price=8-21").texts(TITLES)) == ["Bowl", "Mug"]


def test_chips_lead_back_one_step_or_all_the_way(client: InspectingClient) -> None:
    page = client.see("/search?q=kiln&colour=blue&price=-9.99&in_stock=1&sort=price")
    assert chips(page) == ["Remove Colour: Blue ×", "Remove Price: up to 9.99 ×", "Remove In stock ×"]
    assert [chip.get("href") for chip in page.all(".chosen a")] == [
        "/search?q=kiln&price=-9.99&in_stock=1&sort=price",
        "/search?q=kiln&colour=blue&in_stock=1&sort=price",
        "/search?q=kiln&colour=blue&price=-9.99&sort=price",
        "/search?q=kiln&sort=price",
    ]


def test_parameters_of_other_peoples_links_change_nothing(client: InspectingClient) -> None:
    page = client.see("/products?utm_source=letter&fbclid=x&colour=blue")
    assert len(page.texts(TITLES)) == 2
    assert "utm_source" not in str(page.one(".chosen a").get("href"))
    assert not page.all("#results .notice")


def test_a_value_nothing_has_is_said_and_left_out(client: InspectingClient) -> None:
    page = client.see("/products?colour=mauve")
    assert len(page.texts(TITLES)) == 4
    assert "Nothing here is “mauve”" in page.text("#results .notice")


def test_choices_that_nothing_fits_can_be_undone(client: InspectingClient) -> None:
    page = client.see("/products?colour=blue&brand=kiln&price=100-")
    assert "Nothing here fits." in page.text("#results")
    assert chips(page)
    assert page.all("#results .empty a")[0].get("href") == "/products"
    assert page.texts("#results .empty nav a") == ["Garden", "Table"]
    assert page.texts("#results h3"), "and there is something to look at"


def test_the_form_says_the_same_as_its_links(client: InspectingClient) -> None:
    page = client.see("/products?brand=kiln")
    answer = client.submit(page, "Show", **{"colour": "blue", "from": "", "to": "10"})
    assert answer.headers["Location"] == "/products?brand=kiln&colour=blue&price=-10"
    assert client.follow(answer).document.texts(TITLES) == ["Mug"]


def test_a_list_goes_on_within_its_choices(client: InspectingClient) -> None:
    for number in range(30):
        a_vessel(f"Cup {number:02}", ("White",))
    page = client.see("/products?colour=white&sort=name")
    following = client.see(str(page.one("a[rel='next']").get("href")))
    assert len({*page.texts(TITLES), *following.texts(TITLES)}) == 30
    assert following.text("#results [role='status']") == "30 products – the next ones"


def test_htmx_gets_the_filters_with_their_list(client: InspectingClient) -> None:
    for address in ("/products?colour=blue&colour=red", "/search?q=nothing", "/categories/table?price=5-"):
        assert_fragment_is_part_of_page(client, address, "#found")


@pytest.mark.parametrize(
    "query",
    [
        "colour=%00",
        "%00=blue",
        "colour=",
        "=blue",
        "colour=" + "x" * 5000,
        "&".join(f"a{n}=b" for n in range(300)),
    ],
)
def test_whatever_stands_in_an_address_is_no_error(client: InspectingClient, query: str) -> None:
    assert len(client.see(f"/products?{query}").texts(TITLES)) == 4


def a_coat(title: str, units: dict[tuple[str, str], int]) -> Product:
    coat = a_product(title, option_names=["Colour", "Size"])
    for choice, number in units.items():
        stocked(a_variant(coat, options=list(choice), price=9000), number)
    return coat


def test_blue_and_in_stock_means_a_blue_one_in_stock(client: InspectingClient) -> None:
    a_coat("Parka", {("Blue", "S"): 0, ("Blue", "M"): 0, ("Green", "S"): 2})
    a_coat("Duffle", {("Blue", "S"): 0, ("Blue", "M"): 1, ("Blue", "L"): 1, ("Red", "M"): 0})
    blue = client.see("/products?colour=blue")
    assert sorted(blue.texts(TITLES)) == ["Bowl", "Duffle", "Mug", "Parka"]
    assert counts(blue, "in_stock") == {"1": 3}, "what ticking it would show"
    page = client.see("/products?colour=blue&in_stock=1")
    assert sorted(page.texts(TITLES)) == ["Bowl", "Duffle", "Mug"]
    assert page.text("#results [role='status']") == "3 products"
    assert counts(page, "colour") == {"blue": 3, "green": 3, "red": 1}
    assert counts(page, "size") == {"l": 1, "m": 1}, "no small one is left in blue"
    either = client.see("/products?colour=blue&colour=red&in_stock=1&sort=name")
    assert either.texts(TITLES) == ["Bowl", "Duffle", "Mug", "Pot"]
    assert client.see("/products?colour=red&in_stock=1&sort=price").texts(TITLES) == ["Pot"]


def test_two_options_and_in_stock_ask_each_for_itself(client: InspectingClient) -> None:
    """Blue is left in M and S is left in green: both are said to be there, a small blue one is not."""
    a_coat("Anorak", {("Blue", "S"): 0, ("Blue", "M"): 1, ("Green", "S"): 1})
    assert client.see("/products?colour=blue&size=s&in_stock=1").texts(TITLES) == ["Anorak"]
