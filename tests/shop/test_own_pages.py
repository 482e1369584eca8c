"""The merchant's own words on the pages of the shop, with the shop's facts in them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storefront.platform import db
from storefront.shop import queries
from storefront.shop.actions import describe_shop
from storefront.shop.commands import page as command
from storefront.shop.filling import fill, literal
from storefront.shop.refusals import BadFact
from storefront.shop.writing import restore_page, write_page
from tests.inspecting import InspectingClient

OURS = ("about", "contact", "delivery", "returns", "terms", "privacy", "imprint")


def test_what_charlie_writes_stands_in_the_place_of_ours(client: InspectingClient) -> None:
    write_page(
        "returns", "Sent back", "Thirty days.", "# How\n\nWrite to **{{name}}**: {{email}}.\n\n{{address}}"
    )
    page = client.see("/pages/returns")
    assert (page.text("h1"), page.text(".lede"), page.text("main h2")) == ("Sent back", "Thirty days.", "How")
    assert "Write to Kiln & Common: hello@kiln.example." in page.text(".prose")
    assert page.one(".prose a").get("href") == "mailto:hello@kiln.example"
    assert "Töpferweg 4 01099 Dresden Germany" in page.text(".prose")
    assert "Sent back" in page.texts("footer a")
    restore_page("returns")
    assert client.see("/pages/returns").text("h1") == "Returns"


def test_a_page_of_its_own_is_in_every_footer_and_in_the_sitemap(client: InspectingClient) -> None:
    write_page("size-guide", "Sizes", "What fits.", "Measure twice.")
    assert client.see("/").texts("footer a")[-1] == "Sizes"
    assert client.see("/pages/size-guide").text(".prose") == "Measure twice."
    assert "/pages/size-guide</loc>" in client.get("/sitemap-pages.xml").text
    restore_page("size-guide")
    assert client.get("/pages/size-guide").status_code == 404


def test_a_page_is_written_again_and_counted(database: None) -> None:
    for title in ("One", "Two"):
        write_page("about", title, "Said.", "Words.")
    page = queries.page("about")
    assert page is not None
    assert (page.title, page.version) == ("Two", 2)


def test_nothing_in_a_page_or_in_a_fact_can_do_harm(client: InspectingClient) -> None:
    describe_shop(legal_name="<b>*A* {{email}}</b>", email="")
    harm = "<script>alert(1)</script>\n\n[on](javascript:alert(1)) {{unknown}}\n\n# {{legal_name}}"
    write_page("about", "<i>Us</i>", "Said <b>so</b>.", harm)
    page = client.see("/pages/about")
    assert page.text("h1") == "<i>Us</i>"
    assert page.text(".prose h2") == "<b>*A* {{email}}</b>"
    assert "{{unknown}}" in page.text(".prose")
    assert not page.all(".prose a[href]")
    assert not page.all(".prose script")


def test_a_shop_without_facts_says_less(client: InspectingClient) -> None:
    describe_shop(email="", phone="", vat_id="", opening_hours="", delivery_countries=[])
    for name in OURS:
        text = client.see(f"/pages/{name}").text(".prose")
        assert "{{" not in text
        assert "None" not in text


@pytest.mark.parametrize(
    ("name", "title", "body"),
    [
        ("../x", "X", "x"),
        ("A", "X", "x"),
        ("x" * 61, "X", "x"),
        ("x", " ", "x"),
        ("x", "X", ""),
        ("x", "X", "a\0b"),
    ],
)
def test_what_is_no_page_is_refused(database: None, name: str, title: str, body: str) -> None:
    with pytest.raises(BadFact):
        write_page(name, title, "Said.", body)


def test_facts_are_put_in_once_and_mean_themselves() -> None:
    assert fill("{{ a }}{{b}} {{c}}", {"a": "{{b}}", "b": "2"}) == "{{b}}2 {{c}}"
    assert literal("*a*\n\n b_") == "\\*a\\*\\\nb\\_"


def said(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_a_page_is_printed_edited_and_written_by_the_command(database: None, tmp_path: Path) -> None:
    ours = said("terms").output
    assert ours.startswith("# Terms\n\n> What holds when you order from us.\n\n## Whom you buy from")
    file = tmp_path / "terms.md"
    file.write_text(ours.replace("# Terms", "# Our terms", 1).replace("{{transfer}}", "Pay soon."))
    written = said("terms", str(file))
    assert written.exit_code == 0, written.output
    assert "# Our terms" in written.output
    assert "Pay soon." in written.output
    db.release()
    assert "# Terms" in said("terms", "--ours").output


def test_a_file_without_title_and_a_page_that_is_not_there_are_refused(
    database: None, tmp_path: Path
) -> None:
    file = tmp_path / "bare.md"
    file.write_text("Just words.")
    assert isinstance(said("terms", str(file)).exception, BadFact)
    file.write_text("")
    assert isinstance(said("terms", str(file)).exception, BadFact)
    answer = said("none")
    assert answer.exit_code == 2
    assert "about, contact" in answer.output
