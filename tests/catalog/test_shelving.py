"""The tree of shelves: put up, called otherwise, moved, ordered and taken away, and nothing falls off."""

from collections.abc import Iterator

import pytest

from storefront.catalog.models import Category
from storefront.catalog.refusals import BadWish, ShelfGone, ShelfInUse, Taken
from storefront.catalog.shelves import MAX_DEPTH
from storefront.catalog.shelving import actions, tree
from storefront.catalog.shelving.actions import EditShelf, ShelfFacts
from storefront.catalog.shelving.refusals import StaleShelf
from storefront.platform import db, jobs
from storefront.platform.acting import acting_as
from storefront.platform.errors import NotFound
from tests.catalog.editing import CHARLIE, a_jug, a_shelf, product, troubles
from tests.inspecting import InspectingClient


@pytest.fixture(autouse=True)
def _charlie(database: None) -> Iterator[None]:
    with acting_as(CHARLIE, "request-1"):
        yield
        assert troubles() == []


def shelf(category_id: int) -> Category:
    db.release()
    return db.session.get_one(Category, category_id)


def titles(client: InspectingClient, slug: str) -> bool:
    """Whether the jug stands on this shelf."""
    return "/products/jug" in client.get(f"/categories/{slug}").text


def test_an_old_address_leads_to_the_new_one_and_the_new_words_are_found(client: InspectingClient) -> None:
    jugs = a_shelf("Jugs")
    a_jug(shelves=(jugs.id,))
    assert actions.edit_shelf(jugs.id, EditShelf(1, ShelfFacts("Pitchers", "pitchers", "All *large*."))) == 2
    assert client.get("/categories/jugs").headers["Location"] == "/categories/pitchers"
    assert "/products/jug" in client.get("/search?q=pitchers").text
    assert actions.edit_shelf(jugs.id, EditShelf(2, ShelfFacts("Pitchers", "pitchers", "All *large*."))) == 2


def test_who_saw_an_older_shelf_is_told_what_it_is_now() -> None:
    jugs = a_shelf("Jugs")
    actions.edit_shelf(jugs.id, EditShelf(1, ShelfFacts("Pitchers", "jugs")))
    with pytest.raises(StaleShelf) as refused:
        actions.edit_shelf(jugs.id, EditShelf(1, ShelfFacts("Vases", "jugs")))
    assert (refused.value.theirs.title, refused.value.version) == ("Pitchers", 2)
    assert "meanwhile" in refused.value.message()


def test_two_of_one_name_beside_each_other_are_refused() -> None:
    a_shelf("Jugs")
    with pytest.raises(Taken):
        a_shelf("Jugs")
    with pytest.raises(BadWish):
        a_shelf("")
    with pytest.raises(ShelfGone):
        a_shelf("Vases", parent=12345)


def test_what_stands_on_a_moved_shelf_moves_along(client: InspectingClient) -> None:
    home, garden = a_shelf("Home"), a_shelf("Garden")
    jugs = a_shelf("Jugs", home.id)
    a_jug(shelves=(jugs.id,))
    assert titles(client, "home")
    a_jug(title="Spade", shelves=(garden.id,))
    a_jug(title="Chair", shelves=(home.id,))
    actions.move_shelf(jugs.id, garden.id)
    assert (titles(client, "garden"), titles(client, "home")) == (True, False)
    assert actions.move_shelf(jugs.id, garden.id) == shelf(jugs.id).version
    actions.move_shelf(jugs.id, None)
    assert shelf(jugs.id).parent_id is None


def test_no_shelf_stands_on_itself() -> None:
    home = a_shelf("Home")
    jugs = a_shelf("Jugs", home.id)
    for target in (home.id, jugs.id):
        with pytest.raises(BadWish):
            actions.move_shelf(home.id, target)
    with pytest.raises(ShelfGone):
        actions.move_shelf(home.id, 12345)


def test_shelves_stand_only_so_deep() -> None:
    last = None
    for depth in range(MAX_DEPTH):
        last = a_shelf(f"Shelf {depth}", last).id
    with pytest.raises(BadWish):
        a_shelf("One more", last)
    tower = a_shelf("Tower")
    with pytest.raises(BadWish):
        actions.move_shelf(tower.id, last)


def test_neighbours_change_places() -> None:
    ids = [a_shelf(title).id for title in ("A", "B", "C")]
    actions.order_shelf(ids[2], -2)
    order = sorted((shelf(one).position, shelf(one).title) for one in ids)
    assert [title for _position, title in order] == ["C", "A", "B"]
    version = shelf(ids[2]).version
    assert actions.order_shelf(ids[2], -1) == version


def test_a_shelf_in_use_is_taken_away_only_when_its_things_have_a_place(client: InspectingClient) -> None:
    home = a_shelf("Home")
    jugs = a_shelf("Jugs", home.id)
    deep = a_shelf("Deep", jugs.id)
    jug = a_jug(shelves=(jugs.id,))
    with pytest.raises(ShelfInUse) as refused:
        actions.delete_shelf(jugs.id)
    assert (refused.value.products, refused.value.shelves) == (1, 1)
    for wrong in (jugs.id, deep.id):
        with pytest.raises(BadWish):
            actions.delete_shelf(jugs.id, wrong)
    with pytest.raises(ShelfGone):
        actions.delete_shelf(jugs.id, 12345)
    actions.delete_shelf(jugs.id, home.id)
    assert (product(jug.id).category_id, shelf(deep.id).parent_id) == (home.id, home.id)
    assert client.get("/categories/jugs").headers["Location"] == "/categories/home"
    assert titles(client, "home")


def test_an_empty_shelf_goes() -> None:
    jugs = a_shelf("Jugs")
    actions.delete_shelf(jugs.id)
    with pytest.raises(NotFound):
        actions.delete_shelf(jugs.id)


def test_many_products_are_found_again_by_the_worker(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "AT_ONCE", 0)
    jugs = a_shelf("Jugs")
    a_jug(shelves=(jugs.id,))
    actions.edit_shelf(jugs.id, EditShelf(1, ShelfFacts("Pitchers", "jugs")))
    jobs.run_now("catalog.find_again", category_id=jugs.id)
    assert "/products/jug" in client.get("/search?q=pitchers").text
