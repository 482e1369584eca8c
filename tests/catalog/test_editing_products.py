"""Staff make, edit, publish, archive, double and delete products, and nobody's words are lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from storefront.catalog import actions
from storefront.catalog.actions import create_product, delete_product, duplicate_product, edit_product
from storefront.catalog.refusals import BadWish, NotDeletable, ShelfGone, Stale, Taken
from storefront.catalog.wanted import CreateProduct, EditProduct
from storefront.platform import clock, db
from storefront.platform.acting import acting_as
from storefront.platform.errors import NotFound
from tests.catalog.editing import (
    CHARLIE,
    a_choice,
    a_jug,
    a_shelf,
    brought,
    facts,
    log,
    product,
    troubles,
    variants,
)
from tests.inspecting import InspectingClient
from tests.shopping import an_order


@pytest.fixture(autouse=True)
def _charlie(database: None) -> Iterator[None]:
    with acting_as(CHARLIE, "request-1"):
        yield
        assert troubles() == []


def test_a_new_product_is_found_at_once_with_all_its_choices(client: InspectingClient) -> None:
    shelf = a_shelf("Jugs")
    jug = a_jug(
        a_choice("Blue", price=2400, on_hand=3),
        a_choice("Green", price=2200),
        options=("Colour",),
        title="Water jug",
        description="Holds *a litre*.",
        shelves=(shelf.id,),
    )
    assert (jug.slug, jug.price_from, jug.version) == ("water-jug", 2200, 1)
    assert [variant.sku for variant in variants(jug.id)] == ["water-jug-blue", "water-jug-green"]
    assert "Water jug" in client.get("/search?q=litre").text
    assert "Water jug" in client.get("/categories/jugs?colour=blue").text
    assert client.get("/products/water-jug").status_code == 200
    made = [entry for entry in log() if entry.before is None]
    assert [entry.subject for entry in made] == ["categories", "products", "variants", "variants"]
    assert {entry.actor_id for entry in made} == {"7"}


def test_two_of_one_name_get_addresses_of_their_own() -> None:
    assert [a_jug().slug, a_jug().slug] == ["jug", "jug-2"]


def test_an_address_that_something_else_has_is_refused() -> None:
    a_jug(slug="jug")
    with pytest.raises(Taken) as refused:
        a_jug(title="Vase", slug="jug")
    assert refused.value.field == "slug"


@pytest.mark.parametrize("slug", ["a b", "a/b", "..", "a#b"])
def test_what_is_no_address_is_refused(slug: str) -> None:
    with pytest.raises(BadWish):
        a_jug(slug=slug)


def test_a_sku_that_something_else_has_is_refused() -> None:
    a_jug(a_choice(sku="J-1"))
    with pytest.raises(Taken) as refused:
        a_jug(a_choice(sku="J-1"))
    assert (refused.value.field, len(log())) == ("sku", 2)


def test_a_changed_word_is_found_at_once_and_the_old_address_leads_on(client: InspectingClient) -> None:
    jug = a_jug(title="Jug")
    version = edit_product(jug.id, EditProduct(1, facts("Pitcher", slug="pitcher", brand="Kiln")))
    assert version == 2
    assert "Pitcher" in client.get("/search?q=pitcher").text
    answer = client.get("/products/jug")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/products/pitcher")
    entry = log()[-1]
    assert entry.before == {"title": "Jug", "slug": "jug", "brand": ""}
    assert entry.after == {"title": "Pitcher", "slug": "pitcher", "brand": "Kiln"}


def test_whoever_goes_back_to_an_old_name_gets_its_address_back(client: InspectingClient) -> None:
    jug = a_jug()
    edit_product(jug.id, EditProduct(1, facts("Pitcher", slug="pitcher")))
    edit_product(jug.id, EditProduct(2, facts("Jug", slug="jug")))
    assert client.get("/products/jug").status_code == 200
    assert client.get("/products/pitcher").headers["Location"] == "/products/jug"


def test_saving_what_is_there_changes_nothing() -> None:
    jug = a_jug()
    assert edit_product(jug.id, EditProduct(1, facts("Jug", slug="jug"))) == 1
    assert len(log()) == 2


def test_who_saw_an_older_version_is_told_what_it_is_now() -> None:
    jug = a_jug()
    base = facts("Jug", slug="jug")
    edit_product(jug.id, EditProduct(1, replace(base, brand="Kiln")))
    with pytest.raises(Stale) as refused:
        edit_product(jug.id, EditProduct(1, replace(base, title="Vase"), base))
    assert (refused.value.theirs.brand, refused.value.base, refused.value.version) == ("Kiln", base, 2)
    assert product(jug.id).title == "Jug"


def test_shelves_that_are_gone_cannot_be_chosen() -> None:
    with pytest.raises(ShelfGone):
        a_jug(shelves=(12345,))


def test_a_product_stands_on_its_shelves_and_on_no_others(client: InspectingClient) -> None:
    jugs, gifts = a_shelf("Jugs"), a_shelf("Gifts")
    jug = a_jug(shelves=(jugs.id,))
    a_jug(shelves=(jugs.id,), title="Vase")  # An empty shelf shows what stands elsewhere.
    edit_product(jug.id, EditProduct(1, facts("Jug", slug="jug", shelves=(gifts.id,))))
    assert ("/products/jug" in cards(client, "gifts"), "/products/jug" in cards(client, "jugs")) == (
        True,
        False,
    )


def cards(client: InspectingClient, shelf: str) -> str:
    return client.get(f"/categories/{shelf}").text.partition("<main")[2]


def test_a_draft_is_nobodys_business_until_it_is_published(client: InspectingClient) -> None:
    jug = a_jug(status="draft")
    assert client.get("/products/jug").status_code == 404
    assert actions.publish(jug.id, 1) == 2
    assert client.get("/products/jug").status_code == 200
    assert product(jug.id).published_at is not None
    with pytest.raises(Stale):
        actions.archive(jug.id, 1)
    actions.archive(jug.id)
    assert client.get("/products/jug").status_code == 404
    assert "/products/jug" not in client.get("/search?q=jug").text


def test_what_was_sold_is_never_deleted() -> None:
    jug = a_jug(a_choice(on_hand=3))
    with acting_as(CHARLIE):
        an_order((variants(jug.id)[0], 1))
    with pytest.raises(NotDeletable) as refused:
        delete_product(jug.id)
    assert refused.value.sold
    assert product(jug.id).status == "active"


def test_what_the_ledger_tells_of_is_archived_instead() -> None:
    jug = a_jug(a_choice(on_hand=3))
    with pytest.raises(NotDeletable) as refused:
        delete_product(jug.id)
    assert not refused.value.sold
    assert "archive" in refused.value.message()


def test_a_slip_can_be_deleted_and_leaves_nothing(client: InspectingClient) -> None:
    jug = a_jug()
    delete_product(jug.id, 1)
    assert client.get("/products/jug").status_code == 404
    assert client.get("/products?q=jug").status_code == 200
    gone = [entry.subject for entry in log() if entry.after is None]
    assert gone == ["variants", "products"]
    with pytest.raises(NotFound):
        delete_product(jug.id)


def test_a_double_is_a_draft_with_skus_of_its_own() -> None:
    jug = a_jug(a_choice("Blue", sku="J-B", on_hand=2), options=("Colour",), brand="Kiln")
    double = product(duplicate_product(jug.id))
    assert (double.title, double.slug, double.status) == ("Jug (copy)", "jug-copy", "draft")
    assert (double.brand, double.option_names) == ("Kiln", ["Colour"])
    assert [variant.sku for variant in variants(double.id)] == ["jug-copy-blue"]


def test_a_time_of_publication_goes_when_it_is_published() -> None:
    jug = a_jug(status="draft", publish_at=clock.now())
    edit_product(jug.id, EditProduct(1, facts("Jug", slug="jug", publish_at=clock.now())))
    with db.transaction() as session:
        assert session.execute(db.Model.metadata.tables["publications"].select()).all() == []


@pytest.mark.parametrize("wish", [facts(""), facts(status="sold")])
def test_what_cannot_be_is_refused(wish: object) -> None:
    with pytest.raises(BadWish):
        create_product(CreateProduct(wish))  # type: ignore[arg-type]  # A dataclass all the same.


def test_nobody_edits_what_is_not_there() -> None:
    with pytest.raises(NotFound):
        edit_product(12345, EditProduct(1, facts()))


def test_products_that_others_brought_can_be_edited_too() -> None:
    kettle = brought("Kettle")
    assert edit_product(kettle.id, EditProduct(1, facts("Pot", slug="kettle"))) == 2
