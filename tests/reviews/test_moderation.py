"""Charlie reads reviews before others do: publishes them, or says why not; her author is written to."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select, text

from storefront.catalog.models import Variant
from storefront.catalog.ratings import Rating
from storefront.platform import audit, db, jobs, mail
from storefront.platform.acting import Actor, acting_as
from storefront.platform.errors import NotFound
from storefront.reviews import jobs as _jobs  # noqa: F401 - registers them
from storefront.reviews.actions import change_review, delete_review
from storefront.reviews.moderation import publish_review, reject_review
from storefront.reviews.refusals import ChangedMeanwhile
from tests.characters import a_product, a_variant, ada, ben, stocked
from tests.counting import Statements
from tests.inspecting import InspectingClient
from tests.people import signed_in, staff
from tests.reviewing import a_review, an_opinion, delivered, rating_of, read, somebody

QUEUE = "/admin/reviews"
Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def kettle(database: None) -> Variant:
    """A kettle with an address of its own."""
    return stocked(a_variant(a_product("Kettle", slug="kettle")), 9)


def test_the_queue_begins_with_whoever_waits_longest(client: InspectingClient, kettle: Variant) -> None:
    staff(client, "catalogue")
    delivered(kettle, ada)
    a_review(kettle, 5, who=ada, state="pending", title="First")
    a_review(kettle, 1, who=ben, state="pending", title="Second")
    a_review(kettle, 1, who=somebody(), title="Done")
    page = client.see(QUEUE)
    assert page.texts(".review h3") == ["First", "Second"]
    assert ["Bought it" in told for told in page.texts(".review")] == [True, False]
    assert "To read 2 Published 1 Not published" in page.text("main")


def test_charlie_publishes_one(client: InspectingClient, kettle: Variant) -> None:
    charlie = staff(client, "catalogue")
    review = a_review(kettle, 4, state="pending")
    told = client.follow(client.submit(client.get(QUEUE), "Publish")).document
    assert "The review is published." in told.text("main")
    assert "Nothing waits to be read." in told.text("main")
    assert rating_of(kettle) == Rating(Decimal("4.00"), 1)
    entry = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.subject == "reviews")).one()
    assert (entry.subject_id, entry.actor_kind, entry.actor_id) == (str(review.id), "staff", str(charlie.id))
    assert (entry.before, entry.after, entry.version) == ({"state": "pending"}, {"state": "published"}, 2)


def test_charlie_says_why_not(client: InspectingClient, kettle: Variant) -> None:
    staff(client, "catalogue")
    review = a_review(kettle, 4, state="pending")
    silent = client.submit(client.get(QUEUE), "Do not publish")
    assert silent.status_code == 422
    assert "Please say why" in silent.document.text("#reason-wrong")
    assert read(review.id).state == "pending"
    client.follow(client.submit(silent, "Do not publish", reason="It names a neighbour."))
    assert (read(review.id).state, read(review.id).reason) == ("rejected", "It names a neighbour.")
    assert "It names a neighbour." in client.see(f"{QUEUE}?state=rejected").text(".review")
    assert rating_of(kettle) is None


def test_what_was_published_can_be_taken_off_and_put_back(client: InspectingClient, kettle: Variant) -> None:
    staff(client, "catalogue")
    a_review(kettle, 4)
    page = client.get(f"{QUEUE}?state=published")
    client.follow(client.submit(page, "Do not publish", reason="Somebody complained."))
    assert rating_of(kettle) is None
    client.follow(client.submit(client.get(f"{QUEUE}?state=rejected"), "Publish"))
    assert rating_of(kettle) == Rating(Decimal("4.00"), 1)


@pytest.mark.parametrize("button", ["Publish", "Do not publish"])
def test_what_was_changed_meanwhile_is_read_again(
    client: InspectingClient, kettle: Variant, button: str
) -> None:
    staff(client, "catalogue")
    review = a_review(kettle, 4, state="pending")
    page = client.get(QUEUE)
    change_review(review.id, review.account_id or 0, an_opinion(4, "Buy at my cousin's"))
    reason = {"reason": "Too short."} if button == "Do not publish" else {}
    refused = client.submit(page, button, **reason)
    assert refused.status_code == 409
    assert "changed while you read it" in refused.document.text("main")
    assert "Buy at my cousin's" in refused.document.text("main")
    assert read(review.id).state == "pending"
    assert client.submit(refused, button, **reason).status_code == 303


def test_publishing_twice_is_publishing_once(kettle: Variant) -> None:
    review = a_review(kettle, 4)
    with acting_as(Actor("staff", "1")):
        publish_review(review.id, review.version)
        with pytest.raises(ChangedMeanwhile):
            publish_review(review.id, review.version - 1)
        delete_review(review.id, review.account_id or 0)
        with pytest.raises(NotFound):
            publish_review(review.id, review.version)
        with pytest.raises(NotFound):
            reject_review(review.id, review.version, "gone")


def test_only_who_looks_after_the_catalogue_reads_them(client: InspectingClient, kettle: Variant) -> None:
    review = a_review(kettle, 4, state="pending")
    pages = (QUEUE, f"{QUEUE}/{review.id}")
    for page in pages:
        assert client.get(page).status_code == 303
    signed_in(client, ben)
    for page in pages:
        assert client.get(page).status_code == 403
    assert client.post(f"{QUEUE}/{review.id}/publication", data={"version": "1"}).status_code == 403
    staff(client, "orders")
    assert client.get(QUEUE).status_code == 403
    staff(client, "owner")
    assert client.see(f"{QUEUE}/{review.id}").text("h1") == "Review of Kettle"
    assert client.get(f"{QUEUE}/{review.id + 1}").status_code == 404
    assert client.post(f"{QUEUE}/{review.id + 1}/publication", data={"version": "1"}).status_code == 404
    assert client.post(f"{QUEUE}/{review.id}/publication", data={"version": "x"}).status_code == 409


def test_a_long_queue_is_shown_a_part_at_a_time(
    client: InspectingClient, kettle: Variant, count_queries: Counting
) -> None:
    staff(client, "catalogue")
    for number in range(23):
        a_review(kettle, 3, who=somebody(), state="pending" if number else "published", title=f"No. {number}")
    with count_queries() as asked:
        page = client.see(QUEUE)
    asked.at_most(8)
    assert len(page.all(".review")) == 20
    following = client.see(page.one("a[rel='next']").get("href"))
    assert following.texts(".review h3") == ["No. 21", "No. 22"]
    assert len(client.see(f"{QUEUE}?after=nonsense&state=nonsense").all(".review")) == 20


def test_its_author_is_written_to(kettle: Variant, outbox: Path) -> None:
    review = a_review(kettle, 4, title="Pours\nwell")
    run_waiting()
    letter = message_from_bytes((next(iter(outbox.iterdir()))).read_bytes(), policy=policy.default)
    assert letter["To"] == ada.email
    assert letter["Subject"] == "Your review of Kettle is published – Kiln & Common"
    plain = letter.get_body(("plain",))
    assert plain
    said = plain.get_content()
    assert "★★★★☆ Pours well" in " ".join(said.split())
    assert "/products/kettle/reviews" in said
    assert f"/account/reviews/{review.id}" in said
    assert db.session.scalars(select(mail.Message)).one().state == "sent"


def test_nobody_is_written_to_about_what_is_gone_or_hidden(kettle: Variant, outbox: Path) -> None:
    review = a_review(kettle, 4)
    change_review(review.id, review.account_id or 0, an_opinion(4, "Another title"))
    run_waiting()
    assert list(outbox.iterdir()) == []
    assert db.session.scalars(select(mail.Message)).all() == []


def test_what_is_let_through_a_second_time_is_told_again(kettle: Variant, outbox: Path) -> None:
    review = a_review(kettle, 4)
    run_waiting()
    change_review(review.id, review.account_id or 0, an_opinion(4, "Another title"))
    with acting_as(Actor("staff", "1")):
        publish_review(review.id, read(review.id).version)
    run_waiting()
    assert len(list(outbox.iterdir())) == 2


def run_waiting() -> None:
    """Do the jobs that were asked for, as the worker does."""
    db.release()
    asked = text("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
    waiting = db.session.execute(asked).all()
    with db.transaction() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'succeeded'"))
    for name, arguments in waiting:
        if name.startswith("reviews."):
            jobs.run_now(name, **{key: arguments[key] for key in ("review_id", "version")})
