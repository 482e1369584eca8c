"""Money that went back, over the API: in parts, once for each key, never more than came."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from storefront.office import verify
from storefront.orders.models import Order
from storefront.payments.refunds.models import Refund
from storefront.platform import audit, db
from tests.characters import a_kettle, ada, ben
from tests.inspecting import InspectingClient
from tests.people import an_account
from tests.programs import Program, a_token
from tests.shopping import an_order

Programs = Callable[..., Program]


def euros(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


@pytest.fixture
def bank(program: Programs) -> Program:
    """A program that follows the shop's account at the bank."""
    return program("payments:read", "payments:write", "refunds:write", "orders:write", name="bank")


@pytest.fixture
def off(bank: Program) -> Order:
    """Two kettles that Ada has paid for and then called off."""
    order = an_order((a_kettle(5), 2), payment="bank_transfer", account_id=an_account(ada).id)
    assert bank.make(f"/orders/{order.id}/payments", {}).status_code == 201
    assert bank.make(f"/orders/{order.id}/cancellations", {}).status_code == 201
    return order


def test_in_parts_until_all_is_back(bank: Program, off: Order) -> None:
    at = f"/orders/{off.id}/refunds"
    part = {"amount": euros(600), "method": "bank_transfer", "reference": "transfer 3"}
    first = bank.make(at, part, once="transfer-3")
    assert first.status_code == 201, first.text
    assert (first.json["amount"], first.json["credit_note"]) == (euros(600), None)
    assert first.json["by"].startswith("key bank")
    assert first.headers["Location"] == f"/api/v1/refunds/{first.json['id']}"
    assert bank.get(first.headers["Location"]).json == first.json
    rest = bank.make(at, {"method": "cash"})
    assert rest.json["amount"] == euros(9000)
    assert [one["id"] for one in bank.get(at).json["items"]] == [first.json["id"], rest.json["id"]]
    only = bank.get(f"{at}?limit=1").json
    assert [one["id"] for one in bank.get(f"{at}?after={only['next']}").json["items"]] == [rest.json["id"]]
    payment = bank.get(f"/payments/{first.json['payment_id']}").json
    assert (payment["state"], payment["refunded"], payment["to_refund"]) == (
        "refunded",
        euros(9600),
        euros(0),
    )
    db.release()
    with verify.snapshot() as connection:
        assert not [one for one in verify.examine(connection) if one.violations]


def test_sent_twice_it_went_back_once(bank: Program, off: Order) -> None:
    at, part = f"/orders/{off.id}/refunds", {"amount": euros(600), "method": "cash"}
    first, again = (bank.make(at, part, once="till-1") for _twice in range(2))
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert again.json == first.json
    other = bank.make(at, part | {"amount": euros(700)}, once="till-1")
    assert (other.status_code, other.json["code"]) == (422, "key-reused")
    db.release()
    assert db.session.scalar(select(func.count(Refund.id))) == 1


def test_what_cannot_be_says_where(bank: Program, off: Order) -> None:
    at = f"/orders/{off.id}/refunds"
    for body, pointer, why in (
        ({"amount": euros(9601), "method": "cash"}, "#/amount", "too-much"),
        ({"amount": euros(0), "method": "cash"}, "#/amount", "too-much"),
        ({"amount": euros(600) | {"currency": "USD"}, "method": "cash"}, "#/amount", "currency-differs"),
        ({"amount": euros(600), "method": "bank_transfer"}, "#/reference", "reference-needed"),
    ):
        answer = bank.make(at, body)
        assert (answer.status_code, answer.json["code"]) == (409, "contradiction"), answer.text
        (wrong,) = answer.json["errors"]
        assert (wrong["pointer"], wrong["code"]) == (pointer, why)
    for wild in ({"method": "pigeon"}, {}):
        answer = bank.make(at, wild)
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "#/method")
    assert bank.make("/orders/987654/refunds", {"method": "cash"}).status_code == 404
    assert bank.get(at).json["items"] == []


def test_more_than_is_owed_needs_a_reason_and_is_credited(bank: Program) -> None:
    order = an_order((a_kettle(5), 1), payment="bank_transfer")
    at, part = f"/orders/{order.id}/refunds", {"amount": euros(500), "method": "cash"}
    unpaid = bank.make(at, part)
    assert (unpaid.status_code, unpaid.json["code"]) == (409, "not-paid")
    bank.make(f"/orders/{order.id}/payments", {})
    silent = bank.make(at, part)
    assert (silent.status_code, silent.json["errors"][0]["code"]) == (409, "reason-missing")
    assert silent.json["errors"][0]["pointer"] == "#/reason"
    told = bank.make(at, part | {"reason": "a dent"})
    assert told.json["credit_note"].startswith("C")
    assert told.json["reason"] == "a dent"


def test_it_stands_in_the_audit_log_under_the_keys_name(bank: Program, off: Order) -> None:
    bank.make(f"/orders/{off.id}/refunds", {"amount": euros(600), "method": "cash"})
    db.release()
    entries = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.subject == "orders")).all()
    (entry,) = [one for one in entries if one.after and "refunded" in one.after]
    assert (entry.actor_kind, (entry.actor_id or "").split()[0]) == ("key", "bank")
    assert entry.after is not None
    assert (entry.after["refunded"], entry.after["method"]) == (600, "cash")


def test_ada_reads_hers_and_ben_does_not(
    client: InspectingClient, bank: Program, off: Order, program: Programs
) -> None:
    at = f"/orders/{off.id}/refunds"
    made = bank.make(at, {"method": "cash"}).json
    mine, other = Program(client, a_token(an_account(ada).id)), Program(client, a_token(an_account(ben).id))
    assert mine.get(at).json["items"] == [made]
    assert mine.get(f"/refunds/{made['id']}").json == made
    for address in (at, f"/refunds/{made['id']}"):
        assert other.get(address).status_code == 404
    body = {"amount": euros(1), "method": "cash", "reason": "please"}
    assert mine.make(at, body).status_code == 403
    assert program("payments:write", "payments:read").make(at, body).json["scope"] == "refunds:write"
