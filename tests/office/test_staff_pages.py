"""Charlie runs the staff: invites Dana, changes what she may do, signs her out, suspends her."""

from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from storefront.accounts.models import Account, SignIn
from storefront.platform import clock, db, jobs
from storefront.platform.audit import AuditEntry
from storefront.platform.jobs import ORIGIN
from tests.characters import Person, ada, charlie
from tests.inspecting import InspectingClient
from tests.people import an_account, signed_in, staff

dana = Person("Dana Weiss", "dana@kiln.example", "", "", "", "")


def account_of(who: Person) -> Account:
    db.release()
    return db.session.scalars(select(Account).where(Account.email == who.email)).one()


def test_dana_is_invited_by_letter(client: InspectingClient, outbox: Path) -> None:
    staff(client)
    page = client.get("/admin/staff/new")
    answer = client.submit(page, "Invite them", name=dana.name, email=dana.email, roles="orders")
    told = client.follow(answer).document
    assert "Whoever has no password yet gets a letter" in told.text(".just-done")
    assert "Invited" in told.text(".badge")
    assert client.see("/admin/staff").texts("tbody th") == [charlie.name, dana.name]
    ((job, arguments),) = waiting()
    jobs.run_now(job, **arguments)
    assert len(list(outbox.iterdir())) == 1


def waiting() -> list[tuple[str, dict[str, Any]]]:
    """The jobs of accounts, without where they come from."""
    db.release()
    rows = db.session.connection().exec_driver_sql("SELECT task_name, args FROM procrastinate_jobs").all()
    own = [(name, args) for name, args in rows if name.startswith("accounts.")]
    return [(name, {key: value for key, value in args.items() if key not in ORIGIN}) for name, args in own]


def test_an_invitation_without_a_role_is_asked_about(client: InspectingClient) -> None:
    staff(client)
    page = client.get("/admin/staff/new")
    answer = client.submit(page, "Invite them", name="", email="dana")
    assert answer.status_code == 422
    assert len(answer.document.all("#problems li")) == 3
    assert answer.document.one("#email").get("value") == "dana"


def test_ada_the_customer_comes_to_work_here(client: InspectingClient) -> None:
    staff(client)
    an_account(ada)
    client.follow(
        client.submit(
            client.get("/admin/staff/new"),
            "Invite them",
            name="Ada",
            email="ADA@example.com",
            roles="catalogue",
        )
    )
    assert account_of(ada).name == ada.name
    assert "Ada Lindt" in client.see("/admin/staff").text("tbody")


def test_roles_change_and_are_written_down(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    staff(client)
    hers = staff(another_client, "orders", who=dana)
    assert another_client.get("/admin/orders").status_code == 200
    answer = client.submit(client.get(f"/admin/staff/{hers.id}"), "Save roles", roles="catalogue")
    assert "sign in again" in client.follow(answer).document.text(".just-done")
    assert another_client.get("/admin/orders").status_code == 303
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject == "accounts").order_by(AuditEntry.id.desc())
    ).first()
    assert entry is not None
    assert (entry.before, entry.after) == ({"roles": ["orders"]}, {"roles": ["catalogue"]})
    nothing = client.post(f"/admin/staff/{hers.id}/roles")
    assert nothing.status_code == 422


def test_dana_is_suspended_and_let_in_again(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    staff(client)
    hers = staff(another_client, "orders", who=dana)
    page = client.get(f"/admin/staff/{hers.id}")
    told = client.follow(client.submit(page, "Suspend them"))
    assert "Suspended" in told.document.texts(".badge")
    assert another_client.get("/admin/orders").status_code == 303
    client.follow(client.submit(told, "Let in again"))
    assert account_of(dana).active


def test_dana_is_signed_out_everywhere(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    hers = staff(another_client, "orders", who=dana)
    page = client.get(f"/admin/staff/{hers.id}")
    assert "Firefox on Linux" in page.document.text("tbody")
    told = client.follow(client.submit(page, "Sign out everywhere"))
    assert "Nowhere right now." in told.document.text("main")
    assert another_client.get("/admin/orders").status_code == 303


def test_dana_lost_her_phone(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    hers = staff(another_client, "orders", who=dana)
    client.follow(client.submit(client.get(f"/admin/staff/{hers.id}"), "Reset it"))
    assert account_of(dana).totp_secret is None


def test_dana_works_here_no_more(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    hers = staff(another_client, "orders", who=dana)
    client.follow(client.submit(client.get(f"/admin/staff/{hers.id}"), "Take the roles away"))
    assert client.see("/admin/staff").texts("tbody th") == [charlie.name]
    assert client.get(f"/admin/staff/{hers.id}").status_code == 404
    assert account_of(dana).active


def test_the_last_owner_stays(client: InspectingClient) -> None:
    me = staff(client)
    page = client.get(f"/admin/staff/{me.id}")
    for button, fields in (
        ("Save roles", {"roles": "orders"}),
        ("Suspend them", {}),
        ("Take the roles away", {}),
    ):
        answer = client.submit(page, button, **fields)
        assert answer.status_code == 409
        assert "last owner" in answer.document.text("[role='alert']")
    assert client.get("/admin/staff").status_code == 200


def test_what_is_dangerous_asks_for_the_password_once_more(client: InspectingClient) -> None:
    me = staff(client)
    page = client.get(f"/admin/staff/{me.id}")
    with db.transaction() as session:
        session.execute(update(SignIn).values(fresh_at=clock.now().replace(year=2020)))
    for address in ("new",):
        assert client.get(f"/admin/staff/{address}").headers["Location"].startswith("/account/again")
    answer = client.submit(page, "Reset it")
    assert answer.headers["Location"].startswith("/account/again")
    assert account_of(charlie).totp_secret is not None


def test_a_customer_is_no_colleague(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client)
    hers = signed_in(another_client, ada)
    assert client.get(f"/admin/staff/{hers.id}").status_code == 404
    assert client.post(f"/admin/staff/{hers.id}/suspension").status_code == 404
    assert account_of(ada).active
