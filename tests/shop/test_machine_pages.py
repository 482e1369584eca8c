"""What programs ask every site for, and what browsers are told to expect."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from storefront.platform import ROOT, clock
from storefront.shop.actions import describe_shop
from tests.inspecting import Answer, InspectingClient


def fields(answer: Answer) -> dict[str, str]:
    """The lines of a document that says `Name: value`."""
    return dict(line.split(": ", 1) for line in answer.get_data(as_text=True).splitlines() if line)


def test_crawlers_find_the_sitemap_and_are_kept_out_of_endless_lists(client: InspectingClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /search", "Disallow: /*?*&", "Sitemap: http://localhost/sitemap.xml"} <= set(lines)
    assert not [line for line in lines if line.startswith(("Disallow: /products", "Disallow: /orders"))]


def test_whole_addresses_are_those_the_operator_named(
    client: InspectingClient, told: Callable[..., None]
) -> None:
    told(base_url="https://kiln.example/")
    assert fields(client.get("/robots.txt"))["Sitemap"] == "https://kiln.example/sitemap.xml"


def test_who_finds_a_hole_knows_whom_to_tell(client: InspectingClient) -> None:
    said = fields(client.get("/.well-known/security.txt"))
    assert said["Contact"] == "mailto:hello@kiln.example"
    assert said["Canonical"] == "http://localhost/.well-known/security.txt"
    ends = datetime.fromisoformat(said["Expires"]).astimezone(UTC)
    assert timedelta(days=170) < ends - clock.now() < timedelta(days=365)
    describe_shop(email="security+holes@kiln.example")
    moved = fields(client.get("/.well-known/security.txt"))
    assert moved["Contact"] == "mailto:security+holes@kiln.example"


def test_the_icon_is_where_programs_look_first(client: InspectingClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.data == (ROOT / "static/img/favicon.ico").read_bytes()
    assert "public" in answer.headers["Cache-Control"]
    assert "max-age=86400" in answer.headers["Cache-Control"]


def test_on_a_phone_the_shop_has_its_name_and_its_icons(client: InspectingClient) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told = answer.get_json(force=True)
    assert (told["name"], told["start_url"], told["lang"]) == ("Kiln & Common", "/", "en")
    sheet = (ROOT / "static/site.css").read_text()
    assert f"--paper: light-dark({told['background_color']}," in sheet
    for icon in told["icons"]:
        assert client.get(icon["src"]).status_code == 200
        if icon["sizes"] != "any":
            with Image.open(ROOT / icon["src"].partition("?")[0][1:]) as picture:
                assert icon["sizes"] == f"{picture.width}x{picture.height}"


def test_pages_say_where_the_manifest_is(client: InspectingClient) -> None:
    for address in ("/", "/products", "/none"):
        assert client.get(address).document.one("link[rel='manifest']").get("href") == "/manifest.webmanifest"


def test_browsers_may_fetch_ahead_what_is_public_and_nothing_else(client: InspectingClient) -> None:
    answer = client.get("/speculation-rules.json")
    assert answer.mimetype == "application/speculationrules+json"
    (rule,) = json.loads(answer.data)["prefetch"]
    patterns = rule["where"]["and"][0]["href_matches"]

    def ahead(address: str) -> bool:
        return any(re.fullmatch(pattern.replace("*", ".*"), address) for pattern in patterns)

    assert all(map(ahead, ("/", "/products", "/products/vase", "/categories/tea", "/pages/delivery")))
    assert not any(
        map(ahead, ("/cart", "/checkout", "/orders/x", "/search", "/account", "/admin/", "/api/v1"))
    )


def test_pages_that_were_found_name_the_rules(client: InspectingClient) -> None:
    assert client.get("/").headers["Speculation-Rules"] == '"/speculation-rules.json"'
    assert client.get("/cart").headers["Speculation-Rules"] == '"/speculation-rules.json"'
    for answer in (client.get("/none"), client.fragment("/products"), client.get("/robots.txt")):
        assert "Speculation-Rules" not in answer.headers


@pytest.mark.parametrize(
    "address",
    ["/robots.txt", "/.well-known/security.txt", "/manifest.webmanifest", "/speculation-rules.json"],
)
def test_documents_are_kept_and_asked_for_by_their_tag(client: InspectingClient, address: str) -> None:
    answer = client.get(address)
    assert re.search(r"public, max-age=\d+", answer.headers["Cache-Control"])
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
