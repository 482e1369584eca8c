"""What search engines and messengers are told of the shop's pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from storefront.catalog.models import Category, Image, Product
from storefront.catalog.structured import gtin
from storefront.platform import db
from tests.characters import a_category, a_kettle, a_product, a_variant, stocked
from tests.documents import Document
from tests.inspecting import InspectingClient

HERE = "http://localhost"


def head_of(page: Document) -> dict[str, str]:
    """The head's meta elements and its canonical address."""
    found = {
        element.get("property") or element.get("name") or "": element.get("content", "")
        for element in page.all("meta[content]")
    }
    return found | {"canonical": page.one("link[rel='canonical']").get("href", "")}


def all_facts(page: Document) -> list[dict[str, Any]]:
    """The page's JSON-LD."""
    script = page.one("script[type='application/ld+json']")
    found: list[dict[str, Any]] = json.loads("".join(script.itertext()))
    return found


def facts(page: Document) -> dict[str, dict[str, Any]]:
    """The same by type, for types that are there once."""
    return {fact["@type"]: fact for fact in all_facts(page)}


def choices(page: Document) -> dict[str, dict[str, Any]]:
    """The choices of a product by SKU."""
    return {fact["sku"]: fact for fact in all_facts(page) if fact["@type"] == "Product"}


@pytest.fixture
def tea(database: None) -> Category:
    return a_category("Tea", slug="tea", parent=a_category("Kitchen"))


@pytest.fixture
def vase(tea: Category) -> Product:
    """Teal in two sizes, the large one sold out; rose in one; a picture of each colour and one of all."""
    vase = a_product("Vase", slug="vase", option_names=["Colour", "Height"], category=tea, brand="Kiln")
    small = stocked(a_variant(vase, sku="T-S", price=2000, options=["Teal", "Small"]), 9)
    a_variant(vase, sku="T-L", price=3050, compare_at=3500, options=["Teal", "Large"])
    rose = stocked(a_variant(vase, sku="R-S", price=2100, options=["Rose", "Small"]), 1)
    with db.transaction() as session:
        session.add_all(
            Image(product_id=vase.id, file=file, alt=alt, variant_id=of, width=40, height=50, position=at)
            for at, (file, alt, of) in enumerate(
                [("all.webp", "", None), ("teal.webp", "Teal vase", small.id), ("rose.webp", "", rose.id)]
            )
        )
    return vase


def test_every_choice_of_a_product_is_told_with_price_and_stock(
    client: InspectingClient, vase: Product
) -> None:
    page = client.see("/products/vase")
    group, sold = facts(page)["ProductGroup"], choices(page)
    assert (group["name"], group["productGroupID"], group["url"]) == ("Vase", "vase", f"{HERE}/products/vase")
    assert group["variesBy"] == ["https://schema.org/color", "Height"]
    assert group["brand"] == {"@type": "Brand", "name": "Kiln"}
    assert sold["T-L"]["offers"] == {
        "@type": "Offer",
        "url": f"{HERE}/products/vase?variant=T-L",
        "price": "30.50",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/OutOfStock",
    }
    assert sold["R-S"]["offers"]["availability"] == "https://schema.org/InStock"
    rose = sold["R-S"]
    assert (rose["name"], rose["color"]) == ("Vase – Rose / Small", "Rose")
    assert rose["additionalProperty"] == [{"@type": "PropertyValue", "name": "Height", "value": "Small"}]
    assert {one["isVariantOf"]["@id"] for one in sold.values()} == {group["@id"]}


def test_each_choice_is_told_with_its_own_pictures(client: InspectingClient, vase: Product) -> None:
    sold = choices(client.see("/products/vase?variant=R-S"))
    assert {sku: one["image"] for sku, one in sold.items()} == {
        "T-S": [f"{HERE}/media/teal.webp"],
        "T-L": [f"{HERE}/media/teal.webp"],
        "R-S": [f"{HERE}/media/rose.webp"],
    }


def test_a_thing_without_choices_is_told_as_one(client: InspectingClient) -> None:
    stocked(a_variant(a_product("Kettle", slug="kettle", brand=""), sku="K/1 ä", price=4800), 1)
    one = facts(client.see("/products/kettle"))["Product"]
    assert (one["name"], one["sku"], one["description"]) == ("Kettle", "K/1 ä", "Made by hand.")
    assert one["offers"]["price"] == "48.00"
    assert client.get(one["offers"]["url"].removeprefix(HERE)).status_code == 200
    assert not {"brand", "image", "gtin", "additionalProperty"} & one.keys()


def test_a_choice_is_the_same_page_as_its_product(client: InspectingClient, vase: Product) -> None:
    page = client.see("/products/vase?variant=R-S&utm_source=mail")
    head = head_of(page)
    assert head["canonical"] == head["og:url"] == f"{HERE}/products/vase"
    assert (head["og:type"], head["og:title"], head["og:site_name"]) == ("product", "Vase", "Kiln & Common")
    assert head["description"] == head["og:description"] == "Made by hand."
    assert (head["og:image"], head["og:image:width"]) == (f"{HERE}/media/rose.webp", "40")
    assert "robots" not in head


def test_the_path_to_a_product_is_told(client: InspectingClient, vase: Product) -> None:
    steps = facts(client.see("/products/vase"))["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"].removeprefix(HERE)) for step in steps] == [
        (1, "Shop", "/"),
        (2, "Kitchen", "/categories/kitchen"),
        (3, "Tea", "/categories/tea"),
        (4, "Vase", "/products/vase"),
    ]


def test_a_list_is_told_with_what_stands_in_it(client: InspectingClient, vase: Product) -> None:
    page = client.see("/categories/tea")
    items = facts(page)["ItemList"]["itemListElement"]
    assert items == [{"@type": "ListItem", "position": 1, "url": f"{HERE}/products/vase"}]
    head = head_of(page)
    assert head["description"] == "Tea at Kiln & Common: Vase"
    assert head["og:image"] == f"{HERE}/media/all.webp"


def test_the_shop_is_told_with_its_search_and_its_merchant(client: InspectingClient, tea: Category) -> None:
    a_kettle(title="Kettle")
    page = client.see("/")
    found = facts(page)
    target = found["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == f"{HERE}/search?q={{words}}"
    assert client.see(target.removeprefix(HERE).format(words="kettle")).texts("#results h2") == ["Kettle"]
    merchant = found["OnlineStore"]
    assert (merchant["name"], merchant["legalName"]) == ("Kiln & Common", "Kiln & Common GmbH")
    assert merchant["address"]["addressCountry"] == "DE"
    assert client.get(merchant["logo"].removeprefix(HERE)).mimetype == "image/png"
    assert head_of(page)["description"] == "Kiln & Common: Kitchen"


def test_pages_of_the_shop_itself_are_told_too(client: InspectingClient) -> None:
    page = client.see("/pages/returns")
    assert head_of(page)["canonical"] == f"{HERE}/pages/returns"
    assert head_of(page)["description"].startswith("Kiln & Common: What to do when something is broken")
    assert "OnlineStore" in facts(page)


@pytest.mark.parametrize(
    ("asked", "canonical", "listed"),
    [
        ("/products", "/products", True),
        ("/products?utm_source=x", "/products", True),
        ("/products?sort=price", "/products", True),
        ("/products?in_stock=1", "/products?in_stock=1", False),
        ("/products?price=10-50&sort=name", "/products?price=10-50", False),
        ("/search", "/search", False),
        ("/search?q=vase", "/search?q=vase", False),
        ("/categories/tea?after=nonsense", "/categories/tea", True),
    ],
)
def test_each_content_has_one_address_and_endless_lists_are_not_listed(
    client: InspectingClient, vase: Product, asked: str, canonical: str, listed: bool
) -> None:
    head = head_of(client.see(asked))
    assert head["canonical"].removeprefix(HERE) == canonical
    assert (head.get("robots") != "noindex") is listed


def test_the_next_part_of_a_list_has_an_address_of_its_own(client: InspectingClient) -> None:
    for number in range(25):
        stocked(a_variant(a_product(f"Cup {number}")), 1)
    for asked in ("/products", "/products?sort=price"):
        more = client.see(asked).one("a[rel='next']").get("href", "")
        alone = "/products" if "sort" in asked else more
        assert head_of(client.see(more))["canonical"].removeprefix(HERE) == alone


def test_people_know_the_shop_by_the_address_that_the_operator_named(
    client: InspectingClient, vase: Product, told: Callable[..., None]
) -> None:
    told(base_url="https://kiln.example")
    page = client.see("/products/vase")
    assert page.one("link[rel='canonical']").get("href") == "https://kiln.example/products/vase"
    assert choices(page)["T-S"]["offers"]["url"] == "https://kiln.example/products/vase?variant=T-S"


def test_what_merchants_write_cannot_leave_the_script(client: InspectingClient) -> None:
    harm = "</script><script>alert(1)</script><!--"
    stocked(a_variant(a_product(f"Pot {harm}", slug="pot", brand=harm, description=f"`{harm}`")), 1)
    answer = client.get("/products/pot")
    assert b"<script>alert" not in answer.data
    one = facts(answer.document)["Product"]
    assert one["name"] == f"Pot {harm}"
    assert one["brand"]["name"] == harm


def test_what_belongs_to_one_visitor_is_not_listed(client: InspectingClient) -> None:
    empty = client.see("/cart")
    assert empty.one("meta[name='robots']").get("content") == "noindex"
    assert not empty.all("link[rel='canonical']")


@pytest.mark.parametrize(
    ("barcode", "known"),
    [
        ("4006381333931", "4006381333931"),
        ("036000291452", "036000291452"),
        ("96385074", "96385074"),
        ("4006381333932", ""),
        ("2004000000013", ""),
        ("200400000001", ""),
        ("", ""),
        ("KILN-1", ""),
    ],
)
def test_only_barcodes_of_the_whole_world_are_told(barcode: str, known: str) -> None:
    assert gtin(barcode) == known
