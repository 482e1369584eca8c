"""Staff build the tree of shelves, let old addresses lead on, and look after searches."""

from collections.abc import Iterator

import pytest

from storefront.catalog.models import Category
from storefront.catalog.redirects.actions import forget_redirect, set_redirect
from storefront.catalog.refusals import BadWish
from storefront.catalog.searching import queries
from storefront.catalog.searching.actions import count_missed
from storefront.platform import db
from storefront.platform.acting import acting_as
from tests.catalog.editing import CHARLIE, a_jug, a_shelf, log, troubles
from tests.inspecting import InspectingClient
from tests.people import staff


@pytest.fixture(autouse=True)
def _charlie(client: InspectingClient) -> Iterator[None]:
    staff(client, "catalogue")
    with acting_as(CHARLIE, "request-1"):
        yield
    assert troubles() == []


def shelf(title: str) -> Category:
    db.release()
    return db.session.query(Category).filter_by(title=title).one()


def test_the_tree_is_built(client: InspectingClient) -> None:
    assert "There is no shelf yet" in client.get("/admin/shelves").text
    assert client.post("/admin/shelves", data={"title": "Home"}).status_code == 303
    home = shelf("Home")
    assert client.post("/admin/shelves", data={"title": "Jugs", "parent": str(home.id)}).status_code == 303
    assert client.post("/admin/shelves", data={"title": "Cups", "parent": str(home.id)}).status_code == 303
    for wrong in (
        {"title": ""},
        {"title": "Home"},
        {"title": "X", "parent": "12345"},
        {"title": "X", "slug": "a b"},
    ):
        assert client.post("/admin/shelves", data=wrong).status_code in (409, 422), wrong
    cups = shelf("Cups")
    assert client.post(f"/admin/shelves/{cups.id}/place", data={"way": "up"}).status_code == 303
    page = client.get("/admin/shelves")
    assert page.document.texts(".tree-name a.branch") == ["Home", "Cups", "Jugs"]


def test_a_shelf_is_renamed_moved_and_taken_away(client: InspectingClient) -> None:
    home, jugs = a_shelf("Home"), a_shelf("Jugs")
    a_jug(shelves=(jugs.id,))
    page = f"/admin/shelves/{jugs.id}"
    sent = {"title": "Pitchers", "slug": "", "description": "All *large*.", "version": "1"}
    assert client.post(page, data=sent).status_code == 303
    assert client.get("/categories/jugs").headers["Location"] == "/categories/pitchers"
    stale = client.post(page, data=sent | {"title": "Vases"})
    assert (stale.status_code, "Vases" in stale.text, "Pitchers" in stale.text) == (409, True, True)
    assert client.post(page, data=sent | {"title": ""}).status_code == 422
    assert client.post(page, data=sent | {"slug": "home", "version": "2"}).status_code == 409
    assert client.post(f"{page}/parent", data={"parent": str(jugs.id)}).status_code == 422
    assert client.post(f"{page}/parent", data={"parent": str(home.id)}).status_code == 303
    in_use = client.post(f"{page}/deletion", data={"to": ""})
    assert (in_use.status_code, "Something stands on this shelf" in in_use.text) == (409, True)
    assert client.post(f"{page}/deletion", data={"to": str(home.id)}).status_code == 303
    assert client.get(page).status_code == 404
    assert client.get("/categories/pitchers").headers["Location"] == "/categories/home"


def test_old_addresses_lead_on(client: InspectingClient) -> None:
    sent = {"path": "https://old.example/shop/jug.html?a=1", "target": "/products?q=jug"}
    assert client.post("/admin/redirects", data=sent).status_code == 303
    led = client.get("/shop/jug.html")
    assert (led.status_code, led.headers["Location"]) == (301, "/products?q=jug")
    assert client.post("/admin/redirects", data={"path": "/products/gone", "target": "/"}).status_code == 303
    assert client.get("/products/gone").headers["Location"] == "/"
    assert "/shop/jug.html" in client.get("/admin/redirects?q=jug").text
    assert "No address" in client.get("/admin/redirects?q=nothing").text
    assert client.post("/admin/redirects/deletion", data={"path": "/shop/jug.html"}).status_code == 303
    assert client.get("/shop/jug.html").status_code == 404
    assert not forget_redirect("/shop/jug.html")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("nothing", "/"),
        ("/a", "//evil.example/"),
        ("/a", "data:text/html,x"),
        ("/a", "https://evil.example/x"),
        ("/a", "/a"),
        ("/a", "/a?b=1"),
        ("/admin/products", "/"),
        ("/a b", "/"),
        ("/a", "/\\evil.example"),
        ("http://[", "/"),
        ("/" + "x" * 600, "/"),
    ],
)
def test_what_leads_astray_is_refused(client: InspectingClient, path: str, target: str) -> None:
    answer = client.post("/admin/redirects", data={"path": path, "target": target})
    assert answer.status_code == 422
    with pytest.raises(BadWish):
        set_redirect(path, target)


def test_words_that_mean_the_same(client: InspectingClient) -> None:
    a_jug(title="Pitcher")
    count_missed("ewer")
    assert "ewer" in client.get("/admin/searches?days=7").text
    assert client.post("/admin/searches/synonyms", data={"phrases": "Ewer, pitcher"}).status_code == 303
    assert queries.synonyms() == [("ewer", "pitcher")]
    assert "/products/pitcher" in client.get("/search?q=ewer").text
    for wrong in ("alone", "", "a" * 101 + ", b"):
        assert client.post("/admin/searches/synonyms", data={"phrases": wrong}).status_code == 422
    sent = {"words": "ewer", "others": "pitcher"}
    assert client.post("/admin/searches/synonyms/deletion", data=sent).status_code == 303
    assert queries.synonyms() == []
    assert [entry.subject for entry in log()][-2:] == ["synonyms", "synonyms"]


def test_pages_are_written_and_given_back(client: InspectingClient) -> None:
    assert "ours" in client.get("/admin/pages").text
    sent = {
        "name": "our-story",
        "title": "Our story",
        "summary": "How it began.",
        "body": "It *began*.",
        "version": "0",
    }
    seen = client.post("/admin/pages/new", data=sent | {"preview": "1"})
    assert "<em>began</em>" in seen.text
    assert client.post("/admin/pages/new", data=sent).status_code == 303
    assert "<em>began</em>" in client.get("/pages/our-story").text
    assert client.post("/admin/pages/new", data=sent).status_code == 409
    for wrong in ({"name": "Our Story"}, {"title": ""}, {"body": " "}):
        assert client.post("/admin/pages/new", data=sent | wrong).status_code == 422
    page = "/admin/pages/our-story"
    assert 'value="1"' in client.get(page).text
    assert client.post(page, data=sent | {"version": "1", "title": "Ours"}).status_code == 303
    stale = client.post(page, data=sent | {"version": "1", "title": "Mine"})
    assert (stale.status_code, "Ours" in stale.text, "Mine" in stale.text) == (409, True, True)
    assert client.post(f"{page}/restoring").status_code == 303
    assert client.get(page).status_code == 404
    assert client.post(page, data=sent).status_code == 404
    assert client.get("/admin/pages/about").status_code == 200


def test_a_long_list_of_redirects_goes_on(client: InspectingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storefront.catalog.redirects.queries.PAGE", 2)
    for name in "abc":
        set_redirect(f"/{name}", "/products")
    page = client.get("/admin/redirects")
    assert page.document.texts("tbody th") == ["/a", "/b"]
    following = next(a.get("href", "") for a in page.document.all("a[rel='next']"))
    assert client.get(following).document.texts("tbody th") == ["/c"]
    assert client.post("/admin/redirects", data={"path": "/a", "target": "/search"}).status_code == 303
    assert client.get("/a").headers["Location"] == "/search"
