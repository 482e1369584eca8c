"""Ada writes, changes and deletes her reviews; whatever stands in the way, nothing is lost."""

import pytest
from sqlalchemy import func, select

from storefront.catalog.models import Variant
from storefront.platform import db
from storefront.reviews.models import Review
from tests.characters import a_product, a_variant, ada, ben, stocked
from tests.fragments import assert_fragment_is_part_of_page
from tests.inspecting import PARTIAL, Answer, InspectingClient
from tests.people import signed_in
from tests.reviewing import WORDS, a_review, bought, delivered, moderating, read

NEW = "/products/kettle/reviews/new"
TYPED = {"rating": "4", "title": "Pours well", "text": WORDS, "author": "Ada"}


@pytest.fixture
def kettle(database: None) -> Variant:
    """A kettle with an address of its own."""
    return stocked(a_variant(a_product("Kettle", slug="kettle")), 9)


def latest() -> Review:
    db.release()
    return db.session.scalars(select(Review).order_by(Review.id.desc())).one()


def how_many() -> int:
    db.release()
    return db.session.scalar(select(func.count()).select_from(Review)) or 0


def send(client: InspectingClient, **fields: str) -> Answer:
    return client.submit(client.get(NEW), "Send your review", **TYPED | fields)


def test_ada_writes_and_sees_that_it_is_read_first(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    page = client.see(NEW)
    assert page.one("#author").get("value") == "Ada L."
    told = client.follow(send(client)).document
    assert "Before others can read it, we do" in told.text("main [role='status']")
    assert "Waits to be read" in told.text(".review")
    assert (latest().rating, latest().author, latest().state) == (4, "Ada", "pending")
    assert client.see("/products/kettle/reviews").all(".review") == []


def test_what_nobody_reads_first_is_there_at_once(client: InspectingClient, kettle: Variant) -> None:
    moderating("none")
    signed_in(client, ada)
    assert "we read" not in client.see(NEW).text("main").lower()
    told = client.follow(send(client)).document
    assert "Your review is published" in told.text("main [role='status']")
    assert client.see("/products/kettle/reviews").texts(".said .review h3") == ["Pours well"]


@pytest.mark.parametrize(
    ("fields", "wrong", "sentence"),
    [
        ({"rating": ""}, "rating", "one to five stars"),
        ({"rating": "6"}, "rating", "one to five stars"),
        ({"rating": "٣"}, "rating", "one to five stars"),
        ({"title": " "}, "title", "give your review a title"),
        ({"title": "x" * 101}, "title", "at most 100 characters"),
        ({"text": ""}, "text", "what you think"),
        ({"text": "Too short"}, "text", "at least 10 characters"),
        ({"text": "x" * 1001}, "text", "at most 1000 characters"),
        ({"text": "Ten letters\u202eand more"}, "text", "cannot be used"),
        ({"author": "x" * 61}, "author", "at most 60 characters"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept(
    client: InspectingClient, kettle: Variant, fields: dict[str, str], wrong: str, sentence: str
) -> None:
    signed_in(client, ada)
    for headers in ({}, PARTIAL):
        answer = client.post("/products/kettle/reviews", data=TYPED | fields, headers=headers)
        assert answer.status_code == 422
        page = answer.document
        assert sentence in page.text(f"#{wrong}-wrong")
        assert page.one("#problems a").get("href") == f"#{wrong}"
        if wrong != "text":
            assert page.one("#text").text == f"\n{WORDS}"[1:] or WORDS in page.text("#text")
        if wrong != "rating":
            assert page.one("input[checked]").get("value") == "4"
    assert how_many() == 0


def test_lines_are_counted_as_they_are_typed(client: InspectingClient, kettle: Variant) -> None:
    """A browser sends two characters for the end of a line."""
    signed_in(client, ada)
    typed = "\r\n".join(["x" * 99] * 10)
    assert client.post("/products/kettle/reviews", data=TYPED | {"text": typed + "\r\nx"}).status_code == 422
    assert client.post("/products/kettle/reviews", data=TYPED | {"text": typed}).status_code == 303
    assert latest().text == typed.replace("\r\n", "\n")


def test_without_a_name_the_first_name_is_shown(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    send(client, author="")
    assert latest().author == "Ada L."


def test_a_second_one_of_the_same_product_is_a_change_of_the_first(
    client: InspectingClient, kettle: Variant
) -> None:
    signed_in(client, ada)
    form = client.get(NEW)
    review = a_review(kettle, 2, who=ada)
    assert client.get(NEW).headers["Location"] == f"/account/reviews/{review.id}"
    refused = client.submit(form, "Send your review", **TYPED)
    assert refused.status_code == 409
    assert "reviewed this product already" in refused.document.text("#problems")
    assert refused.document.one("#problems a").get("href") == f"/account/reviews/{review.id}"
    assert WORDS in refused.document.text("#text")


def test_pressing_twice_leads_to_the_same_page(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    form = client.get(NEW)
    first, second = (client.submit(form, "Send your review", **TYPED) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert how_many() == 1


def test_ada_changes_what_she_wrote(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    review = a_review(kettle, 2, who=ada)
    page = client.get(f"/account/reviews/{review.id}")
    assert page.document.one("input[checked]").get("value") == "2"
    answer = client.submit(page, "Save your review", rating="5", title="Better now")
    assert "pending" in answer.headers["Location"]
    assert (read(review.id).rating, read(review.id).title) == (5, "Better now")
    wrong = client.submit(page, "Save your review", text="short")
    assert (wrong.status_code, read(review.id).text) == (422, WORDS)
    assert "Delete this review" in wrong.document.text("main")


def test_she_reads_why_it_is_not_shown(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    review = a_review(kettle, 2, who=ada, state="rejected")
    for page in ("/account/reviews", f"/account/reviews/{review.id}"):
        assert "It speaks of another shop." in client.see(page).text("main")


def test_she_takes_it_back(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    review = a_review(kettle, 5, who=ada)
    told = client.follow(client.submit(client.get(f"/account/reviews/{review.id}"), "Delete it for good"))
    assert "Your review is deleted." in told.document.text("main")
    assert "not reviewed anything yet" in told.document.text("main")
    assert how_many() == 0


def test_ben_finds_nothing_of_hers(
    client: InspectingClient, another_client: InspectingClient, kettle: Variant
) -> None:
    signed_in(another_client, ben)
    review = a_review(kettle, 5, who=ada)
    for method, rest in (("GET", ""), ("POST", ""), ("POST", "/deletion")):
        theirs, nobodys = (
            another_client.open(f"/account/reviews/{number}{rest}", method=method, data=TYPED)
            for number in (review.id, review.id + 1000)
        )
        assert theirs.status_code == nobodys.status_code == 404
        assert theirs.document.text("main h1") == nobodys.document.text("main h1")
    assert "Pours well" not in another_client.see("/account/reviews").text("main")
    assert read(review.id).rating == 5


def test_a_guest_signs_in_first(client: InspectingClient, kettle: Variant) -> None:
    for page in (NEW, "/account/reviews", "/account/reviews/1"):
        answer = client.get(page)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/account/sign-in")
    for change in ("/products/kettle/reviews", "/account/reviews/1", "/account/reviews/1/deletion"):
        assert client.post(change).status_code == 303
    assert how_many() == 0


def test_whoever_was_signed_out_meanwhile_loses_nothing(client: InspectingClient, kettle: Variant) -> None:
    answer = client.post("/products/kettle/reviews", data=TYPED)
    assert answer.status_code == 401
    assert "Please sign in" in answer.document.text("#problems")
    assert WORDS in answer.document.text("#text")
    signed_in(client, ada)
    assert client.submit(answer, "Send your review").status_code == 303
    assert latest().title == "Pours well"


def test_of_what_is_not_sold_nobody_writes(client: InspectingClient) -> None:
    signed_in(client, ada)
    for method in ("GET", "POST"):
        path = "/products/gone/reviews" + ("/new" if method == "GET" else "")
        assert client.open(path, method=method, data=TYPED).status_code == 404


def test_many_reviews_are_shown_a_part_at_a_time(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    for number in range(22):
        a_review(stocked(a_variant(a_product(f"Cup {number}")), 1), who=ada, title=f"Cup {number}")
    page = client.see("/account/reviews")
    assert len(page.all(".review")) == 20
    following = client.see(page.one("a[rel='next']").get("href"))
    assert following.texts(".review h3") == ["Cup 1", "Cup 0"]
    assert client.see("/account/reviews?after=x").texts(".review h3")[0] == "Cup 21"


def test_what_she_has_and_has_not_spoken_of_is_suggested(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    cup, bowl = (stocked(a_variant(a_product(title, slug=title.lower())), 9) for title in ("Cup", "Bowl"))
    delivered(kettle, ada)
    delivered(cup, ada)
    bought(bowl, ada)
    a_review(kettle, 4, who=ada)
    page = client.see("/account/reviews")
    assert page.texts("#silent") == ["How do you like these?"]
    assert [link.get("href") for link in page.all(".panel a")] == ["/products/cup/reviews/new"]
    a_review(cup, 4, who=ada)
    assert client.see("/account/reviews").all("#silent") == []


def test_the_form_is_the_same_region_of_its_page(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    assert_fragment_is_part_of_page(client, NEW, "#review")


def test_whoever_writes_too_fast_sends_it_again(client: InspectingClient, kettle: Variant) -> None:
    signed_in(client, ada)
    wrong = TYPED | {"title": ""}
    for _ in range(3):
        assert client.post("/products/kettle/reviews", data=wrong).status_code == 422
    for headers in ({}, PARTIAL):
        refused = client.post("/products/kettle/reviews", data=TYPED, headers=headers)
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["Retry-After"]) <= 61
        assert "no-store" in refused.headers["Cache-Control"]
        assert refused.document.one("input[name='text']").get("value") == WORDS
        assert refused.document.one("form").get("action") == "/products/kettle/reviews"
    assert how_many() == 0
