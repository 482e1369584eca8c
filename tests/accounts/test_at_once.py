"""Many at once: one account of one address, one use of one link, and few hashes in memory."""

import threading
from collections.abc import Callable
from io import BytesIO
from threading import Barrier, Event, Thread
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import func, select

from storefront.accounts import actions, keys, owning, passwords, staffing
from storefront.accounts.actions import SignUp
from storefront.accounts.models import Account, MailedKey
from storefront.accounts.passwords import Gate
from storefront.accounts.refusals import LinkOver, WrongPassword
from storefront.platform import db
from storefront.platform.errors import Busy
from storefront.platform.turnstile import TooManyAtOnce, Turnstile
from tests.characters import ada, ben
from tests.inspecting import InspectingClient
from tests.people import PASSWORD, an_account, signed_in, staff
from tests.post import Post

SPELLINGS = (
    "ada@example.com",
    "ADA@EXAMPLE.COM",
    "Ada@Example.Com",
    "ada@EXAMPLE.com",
    "\uff41da@example.com",
)


def all_at_once(app: Flask, *works: Callable[[], object]) -> list[object]:
    """What each said or raised; they start in the same moment."""
    start, said = Barrier(len(works)), list[object]()

    def run(work: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                said.append(work())
            except Exception as error:  # noqa: BLE001 - it is what the test asks about
                said.append(error)

    db.release()
    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for all who come at once, because they are what the test is about."""
    monkeypatch.setattr(passwords, "gate", Gate(100))


@pytest.mark.race
def test_fifty_sign_ups_of_one_address_are_one_account(app: Flask, database: None, wide: None) -> None:
    wishes = [SignUp(f"Ada {n}", SPELLINGS[n % 5], "", PASSWORD) for n in range(50)]
    said = all_at_once(app, *(lambda wish=wish: actions.sign_up(wish) for wish in wishes))
    assert [one for one in said if not (one is None or isinstance(one, Busy))] == []
    assert said.count(None) >= 25
    assert db.session.scalar(select(func.count()).select_from(Account)) == 1


def reset_by_all(app: Flask, post: Post) -> tuple[int, int]:
    """Ten people press the button of one link; how many got through, and how many were told it is over."""
    account = an_account(ada)
    owning.send_reset(ada.email)
    token = keys.token_of(db.session.scalars(select(MailedKey)).one())
    works = [lambda n=n: owning.reset_password(token, f"another password {n}") for n in range(10)]
    said = all_at_once(app, *works)
    assert account.id
    return said.count(None), sum(isinstance(one, LinkOver) for one in said)


@pytest.mark.race
def test_a_link_lets_one_through(app: Flask, post: Post, wide: None) -> None:
    assert reset_by_all(app, post) == (1, 9)


@pytest.mark.race
def test_without_its_condition_a_link_lets_many_through(
    app: Flask, post: Post, wide: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "use", lambda key: None)
    through, _over = reset_by_all(app, post)
    assert through > 1


@pytest.mark.race
def test_two_owners_who_suspend_each_other_leave_one(
    app: Flask, client: InspectingClient, another_client: InspectingClient
) -> None:
    first, second = staff(client), staff(another_client, "owner", who=ben)
    all_at_once(app, lambda: staffing.suspend(first.id), lambda: staffing.suspend(second.id))
    left = db.session.scalar(select(func.count()).where(Account.active))
    assert left == 1


@pytest.mark.race
def test_a_password_that_changes_meanwhile_opens_nothing(app: Flask, database: None, wide: None) -> None:
    """Whoever compared the old one just before it was changed is not let in after."""
    account = an_account(ada)
    compared, changed = Event(), Event()
    real = passwords.matches

    def slowly(password: str, kept: str | None) -> bool:
        found = real(password, kept)
        if threading.current_thread() is not threading.main_thread():
            compared.set()
            changed.wait(10)
        return found

    passwords.matches, before = slowly, passwords.matches
    try:
        result: list[object] = []

        def enter() -> None:
            with app.app_context():
                try:
                    result.append(actions.sign_in(ada.email, PASSWORD, ""))
                except WrongPassword as refusal:
                    result.append(refusal)

        db.release()
        thief = Thread(target=enter)
        thief.start()
        compared.wait(10)
        owning.change_password(account.id, PASSWORD, "something else now", "", "none")
        changed.set()
        thief.join()
    finally:
        passwords.matches = before
    assert isinstance(result[0], WrongPassword)


def test_the_gate_lets_one_work_two_wait_and_refuses_the_rest(app: Flask, database: None) -> None:
    gate, open_it, working = Gate(3), Event(), list[int]()
    most = 0

    def work() -> None:
        nonlocal most
        working.append(1)
        most = max(most, len(working))
        open_it.wait(10)
        working.pop()

    threads = [Thread(target=lambda: gate.through(work)) for _ in range(3)]
    for thread in threads:
        thread.start()
    while not working:
        pass
    while gate._places._value:
        pass
    for _ in range(400):
        with pytest.raises(TooManyAtOnce):
            gate.through(work)
    open_it.set()
    for thread in threads:
        thread.join()
    assert most == 1
    gate.through(work)


def test_a_full_gate_is_a_polite_page_that_keeps_what_was_typed(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_account(ada)
    monkeypatch.setattr(passwords, "gate", Gate(1))
    assert passwords.gate._places.acquire(blocking=False)
    page = client.see("/account/sign-in")
    refused = client.submit(page, "Sign in", email=ada.email, password=PASSWORD)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert "Many people are signing in" in refused.document.text()
    assert refused.document.one("#email").get("value") == ada.email
    fields = {"name": ada.name, "email": ben.email, "phone": "", "password": PASSWORD}
    refused = client.submit(client.see("/account/sign-up"), "Make an account", **fields)
    assert (refused.status_code, refused.document.one("#name").get("value")) == (503, ada.name)


def test_one_too_many_is_answered_before_anything_is_done(
    app: Flask, client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Turnstile(app, 1)
    assert full.places.acquire(blocking=False)
    monkeypatch.setattr(app, "wsgi_app", full)
    refused = client.post("/account/sign-in", data={"email": ada.email, "password": PASSWORD})
    assert refused.status_code == 503
    assert refused.headers["Retry-After"]
    assert len(refused.headers.getlist("X-Request-ID")) == 1
    assert "Many people are signing in" in refused.document.text()
    assert client.post("/account/new-password/1-x").status_code == 503
    assert client.get("/account/sign-in").status_code == 200
    full.places.release()
    assert client.post("/account/sign-in", data={"email": ada.email, "password": PASSWORD}).status_code == 422
    assert full.places.acquire(blocking=False), "whoever leaves makes room"


def test_whoever_sends_slowly_keeps_nobody_waiting(
    app: Flask, client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Turnstile(app, 1)
    monkeypatch.setattr(app, "wsgi_app", one)
    body = urlencode({"email": ada.email, "password": PASSWORD}).encode()
    free: list[int] = []

    class Slow(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            free.append(one.places._value)
            return super().read(size)

    answer = client.post(
        "/account/sign-in",
        input_stream=Slow(body),
        content_length=len(body),
        content_type="application/x-www-form-urlencoded",
    )
    assert (answer.status_code, free) == (422, [1]), "it is read whole, at once, and before a place is taken"


def test_who_ends_sign_ins_does_not_stand_in_the_line_of_those_who_sign_in(
    app: Flask, client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_in(client, ada)
    full = Turnstile(app, 1)
    assert full.places.acquire(blocking=False)
    monkeypatch.setattr(app, "wsgi_app", full)
    assert client.post("/account/sign-ins/others/end").status_code == 303
