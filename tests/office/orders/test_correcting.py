"""Charlie puts right what was typed wrong, and writes to customers."""

from email import message_from_bytes, policy
from pathlib import Path

from sqlalchemy import select

from storefront.orders import queries as orders
from storefront.platform import db, jobs
from storefront.platform.audit import AuditEntry
from storefront.platform.mail import Message
from tests.inspecting import InspectingClient
from tests.office.orders.desk import page_of, press
from tests.shopping import an_order


def test_another_address_is_written_down_with_what_it_was(desk: InspectingClient) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    form = desk.get(f"/admin/orders/{order.number}/correction")
    assert form.document.all("#address_street")[0].get("value") == "Torstraße 12"
    desk.follow(desk.submit(form, "Save the correction", address_street="Torstraße 120"))
    db.release()
    right = orders.with_id(order.id).delivery_address or {}
    assert (right["street"], right["name"]) == ("Torstraße 120", "Ada Lindt")
    assert (
        "Torstraße 12, 10119 Berlin, DE → Ada Lindt, Torstraße 120"
        in page_of(desk, order).texts(".order-story")[0]
    )
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "orders")).one()
    assert list(noted.after or {}) == ["delivery_address"]


def test_nothing_corrected_is_nothing_written(desk: InspectingClient) -> None:
    order = an_order()
    desk.follow(desk.submit(desk.get(f"/admin/orders/{order.number}/correction"), "Save the correction"))
    assert page_of(desk, order).texts(".story-what") == ["Placed"]


def test_at_another_e_mail_the_customer_gets_the_confirmation(desk: InspectingClient, outbox: Path) -> None:
    order = an_order()
    form = desk.get(f"/admin/orders/{order.number}/correction")
    refused = desk.submit(form, "Save the correction", email="ada@")
    assert "This is not an e-mail address, such as name@example.com." in refused.document.texts(
        "#problems li"
    )
    desk.follow(desk.submit(refused, "Save the correction", email="ada@lindt.example"))
    key = next(key for key in keys() if key.count(":") == 2)
    db.release()
    jobs.run_now("office.confirm_again", order_id=order.id, key=key)
    (letter,) = (message_from_bytes(file.read_bytes(), policy=policy.default) for file in outbox.iterdir())
    assert letter["To"] == "ada@lindt.example"


def test_the_bill_may_go_to_a_company(desk: InspectingClient) -> None:
    order = an_order()
    form = desk.get(f"/admin/orders/{order.number}/correction")
    refused = desk.submit(
        form, "Save the correction", own_bill="1", bill_country="DE", bill_company="Lindt AG"
    )
    assert refused.status_code == 422
    where = {"bill_street": "Torstraße 12", "bill_postal_code": "10119", "bill_city": "Berlin"}
    desk.follow(desk.submit(refused, "Save the correction", **where))
    assert "Lindt AG" in page_of(desk, order).texts("[aria-labelledby='people']")[0]


def test_another_countrys_form_is_shown_without_refusing_anything(desk: InspectingClient) -> None:
    order = an_order(delivery="home", payment="cash_on_delivery")
    form = desk.get(f"/admin/orders/{order.number}/correction").document
    sent = {"name": "Ada L.", "email": "ada@example.com", "address_country": "AT", "again": "1"}
    answer = desk.post(f"/admin/orders/{order.number}/correction", data=sent)
    assert answer.status_code == 200
    assert answer.document.all("#name")[0].get("value") == "Ada L."
    assert answer.document.all("#address_country option[selected]")[0].get("value") == "AT"
    assert form.all("#address_country option[selected]")[0].get("value") == "DE"


def test_a_note_among_staff_stays_there(desk: InspectingClient, outbox: Path) -> None:
    order = an_order()
    answer = press(desk, order, "Keep the note", text="Box is\ndamaged", audience="staff")
    assert "The note is kept." in answer.document.texts("[role='status']")
    assert "Box is damaged" in page_of(desk, order).texts(".told .as-typed")
    assert [key for key in keys() if key.startswith("order-note")] == []


def test_a_note_to_the_customer_is_mailed(desk: InspectingClient, outbox: Path) -> None:
    order = an_order()
    answer = press(desk, order, "Keep the note", text="Blue is sold out.\nGreen?", audience="customer")
    assert "The note goes to the customer by mail." in answer.document.texts("[role='status']")
    key = next(key for key in keys() if key.startswith("order-note"))
    db.release()
    jobs.run_now("office.order_note", note_id=int(key.partition(":")[2]))
    (letter,) = (message_from_bytes(file.read_bytes(), policy=policy.default) for file in outbox.iterdir())
    assert letter["To"] == "ada@example.com"
    assert order.number in letter["Subject"]
    body = letter.get_body(("plain",))
    assert body is not None
    assert "Blue is sold out.\nGreen?" in body.get_content()
    assert "Written to ada@example.com" in page_of(desk, order).texts(".story-what")


def test_an_empty_note_is_none(desk: InspectingClient) -> None:
    answer = press(desk, an_order(), "Keep the note", follow=False, audience="customer")
    assert answer.status_code == 422
    assert answer.document.all("input[name='audience'][value='customer'][checked]")


def keys() -> list[str]:
    db.release()
    return list(db.session.scalars(select(Message.dedupe_key)))
