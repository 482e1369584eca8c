"""Staff come in with a second factor: set up first, asked for each time, and no code opens twice."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update

from storefront.accounts.models import Account, RecoveryCode, SignIn
from storefront.platform import clock, db, guard, http
from tests.characters import ada, charlie
from tests.documents import Document
from tests.inspecting import InspectingClient
from tests.people import PASSWORD, an_account, sign_in, signed_in, staff
from tests.post import Post

DESK = "/admin/audit"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands still, or a code could grow too old between the app and the form."""
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows, now or so many half minutes later."""
    totp = guard.one_time_codes()._totp.from_source(secret)
    return str(totp.generate(int(clock.now().timestamp()) + 30 * steps).token)


def secret_of(page: Document) -> str:
    return str(page.one("input[name='secret']").get("value"))


def kept() -> str:
    return str(db.session.scalars(select(Account.totp_secret).where(Account.email == charlie.email)).one())


def come_in(client: InspectingClient, at: str = "/account/sign-in") -> Document:
    """Charlie types the password, and is asked for the code."""
    page = client.see(at)
    answer = client.submit(page, "Sign in", email=charlie.email, password=PASSWORD)
    assert answer.headers["Location"].startswith("/account/second-factor/code")
    return client.follow(answer).document


def charlie_sets_it_up(client: InspectingClient) -> tuple[str, list[str]]:
    """From the first visit to the desk to the recovery codes; returns the secret and them."""
    an_account(charlie, "owner")
    door = client.get(DESK)
    page = client.see(door.headers["Location"])
    inside = client.submit(page, "Sign in", email=charlie.email, password=PASSWORD)
    assert inside.headers["Location"] == DESK
    setup = client.get(DESK).headers["Location"]
    assert urlsplit(setup).path == "/account/second-factor"
    assert parse_qs(urlsplit(setup).query)["next"] == [DESK]
    page = client.see(setup)
    secret = secret_of(page)
    assert client.submit(page, "Switch it on", code="000000").status_code == 422
    done = client.submit(page, "Switch it on", code=code_of(secret, -1)).document
    assert done.one("a.button").get("href") == DESK
    return secret, done.texts(".codes code")


def test_charlie_sets_it_up_and_works(client: InspectingClient, post: Post) -> None:
    secret, codes = charlie_sets_it_up(client)
    assert client.get(DESK).status_code == 200
    assert len(set(codes)) == 10
    assert secret == kept()
    assert "second factor was set up" in post.of(charlie.email)[-1]["Subject"]


def test_the_password_alone_opens_nothing_any_more(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    charlie_sets_it_up(client)
    page = come_in(another_client, "/account/sign-in?next=" + DESK)
    for private in ("/account", DESK, "/account/second-factor", "/account/email"):
        assert another_client.get(private).headers["Location"].startswith("/account/sign-in"), private
    assert another_client.submit(page, "Go on", code="").status_code == 422
    assert another_client.submit(page, "Go on", code="123 456").status_code == 422
    opened = another_client.submit(page, "Go on", code=code_of(kept()))
    assert opened.headers["Location"] == DESK
    assert another_client.get(DESK).status_code == 200


def test_a_code_opens_once(client: InspectingClient, another_client: InspectingClient) -> None:
    charlie_sets_it_up(client)
    code = code_of(kept())
    client.submit(client.see("/account"), "Sign out")
    assert client.submit(come_in(client), "Go on", code=code).status_code == 303
    assert another_client.submit(come_in(another_client), "Go on", code=code).status_code == 422


def test_a_recovery_code_opens_once_and_is_told(
    client: InspectingClient, another_client: InspectingClient, post: Post
) -> None:
    _secret, codes = charlie_sets_it_up(client)
    opened = client.submit(come_in_again(client), "Go on", code=codes[0].upper().replace("-", " "))
    assert opened.headers["Location"] == "/admin"
    assert another_client.submit(come_in(another_client), "Go on", code=codes[0]).status_code == 422
    assert "recovery code was used" in post.of(charlie.email)[-1]["Subject"]
    assert "9 of your recovery codes" in client.see("/account/second-factor").text()


def come_in_again(client: InspectingClient) -> Document:
    client.submit(client.see("/account"), "Sign out")
    return come_in(client)


def test_new_recovery_codes_take_the_place_of_the_old(client: InspectingClient) -> None:
    _secret, codes = charlie_sets_it_up(client)
    new = client.submit(client.see("/account/second-factor"), "Make new").document.texts(".codes code")
    assert not set(new) & set(codes)
    page = come_in_again(client)
    assert client.submit(page, "Go on", code=codes[3]).status_code == 422
    assert client.submit(page, "Go on", code=new[3]).status_code == 303


def test_codes_are_kept_as_hashes(client: InspectingClient) -> None:
    secret, codes = charlie_sets_it_up(client)
    hashes = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert all(len(one) == 32 for one in hashes)
    assert not any(code.replace("-", "").encode() in one for code in codes for one in hashes)
    assert '"enckey"' in secret


def test_a_half_sign_in_is_over_after_ten_minutes(client: InspectingClient) -> None:
    account = staff(client)
    sign_in(client, account, "owed")
    assert client.get("/account/second-factor/code").status_code == 200
    with db.transaction() as session:
        session.execute(update(SignIn).values(began_at=clock.now() - timedelta(minutes=11)))
    assert client.get("/account/second-factor/code").headers["Location"].startswith("/account/sign-in")


def test_a_secret_that_is_not_ours_is_not_set_up(client: InspectingClient) -> None:
    an_account(charlie, "owner")
    signed_in(client, charlie)
    for made_up in ("", "JBSWY3DPEHPK3PXP", '{"key":"JBSWY3DPEHPK3PXP","type":"totp","v":1}', "{"):
        answer = client.post("/account/second-factor", data={"secret": made_up, "code": "123456"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account/second-factor")


def test_whoever_has_the_password_cannot_set_up_another_app(client: InspectingClient) -> None:
    """Not in a browser that was signed in before there was a second factor."""
    account = staff(client)
    sign_in(client, account, "none")
    secret = guard.one_time_codes().generate_totp_secret()
    answer = client.post("/account/second-factor", data={"secret": secret, "code": code_of(secret)})
    assert answer.headers["Location"].startswith("/account/second-factor/code")
    assert (
        client.post("/account/recovery-codes").headers["Location"].startswith("/account/second-factor/code")
    )
    assert client.get(DESK).headers["Location"].startswith("/account/second-factor/code")
    assert kept() != secret


def test_who_needs_no_code_is_not_asked(client: InspectingClient) -> None:
    assert client.get("/account/second-factor/code").headers["Location"].startswith("/account/sign-in")
    signed_in(client, ada)
    assert client.get("/account/second-factor/code").headers["Location"] == "/account/second-factor"
    staff(client)
    assert client.get("/account/second-factor/code").headers["Location"] == "/admin"


def test_customers_and_guests_stay_outside(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    assert client.get(DESK).headers["Location"].startswith("/account/sign-in?next=")
    signed_in(another_client, ada)
    assert another_client.get(DESK).status_code == 403


@pytest.mark.parametrize(
    ("idle", "began", "stays"), [(29, 60, True), (31, 31, False), (1, 12 * 60 + 1, False)]
)
def test_staff_stay_for_half_an_hour_of_silence(
    client: InspectingClient, idle: int, began: int, stays: bool
) -> None:
    staff(client)
    with db.transaction() as session:
        now = clock.now()
        moments = {"seen_at": now - timedelta(minutes=idle), "began_at": now - timedelta(minutes=began)}
        session.execute(update(SignIn).values(**moments))
    assert (client.get(DESK).status_code == 200) is stays


def test_guessing_codes_meets_a_limit(client: InspectingClient, app: Flask) -> None:
    account = staff(client)
    sign_in(client, account, "owed")
    page = client.see("/account/second-factor/code")
    statuses = [client.submit(page, "Go on", code="000000").status_code for _try in range(11)]
    assert statuses == [422] * 10 + [429]


def test_the_key_of_before_still_opens_secrets(client: InspectingClient, app: Flask) -> None:
    settings = app.config["SETTINGS"]
    before = guard.Codes(dict(guard._derived(settings)), "Storefront").generate_totp_secret()
    turned = settings.model_copy(
        update={
            "secret_key": type(settings.secret_key)("new" * 20),
            "secret_key_fallbacks": (settings.secret_key,),
        }
    )
    assert guard.Codes(dict(guard._derived(turned)), "Storefront").is_ours(before)
    assert http.local("/account") == "/account"
