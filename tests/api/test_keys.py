"""Keys: made by owners, shown once, kept as hashes, ended at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from storefront.platform import clock, db
from storefront.platform.audit import AuditEntry
from storefront.platform.keys import actions, commands, queries
from storefront.platform.keys.models import ApiKey
from tests.characters import a_kettle, ada, ben
from tests.inspecting import InspectingClient
from tests.people import PASSWORD, an_account, staff
from tests.programs import Program, a_token
from tests.shopping import an_order

Programs = Callable[..., Program]


def stored() -> ApiKey:
    db.release()
    return db.session.scalars(select(ApiKey).order_by(ApiKey.id.desc())).first() or ApiKey()


def test_an_owner_makes_a_key_and_sees_it_once(client: InspectingClient) -> None:
    staff(client)
    page = client.see("/admin/keys/new")
    assert "at least one thing" in client.submit(page, "Make the key", name="till").document.text("main")
    past = client.post("/admin/keys", data={"name": "till", "scopes": "orders:read", "ends_on": "2020-01-01"})
    assert (past.status_code, "ended already" in past.document.text("main")) == (422, True)
    wrong = client.post("/admin/keys", data={"name": "till", "scopes": "orders:read", "ends_on": "soon"})
    assert wrong.status_code == 422
    made = client.post("/admin/keys", data={"name": "till", "scopes": "orders:read", "ends_on": "2099-12-31"})
    shown = made.document.text("#key")
    assert made.headers["Cache-Control"] == "private, no-store"
    assert Program(client, shown).get("/orders").status_code == 200
    listed = client.see("/admin/keys").text("main")
    assert "till" in listed
    assert shown not in listed
    assert shown.rpartition("_")[2] not in repr(vars(stored()))
    revoked = client.post(f"/admin/keys/{stored().id}/revocation")
    assert "The key is revoked" in client.follow(revoked).document.text("main")
    assert Program(client, shown).get("/orders").status_code == 401


def test_two_keys_of_a_name_live_at_a_time(program: Programs, every_scope: list[str]) -> None:
    one = actions.create_key("till", ["orders:read"], every_scope)
    actions.create_key("till", ["orders:read"], every_scope)
    with pytest.raises(actions.TooManyAlive, match="till"):
        actions.create_key("till", ["orders:read"], every_scope)
    actions.revoke_key(one.id)
    actions.revoke_key(one.id)
    assert actions.create_key("till", ["orders:read"], every_scope).shown


def test_a_key_ends_when_it_was_said_to(client: InspectingClient, program: Programs) -> None:
    key = program("orders:read")
    assert key.get("/orders").status_code == 200
    with db.transaction() as session:
        session.execute(update(ApiKey).values(expires_at=clock.now() - timedelta(seconds=1)))
    assert key.get("/orders").status_code == 401
    assert stored().standing(clock.now()) == "expired"


def test_when_it_was_last_used_is_noted(program: Programs) -> None:
    key = program("orders:read")
    key.get("/orders")
    first = stored().last_used_at
    assert first
    key.get("/orders")
    assert stored().last_used_at == first


def test_what_a_key_changes_bears_its_name(program: Programs) -> None:
    program("categories:write", name="catalogue").make("/categories", {"title": "Kettles"})
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "categories")).one()
    assert entry.actor_kind == "key"
    assert (entry.actor_id or "").startswith("catalogue")


@pytest.mark.usefixtures("database")
def test_keys_from_the_command_line(app: Flask, client: InspectingClient) -> None:
    runner = app.test_cli_runner()
    assert "no keys" in runner.invoke(commands.keys).output
    made = runner.invoke(commands.create_key, ["till", "--scope", "all", "--days", "90"])
    shown = next(line for line in made.output.splitlines() if line.startswith("sf_"))
    assert Program(client, shown).get("/orders").status_code == 200
    assert "till" in runner.invoke(commands.keys).output
    refused = runner.invoke(commands.create_key, ["till", "--scope", "everything"])
    assert isinstance(refused.exception, actions.ScopesUnknown)
    assert "revoked" in runner.invoke(commands.revoke_key, [shown.split("_")[1]]).output
    assert queries.bearer_of(shown) is None


def test_a_customer_logs_in_and_out(program: Programs, client: InspectingClient) -> None:
    account = an_account(ada)
    said = {"email": ada.email, "password": PASSWORD}
    wrong = program().ask("POST", "/tokens", json=said | {"password": "another one"})
    assert (wrong.status_code, wrong.json["code"]) == (401, "wrong-password")
    token = program().ask("POST", "/tokens", json=said)
    assert token.status_code == 201, token.text
    mine = Program(client, token.json["token"])
    assert [one["id"] for one in mine.get("/customers").json["items"]] == [account.id]
    assert mine.delete("/tokens/current").status_code == 204
    assert mine.get("/customers").status_code == 401
    kept = program("customers:write").delete("/tokens/current")
    assert (kept.status_code, kept.json["code"]) == (403, "no-token")


def test_a_suspended_customer_has_no_token(client: InspectingClient) -> None:
    account = an_account(ada)
    mine = Program(client, a_token(account.id))
    assert mine.get("/orders").status_code == 200
    with db.transaction() as session:
        session.get_one(type(account), account.id).active = False
    assert mine.get("/orders").status_code == 401
    with db.transaction():
        actions.end_tokens(account.id)


def test_ben_sees_nothing_of_adas(client: InspectingClient, program: Programs) -> None:
    kettle, key = a_kettle(), program("all")
    order = an_order((kettle, 1), account_id=an_account(ada).id)
    key.make(f"/orders/{order.id}/payments", {})
    invoice = key.get("/invoices").json["items"][0]["id"]
    body = {"country": "DE", "name": "Ada", "street": "Hof 1", "postal_code": "10119", "city": "Berlin"}
    address = key.make(f"/customers/{an_account(ada).id}/addresses", body)
    assert address.status_code == 201, address.text
    payment = key.get(f"/orders/{order.id}/payments").json["items"][0]["id"]
    fulfilment = key.get(f"/orders/{order.id}/fulfilments").json["items"][0]["id"]
    adas, bens = (Program(client, a_token(an_account(who).id)) for who in (ada, ben))
    for where in (
        f"/orders/{order.id}",
        f"/orders/{order.id}/lines",
        f"/order-lines/{order.lines[0].id}",
        f"/orders/{order.id}/payments",
        f"/payments/{payment}",
        f"/fulfilments/{fulfilment}",
        f"/invoices/{invoice}",
        f"/customers/{an_account(ada).id}",
        f"/customers/{an_account(ada).id}/addresses",
        f"/addresses/{address.json['id']}",
    ):
        assert (adas.get(where).status_code, bens.get(where).status_code) == (200, 404), where
    assert bens.get(f"/invoices/{invoice}/document", headers={"Accept": "application/pdf"}).status_code == 404
    for where, sent in (
        (f"/orders/{order.id}/cancellations", {}),
        (f"/customers/{an_account(ada).id}/addresses", body),
    ):
        assert bens.make(where, sent).status_code == 404
    assert (
        bens.ask("PATCH", f"/addresses/{address.json['id']}", json={}, headers={"If-Match": "*"}).status_code
        == 404
    )
    assert bens.delete(f"/addresses/{address.json['id']}").status_code == 404
    assert bens.get("/orders").json["items"] == []
    wish: dict[str, Any] = {"lines": [{"variant_id": kettle.id, "quantity": 1}], "delivery": "pickup"}
    wish |= {"payment": "pay_on_pickup", "customer_id": an_account(ada).id}
    assert bens.make("/orders", wish).status_code == 404
    own = bens.make("/orders", wish | {"customer_id": None})
    assert (own.json["customer_id"], own.json["name"]) == (an_account(ben).id, ben.name)
