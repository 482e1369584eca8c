"""What makes the shop the merchant's own: a welcome, a logo, and colours that choices have."""

from io import BytesIO
from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from storefront.catalog.commands import colours as colours_command
from storefront.platform import db
from storefront.shop.actions import describe_shop
from storefront.shop.commands import logo as logo_command
from tests.characters import a_product, a_variant, stocked
from tests.inspecting import InspectingClient


def a_logo(folder: Path) -> Path:
    content = BytesIO()
    Image.new("RGBA", (300, 80), (0, 0, 0, 0)).save(content, "PNG")
    file = folder / "logo.png"
    file.write_bytes(content.getvalue())
    return file


def test_a_logo_stands_where_the_name_stood(client: InspectingClient, tmp_path: Path) -> None:
    assert CliRunner().invoke(logo_command, [str(a_logo(tmp_path))]).exit_code == 0
    sign = client.see("/").one(".top .brand img")
    assert (sign.get("alt"), sign.get("width"), sign.get("height")) == ("Kiln & Common", "300", "80")
    picture = client.get(sign.get("src", ""))
    assert picture.mimetype == "image/webp"
    picture.close()
    assert CliRunner().invoke(logo_command).exit_code == 0
    assert client.see("/").text(".top .brand") == "Kiln & Common"


def test_the_welcome_stands_large_on_the_first_page(client: InspectingClient) -> None:
    assert client.see("/").text("h1") == "Kiln & Common"
    describe_shop(welcome="Come in.")
    assert client.see("/").text("h1") == "Come in."


def colours(*changes: str) -> str:
    answer = CliRunner().invoke(colours_command, changes)
    db.release()
    return answer.output


def test_choices_show_the_colours_that_their_names_have(client: InspectingClient) -> None:
    vase = a_product("Vase", slug="vase", option_names=["Glaze", "Size"])
    for glaze in ("Teal", "Oat"):
        for size in ("Small", "Large"):
            stocked(a_variant(vase, options=[glaze, size]), 3)
    assert "teal = #2b7a78\n" in colours("Teal=#2B7A78", "oat=#e2d5bd", "moss=#76815a")
    page = client.see("/products/vase")
    assert [dab.get("fill") for dab in page.all(".chip [fill]")] == ["#2b7a78", "#e2d5bd"]
    assert page.texts(".chip") == ["Teal", "Oat", "Small", "Large"]
    card = client.see("/products")
    assert [dab.get("fill") for dab in card.all(".dabs [fill]")] == ["#2b7a78", "#e2d5bd"]
    assert card.text(".card .colours") == "Teal, Oat"
    assert "teal" not in colours("TEAL=")
    assert client.see("/products").text(".card .colours") == "Oat"


def test_what_is_no_colour_is_refused(database: None) -> None:
    for change in ("teal=red", "teal=#12345", "=#123456", "teal=#1234567"):
        assert "is no NAME=#RRGGBB" in colours(change)
