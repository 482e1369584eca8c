"""Sign up, confirm, sign in and out: whole stories without scripts."""

from sqlalchemy import func, select

from storefront.accounts.models import Account, SignIn
from storefront.platform import db, http
from tests.characters import ada, ben
from tests.inspecting import Answer, InspectingClient
from tests.people import PASSWORD, an_account, signed_in
from tests.post import Post

COOKIE = "account"


def sign_up(client: InspectingClient, email: str = ada.email, password: str = PASSWORD) -> Answer:
    """Ada fills in the form."""
    fields = {"name": ada.name, "email": email, "phone": ada.phone, "password": password}
    return client.submit(client.see("/account/sign-up"), "Make an account", **fields)


def sign_in(
    client: InspectingClient, email: str = ada.email, password: str = PASSWORD, at: str = ""
) -> Answer:
    """Somebody fills in the form."""
    page = client.see(at or "/account/sign-in")
    return client.submit(page, "Sign in", email=email, password=password)


def cookie(client: InspectingClient) -> str:
    found = client.get_cookie(http.cookie_name(COOKIE))
    return found.value if found else ""


def test_ada_signs_up_confirms_and_is_in(client: InspectingClient, post: Post) -> None:
    assert "Look into your mailbox" in client.follow(sign_up(client)).document.text()
    assert client.get("/account").status_code == 303
    link = post.link(ada.email, "/account/confirmation/")
    page = client.see(link)
    wrong = client.submit(page, "Open my account", password="something else entirely")
    assert (wrong.status_code, client.get("/account").status_code) == (422, 303)
    inside = client.follow(client.submit(page, "Open my account", password=PASSWORD))
    assert f"Hello {ada.name}" in inside.document.text()
    assert client.get(link).status_code == 404, "the link works once"


def test_until_it_is_confirmed_the_right_password_only_sends_the_letter_again(
    client: InspectingClient, post: Post
) -> None:
    sign_up(client)
    said = sign_in(client)
    assert said.status_code == 422
    assert "open the link" in said.document.text()
    assert len(post.of(ada.email)) == 2
    assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0


def test_who_types_adas_address_first_does_not_get_in_by_her_click(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    sign_up(another_client, password="what a thief likes")
    stolen = post.link(ada.email, "/account/confirmation/")
    sign_up(client)
    mine = client.see(stolen)
    assert client.submit(mine, "Open my account", password=PASSWORD).status_code == 303
    refused = sign_in(another_client, password="what a thief likes")
    assert (refused.status_code, cookie(another_client)) == (422, "")


def test_who_has_an_account_is_told_by_letter_and_nobody_else(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    an_account(ada)
    new, known = sign_up(another_client, ben.email), sign_up(client)
    assert (known.status_code, known.headers["Location"]) == (new.status_code, new.headers["Location"])
    (letter,) = post.of(ada.email)
    assert "You have an account already" in letter["Subject"]
    assert sign_in(client).status_code == 303, "her password is what it was"


def test_one_mailbox_has_one_account_however_it_is_spelled(client: InspectingClient, post: Post) -> None:
    for spelling in (ada.email, "ADA@EXAMPLE.COM", "Ada@Example.com", "\uff41\uff44\uff41@example.com"):
        assert sign_up(client, spelling).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Account)) == 1


def test_a_password_must_be_long_and_not_everybodys(client: InspectingClient, post: Post) -> None:
    for password, says in {
        "short": "at least 10",
        "1234567890": "first that a thief tries",
        "Password123": "first that a thief tries",
        "aaaaaaaaaaaa": "first that a thief tries",
        "x" * 201: "at most 200",
    }.items():
        refused = sign_up(client, password=password)
        assert refused.status_code == 422
        assert says in refused.document.text()
        assert ada.name in refused.get_data(as_text=True), "what was typed is kept"
        assert password not in refused.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0


def test_wrong_password_and_no_account_read_the_same(client: InspectingClient, post: Post) -> None:
    an_account(ada)
    wrong, unknown = sign_in(client, password="not the right one"), sign_in(client, "nobody@example.com")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    plain = [
        answer.get_data(as_text=True).replace(ada.email, "").replace("nobody@example.com", "")
        for answer in (wrong, unknown)
    ]
    assert plain[0] == plain[1]


def test_a_private_page_leads_to_the_door_and_back(client: InspectingClient, post: Post) -> None:
    an_account(ada)
    door = client.get("/account/orders?q=kettle")
    assert door.status_code == 303
    inside = sign_in(client, at=door.headers["Location"])
    assert inside.headers["Location"] == "/account/orders?q=kettle"


def test_the_door_leads_to_no_other_site(client: InspectingClient, post: Post) -> None:
    an_account(ada)
    for path in (
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/evil",
    ):
        assert sign_in(client, at=f"/account/sign-in?next={path}").headers["Location"] == "/account"
        client.submit(client.see("/account"), "Sign out")


def test_a_cookie_from_before_signing_out_opens_nothing(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    signed_in(client, ada)
    stolen = cookie(client)
    another_client.set_cookie(http.cookie_name(COOKIE), stolen)
    assert another_client.get("/account").status_code == 200
    client.submit(client.see("/account"), "Sign out")
    assert cookie(client) == ""
    assert another_client.get("/account").status_code == 303


def test_a_cookie_that_was_planted_before_is_worth_nothing_after(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    an_account(ada)
    planted = "k" * 43
    for browser in (client, another_client):
        browser.set_cookie(http.cookie_name(COOKIE), planted)
    assert sign_in(client).status_code == 303
    assert cookie(client) != planted
    assert another_client.get("/account").status_code == 303


def test_signing_in_anew_ends_what_was_there(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    signed_in(client, ada)
    before = cookie(client)
    an_account(ben)
    client.delete_cookie(http.cookie_name(COOKIE))
    client.set_cookie(http.cookie_name(COOKIE), before)
    page = another_client.see("/account/sign-in")
    client.submit(page, "Sign in", email=ben.email, password=PASSWORD)
    another_client.set_cookie(http.cookie_name(COOKIE), before)
    assert another_client.get("/account").status_code == 303
    assert f"Hello {ben.name}" in client.see("/account").text()


def test_suspended_people_do_not_come_in(client: InspectingClient, another_client: InspectingClient) -> None:
    account = signed_in(client, ada)
    with db.transaction() as session:
        session.get_one(Account, account.id).active = False
    assert client.get("/account").status_code == 303
    assert sign_in(another_client).status_code == 422
