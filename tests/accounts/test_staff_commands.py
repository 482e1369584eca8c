"""The first owner of a shop, invited colleagues, and whoever lost the phone, from the command line."""

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from storefront.accounts import commands, staffing
from storefront.accounts.models import Account
from storefront.accounts.staffing import LastOwner
from storefront.platform import acting, db
from storefront.platform.audit import AuditEntry
from tests.characters import ada, charlie
from tests.inspecting import InspectingClient
from tests.people import PASSWORD, an_account, staff
from tests.post import Post


def run(command: object, *arguments: str, typed: str = "") -> tuple[int, str]:
    with acting.acting_as(acting.Actor("cli", "root")):
        result = CliRunner().invoke(command, arguments, input=typed)  # type: ignore[arg-type]  # A click command.
    return result.exit_code, result.output


def entries() -> list[tuple[str, object, object]]:
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    return [(row.actor_kind, row.before, row.after) for row in rows]


def test_the_first_owner(client: InspectingClient, post: Post) -> None:
    code, said = run(
        commands.create_staff,
        charlie.email,
        "--name",
        charlie.name,
        typed=f"short\nshort\n{PASSWORD}\n{PASSWORD}\n",
    )
    assert (code, "is staff now (owner)" in said, "at least 10" in said) == (0, True, True)
    page = client.see("/account/sign-in")
    client.submit(page, "Sign in", email=charlie.email, password=PASSWORD)
    assert client.get("/admin").headers["Location"].startswith("/account/second-factor")
    assert entries() == [("cli", {"roles": []}, {"roles": ["owner"]})]


def test_an_invited_colleague(client: InspectingClient, post: Post) -> None:
    code, _said = run(
        commands.create_staff,
        charlie.email,
        "--name",
        "Charlie",
        "--role",
        "orders",
        "--role",
        "catalogue",
        "--invite",
    )
    assert code == 0
    assert "invited" in post.of(charlie.email)[0]["Subject"]
    link = post.link(charlie.email, "/account/new-password/")
    client.follow(client.submit(client.see(link), "Use this password", new_password=PASSWORD))
    page = client.see("/account/sign-in")
    assert client.submit(page, "Sign in", email=charlie.email, password=PASSWORD).status_code == 303
    assert "catalogue, orders" in run(commands.list_staff)[1]


def test_a_customer_becomes_staff_and_keeps_the_password(client: InspectingClient, post: Post) -> None:
    account = an_account(ada)
    assert run(commands.create_staff, ada.email, "--name", "Somebody", "--invite")[0] == 0
    assert post.of(ada.email) == []
    assert db.session.get_one(Account, account.id).name == ada.name


def test_no_address(app: Flask, database: None) -> None:
    assert run(commands.create_staff, "nonsense", "--name", "X", "--invite")[0] == 2


def test_who_lost_the_phone(client: InspectingClient, post: Post) -> None:
    staff(client)
    assert "Taken away" in run(commands.reset_second_factor, charlie.email.upper())[1]
    assert client.get("/account").status_code == 303
    assert ("cli", {"second_factor": True}, {"second_factor": False}) in entries()
    assert "taken away" in post.of(charlie.email)[-1]["Subject"]
    assert "There was none" in run(commands.reset_second_factor, charlie.email)[1]


def test_a_customer_is_no_staff(app: Flask, database: None) -> None:
    an_account(ada)
    with pytest.raises(staffing.NobodyThere):
        staffing.reset_second_factor(ada.email)


def test_suspended_staff_are_out_and_the_last_owner_stays(
    client: InspectingClient, another_client: InspectingClient
) -> None:
    owner = staff(client)
    other = staff(another_client, "catalogue", who=ada)
    staffing.suspend(other.id)
    assert another_client.get("/account").status_code == 303
    staffing.let_in_again(other.id)
    with pytest.raises(LastOwner):
        staffing.suspend(owner.id)
    with pytest.raises(LastOwner):
        staffing.change_roles(owner.id, ["orders"])
    assert client.get("/account").status_code == 200
    staffing.change_roles(other.id, ["owner"])
    staffing.change_roles(owner.id, [])
    assert db.session.get_one(Account, owner.id).active
    staffing.end_sign_ins(other.id)


def test_an_invited_one_who_was_suspended_gets_a_new_link(app: Flask, database: None, post: Post) -> None:
    an_account(charlie, "owner")
    invited = staffing.hire(staffing.Hire("Ada", ada.email, frozenset({"orders"})))
    post.delivered()
    staffing.suspend(invited)
    staffing.let_in_again(invited)
    assert len(post.of(ada.email)) == 2
