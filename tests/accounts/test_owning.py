"""What people change about their own accounts, and that nobody else notices or profits."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storefront.accounts.models import Account, MailedKey, SignIn
from storefront.platform import clock, db, http
from tests.characters import ada, ben
from tests.inspecting import InspectingClient
from tests.people import PASSWORD, an_account, signed_in
from tests.post import Post

ANOTHER = "four green cups"


def forget(client: InspectingClient, email: str = ada.email) -> None:
    page = client.see("/account/forgotten")
    said = client.follow(client.submit(page, "Send me the link", email=email))
    assert "If there is an account" in said.document.text()


def enter(client: InspectingClient, password: str, email: str = ada.email) -> int:
    page = client.see("/account/sign-in")
    return client.submit(page, "Sign in", email=email, password=password).status_code


def test_ada_forgot_her_password(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    signed_in(another_client, ada)
    forget(client)
    link = post.link(ada.email, "/account/new-password/")
    assert client.submit(client.see(link), "Use this password", new_password="short").status_code == 422
    page = client.see(link)
    done = client.submit(page, "Use this password", new_password=ANOTHER)
    assert "Your new password works" in client.follow(done).document.text()
    assert another_client.get("/account").status_code == 303, "old sign-ins are over"
    assert (enter(client, PASSWORD), enter(client, ANOTHER)) == (422, 303)
    again = client.submit(page, "Use this password", new_password="a third one entirely")
    assert again.status_code == 404, "the link works once"
    assert [letter["Subject"].split(" – ")[0] for letter in post.of(ada.email)] == [
        "Choose a new password",
        "Your password was changed",
    ]


def test_all_links_end_with_the_first_that_is_used(client: InspectingClient, post: Post) -> None:
    an_account(ada)
    forget(client)
    first = post.link(ada.email, "/account/new-password/")
    forget(client)
    second = post.link(ada.email, "/account/new-password/")
    assert first != second
    client.submit(client.see(second), "Use this password", new_password=ANOTHER)
    assert client.get(first).status_code == 404


def test_who_has_no_account_gets_no_letter(client: InspectingClient, post: Post) -> None:
    forget(client, "nobody@example.com")
    assert post.of("nobody@example.com") == []


def test_three_letters_a_day(client: InspectingClient, another_client: InspectingClient, post: Post) -> None:
    an_account(ada)
    for _time in range(3):
        forget(client)
    refused = client.submit(client.see("/account/forgotten"), "Send me the link", email=ada.email.upper())
    assert refused.status_code == 429
    assert len(post.of(ada.email)) == 3
    assert (
        client.submit(client.see("/account/forgotten"), "Send me the link", email=ben.email).status_code
        == 303
    )


@pytest.mark.parametrize(
    "token", ["1", "1-x", "1-" + "x" * 43, "9" * 18 + "-" + "x" * 43, "0-" + "x" * 43, "é"]
)
def test_made_up_links_open_nothing(client: InspectingClient, token: str) -> None:
    for page in ("new-password", "confirmation"):
        assert client.get(f"/account/{page}/{token}").status_code == 404


def test_a_link_is_for_one_thing_and_not_for_long(client: InspectingClient, post: Post) -> None:
    an_account(ada)
    forget(client)
    link = post.link(ada.email, "/account/new-password/")
    token = link.rpartition("/")[2]
    assert client.get(f"/account/confirmation/{token}").status_code == 404
    assert client.get(link[:-1] + ("A" if link[-1] != "A" else "B")).status_code == 404
    with db.transaction() as session:
        session.execute(update(MailedKey).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert client.get(link).status_code == 404


def test_a_new_password_ends_every_other_sign_in(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    signed_in(client, ada)
    signed_in(another_client, ada)
    before = client.get_cookie(http.cookie_name("account"))
    with db.transaction() as session:
        session.execute(update(SignIn).values(seen_at=clock.now() - timedelta(days=2)))
    page = client.see("/account/password")
    with db.transaction() as session:
        session.execute(update(SignIn).values(seen_at=clock.now() - timedelta(days=2)))
    wrong = client.submit(page, "Use this password", password="not mine at all", new_password=ANOTHER)
    assert (wrong.status_code, "not your current password" in wrong.document.text()) == (422, True)
    done = client.submit(page, "Use this password", password=PASSWORD, new_password=ANOTHER)
    assert "Your new password works" in client.follow(done).document.text()
    assert client.get("/account").status_code == 200
    assert another_client.get("/account").status_code == 303
    assert before is not None
    another_client.set_cookie(before.key, before.value)
    assert another_client.get("/account").status_code == 303, "this browser's old cookie, too"


def test_details(client: InspectingClient) -> None:
    signed_in(client, ada)
    page = client.see("/account/details")
    assert client.submit(page, "Save", name="", phone="12").status_code == 422
    done = client.follow(client.submit(page, "Save", name="Ada L.", phone=""))
    assert "Your details are changed" in done.document.text()
    assert "Hello Ada L." in client.see("/account").text()


def test_both_addresses_are_told_of_a_new_one(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    signed_in(client, ada)
    new = "ada.lindt@example.org"
    page = client.see("/account/email")
    assert client.submit(page, "Send the link", email="nonsense").status_code == 422
    client.follow(client.submit(page, "Send the link", email=new))
    assert [letter["Subject"].split(" – ")[0] for letter in post.of(ada.email)] == [
        "Your e-mail address is about to change"
    ]
    link = post.link(new, "/account/email/")
    assert ada.email in client.see("/account").text(), "nothing has changed yet"
    client.follow(client.submit(client.see(link), "Yes, use this address"))
    assert new in client.see("/account").text()
    assert "was changed" in post.of(ada.email)[-1]["Subject"]
    assert "was changed" in post.of(new)[-1]["Subject"]
    assert client.get(link).status_code == 404
    assert enter(another_client, PASSWORD, new) == 303


def test_the_link_for_a_new_address_is_adas_alone(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    signed_in(client, ada)
    signed_in(another_client, ben)
    client.submit(client.see("/account/email"), "Send the link", email="new@example.org")
    link = post.link("new@example.org", "/account/email/")
    assert another_client.get(link).status_code == 404
    assert another_client.post(link).status_code == 404
    client.see(link)


def test_a_taken_address_answers_as_a_free_one_and_stays_whose_it_is(
    client: InspectingClient, post: Post
) -> None:
    signed_in(client, ada)
    an_account(ben)
    page = client.see("/account/email")
    taken = client.submit(page, "Send the link", email=ben.email)
    free = client.submit(page, "Send the link", email="new@example.org")
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert "already" in post.of(ben.email)[0]["Subject"]
    link = post.link("new@example.org", "/account/email/")
    with db.transaction() as session:  # Somebody else is quicker.
        row = session.scalars(select(Account).where(Account.email == ben.email)).one()
        row.email = row.email_key = "new@example.org"
    assert client.submit(client.see(link), "Yes, use this address").status_code == 404


def test_dangerous_things_ask_for_the_password_again(client: InspectingClient) -> None:
    signed_in(client, ada)
    with db.transaction() as session:
        session.execute(update(SignIn).values(fresh_at=clock.now() - timedelta(minutes=16)))
    door = client.get("/account/email")
    assert door.headers["Location"].startswith("/account/again")
    page = client.see(door.headers["Location"])
    assert client.submit(page, "Go on", password="").status_code == 422
    assert client.submit(page, "Go on", password="wrong wrong wrong").status_code == 422
    assert client.submit(page, "Go on", password=PASSWORD).headers["Location"] == "/account/email"
    client.see("/account/email")


def test_where_ada_is_signed_in(
    client: InspectingClient, another_client: InspectingClient, app: object
) -> None:
    signed_in(another_client, ben)
    bens = db.session.scalars(select(SignIn.id)).one()
    signed_in(another_client, ada)
    signed_in(client, ada)
    page = client.see("/account/sign-ins")
    assert page.text().count("Firefox on Linux") == 2
    client.post(f"/account/sign-ins/{bens}/end")
    assert db.session.scalars(select(SignIn.ended_at).where(SignIn.id == bens)).one() is None
    client.follow(client.submit(page, "Sign out: Firefox on Linux"))
    assert another_client.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_ada_ends_all_others(client: InspectingClient, another_client: InspectingClient) -> None:
    signed_in(another_client, ada)
    signed_in(client, ada)
    done = client.submit(client.see("/account/sign-ins"), "Sign out everywhere else")
    assert "signed in here alone" in client.follow(done).document.text()
    assert another_client.get("/account").status_code == 303


@pytest.mark.parametrize(("idle", "began", "stays"), [(29, 300, True), (31, 31, False), (1, 366, False)])
def test_a_customer_stays_for_a_month_of_silence(
    client: InspectingClient, idle: int, began: int, stays: bool
) -> None:
    signed_in(client, ada)
    with db.transaction() as session:
        now = clock.now()
        moments = {"seen_at": now - timedelta(days=idle), "began_at": now - timedelta(days=began)}
        session.execute(update(SignIn).values(**moments))
    answer = client.get("/account")
    assert (answer.status_code == 200) is stays
    if stays:
        assert "sf_account=" in answer.headers["Set-Cookie"], "the browser keeps it for another month"
        assert db.session.scalars(select(SignIn.seen_at)).one() > now - timedelta(minutes=1)
