"""The page of a product: its choices, its price, its stock and its former addresses."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import insert, select

from storefront.catalog.models import FormerSlug, Image, Product, Variant
from storefront.config import Settings
from storefront.platform import clock, db
from tests.characters import a_category, a_kettle, a_product, a_variant, stocked
from tests.counting import Statements
from tests.inspecting import InspectingClient

Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def vase(database: None) -> Product:
    """Teal in two sizes, the large one sold out; rose only small."""
    vase = a_product("Vase", slug="vase", option_names=["Glaze", "Size"])
    stocked(a_variant(vase, sku="T-S", price=2000, options=["Teal", "Small"]), 9)
    stocked(a_variant(vase, sku="T-L", price=3000, compare_at=3500, options=["Teal", "Large"]), 0)
    stocked(a_variant(vase, sku="R-S", price=2100, options=["Rose", "Small"]), 1)
    return vase


def test_the_first_choice_that_can_be_had_is_shown(client: InspectingClient, vase: Product) -> None:
    page = client.see("/products/vase")
    assert page.texts("legend") == ["Glaze", "Size"]
    assert page.texts(".chip") == ["Teal", "Rose", "Small", "Large – sold out"]
    assert "€20.00" in page.text(".title-block")
    assert "In stock" in page.text(".title-block")
    assert "incl. tax, plus delivery" in page.text(".title-block")
    assert page.one(".title-block a").get("href") == "/pages/delivery"


def test_each_choice_has_its_own_address(client: InspectingClient, vase: Product) -> None:
    rose = client.see("/products/vase?variant=R-S")
    assert "€21.00 incl. tax, plus delivery Only one left" in rose.text(".title-block")
    assert rose.texts(".chip") == ["Teal", "Rose", "Small", "Large – not in Rose"]
    large = client.see("/products/vase?variant=T-L")
    assert "Now €30.00 was €35.00" in large.text(".title-block")
    assert "Sold out" in large.text(".title-block")
    assert not [button for button in large.texts("main button") if button == "Add to cart"]


def test_showing_a_choice_leads_to_its_address(client: InspectingClient, vase: Product) -> None:
    answer = client.get("/products/vase?variant=T-S&choice-0=Rose&choice-1=Small")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/products/vase?variant=R-S")


def test_a_combination_that_is_not_made_follows_the_change(client: InspectingClient, vase: Product) -> None:
    to_large = client.get("/products/vase?variant=R-S&choice-0=Rose&choice-1=Large")
    assert to_large.headers["Location"] == "/products/vase?variant=T-L"
    to_rose = client.get("/products/vase?variant=T-L&choice-0=Rose&choice-1=Large")
    assert to_rose.headers["Location"] == "/products/vase?variant=R-S"
    nonsense = client.get("/products/vase?variant=T-L&choice-0=%00&choice-1=Large")
    assert nonsense.headers["Location"] == "/products/vase?variant=T-L"


def test_a_choice_that_is_gone_says_so_and_shows_another(client: InspectingClient, vase: Product) -> None:
    page = client.see("/products/vase?variant=GONE")
    assert "no longer sold" in page.text(".notice")
    assert page.one("input[name='variant']").get("value") == "T-S"


def test_the_fragment_is_the_same_region_of_the_page(client: InspectingClient, vase: Product) -> None:
    for address in ("/products/vase", "/products/vase?variant=T-L", "/products/vase?variant=GONE"):
        assert client.fragment(address).document.text("#product") == client.see(address).text("#product")


def test_a_product_costs_six_statements_however_many_choices(
    client: InspectingClient, count_queries: Counting
) -> None:
    shelf = a_category("Tea", parent=a_category("Kitchen"))
    kettle = a_product("Kettle", slug="kettle", option_names=["Size"], category=shelf)
    for size in range(20):
        stocked(a_variant(kettle, options=[f"{size} l"]), 1)
        stocked(a_variant(a_product(category=shelf)), 1)
    with count_queries() as asked:
        page = client.see("/products/kettle")
    asked.at_most(6)
    assert page.text(".crumbs") == "Shop Kitchen Tea Kettle"


def test_pictures_of_the_choice_come_first(client: InspectingClient, vase: Product) -> None:
    rose = db.session.scalars(select(Variant.id).where(Variant.sku == "R-S")).one()
    with db.transaction() as session:
        session.add_all(
            Image(product_id=vase.id, file=file, alt=alt, variant_id=of, width=40, height=50, position=at)
            for at, (file, alt, of) in enumerate([("a.jpg", "", None), ("b.jpg", "Rose glaze", rose)])
        )
        session.add(Image(product_id=vase.id, source="https://elsewhere.example/c.jpg"))
    shown = client.see("/products/vase?variant=R-S").all(".views img")
    assert [(image.get("src"), image.get("alt")) for image in shown] == [
        ("/media/b.jpg", "Rose glaze"),
        ("/media/a.jpg", "Vase"),
    ]


def test_the_merchants_markdown_fits_into_the_page(client: InspectingClient) -> None:
    harm = "<script>alert(1)</script>\n\n[on](javascript:alert(1)) ![p](https://x.example/p.png)"
    text = f"# Big\n\n#### Deep\n\n{harm} [off](https://x.example)"
    stocked(a_variant(a_product("Pot", slug="pot", description=text)), 1)
    page = client.see("/products/pot")
    assert page.texts(".prose h3") == ["Big"]
    assert page.texts(".prose h4") == ["Deep"]
    assert "<script>alert(1)</script>" in page.text(".prose")
    assert [link.get("href") for link in page.all(".prose a")] == ["https://x.example"]
    assert not page.all(".prose img")


def test_former_addresses_lead_on_for_good(client: InspectingClient) -> None:
    shelf = a_category("Tea")
    kettle = a_kettle()
    with db.transaction() as session:
        slug = session.get_one(Product, kettle.product_id).slug
        moved = {"since": clock.now()}
        session.execute(
            insert(FormerSlug),
            [
                {"kind": "product", "slug": "pot", "product_id": kettle.product_id, "category_id": None}
                | moved,
                {"kind": "category", "slug": "drinks", "product_id": None, "category_id": shelf.id} | moved,
            ],
        )
    answer = client.get("/products/pot?variant=A%26B&utm=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/products/{slug}?variant=A%26B")
    assert client.get("/categories/drinks").headers["Location"] == "/categories/tea"


@pytest.mark.parametrize(
    "address",
    [
        "/products/none",
        "/products/%00",
        "/categories/none",
        "/categories/%00",
        "/media/none.jpg",
        "/media/..%2fx",
    ],
)
def test_what_is_not_here_is_a_page_that_leads_on(client: InspectingClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.document.text("h1")


def test_drafts_and_archived_products_are_not_here(client: InspectingClient) -> None:
    for status in ("draft", "archived"):
        a_variant(a_product(status, slug=status, status=status))
        assert client.get(f"/products/{status}").status_code == 404
    a_product("Bare", slug="bare")
    assert client.get("/products/bare").status_code == 404


def test_pictures_are_kept_by_browsers_for_ever(client: InspectingClient, settings: Settings) -> None:
    folder = settings.storefront_var / "media"
    folder.mkdir(exist_ok=True)
    (folder / "a.webp").write_bytes(b"RIFF")
    answer = client.get("/media/a.webp")
    assert answer.mimetype == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    answer.close()
