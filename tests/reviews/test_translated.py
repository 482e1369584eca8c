"""Every text about reviews goes through gettext: in a made-up language none stays as it was written."""

from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from storefront.catalog.models import Variant
from storefront.platform import db, jobs
from storefront.platform.acting import Actor, acting_as
from storefront.reviews.actions import Opinion, change_review, write_review
from storefront.reviews.models import Review
from storefront.reviews.moderation import publish_review, reject_review
from tests import pseudo
from tests.characters import Person, a_category, a_product, a_variant, stocked
from tests.documents import Document
from tests.inspecting import PARTIAL, Answer, InspectingClient
from tests.people import an_account, signed_in, staff

anna = Person("Άννα Γεωργίου", "anna@example.com", "+49 30 5550104", "Οδός 12", "10119", "Βερολίνο")
GREEK = Opinion(4, "Πολύ καλή", "Χύνει το τσάι χωρίς μία σταγόνα.", "Άννα Γ.")
TYPED = {"rating": "4", "title": GREEK.title, "text": GREEK.text, "author": GREEK.author}


@pytest.fixture
def pot(database: None) -> Variant:
    """A Greek pot in a Greek shop."""
    with db.transaction() as session:
        session.execute(text("UPDATE shop SET name = 'Πηλός', legal_name = 'Πηλός ΕΠΕ', city = 'Δρέσδη'"))
        session.execute(text("UPDATE shop SET street = 'Οδός 4', opening_hours = ''"))
    pot = a_product(
        "Τσαγιέρα", slug="pot", category=a_category("Κουζίνα", slug="kitchen"), brand="Πηλός", description=""
    )
    return stocked(a_variant(pot, sku="POT-1"), 5)


@pytest.fixture
def speak_pseudo(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, the shop speaks in brackets."""
    return lambda: pseudo.speak(app, monkeypatch)


def said(pot: Variant) -> Review:
    return write_review(pot.product_id, an_account(anna).id, GREEK)


def assert_translated(*answers: Answer) -> None:
    forgotten = {
        f"{page.request.path}: {words}"
        for page in answers
        if page.is_html
        for words in pseudo.untranslated(page.document)
    }
    assert forgotten == set()


def test_what_everybody_reads(
    client: InspectingClient, pot: Variant, speak_pseudo: Callable[[], None]
) -> None:
    speak_pseudo()
    assert_translated(client.get("/products/pot/reviews"), client.get("/products/pot"))
    review = said(pot)
    with acting_as(Actor("staff", "1")):
        publish_review(review.id, review.version)
    assert_translated(
        client.get("/products/pot"),
        client.get("/products?rating=4"),
        client.get("/products/pot/reviews?stars=1&sort=best&after=x"),
    )


def test_what_the_writer_reads(
    client: InspectingClient, pot: Variant, speak_pseudo: Callable[[], None]
) -> None:
    speak_pseudo()
    signed_out = client.post("/products/pot/reviews", data=TYPED)
    signed_in(client, anna)
    answers = [client.get("/account/reviews"), client.get("/products/pot/reviews/new"), signed_out]
    answers += [client.post("/products/pot/reviews", data={}, headers=PARTIAL)]
    review = said(pot)
    own = f"/account/reviews/{review.id}"
    answers += [client.post("/products/pot/reviews", data=TYPED | {"rating": "1"})]
    answers += [client.get(own), client.get("/account/reviews?done=review-pending")]
    with acting_as(Actor("staff", "1")):
        reject_review(review.id, review.version, "Όχι.")
    answers += [client.get(own), client.get("/account/reviews?done=review-deleted")]
    answers += [client.post("/products/pot/reviews", data=TYPED) for _ in range(2)]
    assert answers[-1].status_code == 429
    assert_translated(*answers)


def test_what_staff_read(client: InspectingClient, pot: Variant, speak_pseudo: Callable[[], None]) -> None:
    speak_pseudo()
    staff(client, "catalogue", who=anna)
    empty, review = client.get("/admin/reviews"), said(pot)
    answers = [empty, client.get("/admin/reviews"), client.get(f"/admin/reviews/{review.id}")]
    answers += [client.post(f"/admin/reviews/{review.id}/rejection", data={"version": "1"})]
    change_review(review.id, review.account_id or 0, Opinion(1, GREEK.title, GREEK.text, GREEK.author))
    answers += [client.post(f"/admin/reviews/{review.id}/publication", data={"version": "1"})]
    answers += [client.get(f"/admin/reviews?done=review-{state}") for state in ("published", "rejected")]
    assert_translated(*answers)


def test_the_letter(pot: Variant, outbox: Path, speak_pseudo: Callable[[], None]) -> None:
    speak_pseudo()
    review = said(pot)
    with acting_as(Actor("staff", "1")):
        publish_review(review.id, review.version)
    jobs.run_now("reviews.tell_published", review_id=review.id, version=review.version + 1)
    letter = message_from_bytes(next(iter(outbox.iterdir())).read_bytes(), policy=policy.default)
    html = letter.get_body(("html",))
    assert html
    assert pseudo.untranslated(Document.read(html.get_content())) == []
    assert letter["Subject"].startswith("⟦")
