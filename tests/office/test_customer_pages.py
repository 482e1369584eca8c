"""Charlie looks up who buys: Ada with her account, Ben without one, and what they bought."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import select, update

from storefront.accounts.models import Account
from storefront.accounts.notes import CustomerNote
from storefront.checkout.actions import cancel_order
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.audit import AuditEntry
from tests.characters import Person, a_kettle, ada, ben
from tests.counting import Statements
from tests.inspecting import InspectingClient
from tests.people import an_account, staff
from tests.shopping import an_order

Count = Callable[[], AbstractContextManager[Statements]]


def of_ada(order: Order) -> Order:
    """The order stands in Ada's account."""
    with db.transaction() as session:
        session.execute(update(Order).where(Order.id == order.id).values(account_id=an_account_id()))
    return order


def an_account_id() -> int:
    return db.session.scalars(select(Account.id).where(Account.email == ada.email)).one()


def test_customers_stand_with_what_they_bought(client: InspectingClient) -> None:
    an_account(ada)
    staff(client)
    kettle = a_kettle(20)
    kept = of_ada(an_order((kettle, 2), who=ada))
    gone = of_ada(an_order((kettle, 1), who=ada))
    cancel_order(gone.id)
    (row,) = (row for row in client.see("/admin/customers").texts("tbody tr") if "Ada" in row)
    assert "€96.00" in row
    page = client.see("/admin/customers?q=lind")
    assert page.texts("tbody th a") == [ada.name]
    hers = client.see(page.one("tbody th a").get("href", ""))
    assert hers.texts("tbody th") == [gone.number, kept.number]
    assert "Cancelled" in hers.text("tbody")
    assert "€96.00" in hers.text(".facts")


def test_guests_are_known_by_their_latest_order(client: InspectingClient) -> None:
    staff(client)
    kettle = a_kettle(20)
    an_order((kettle, 1), who=ben)
    latest = an_order((kettle, 3), who=Person("Benjamin O.", "BEN@example.com", "", "", "", ""))
    an_account(ada)
    of_ada(an_order((kettle, 1), who=ada))
    page = client.see("/admin/customers/guests")
    assert page.texts("tbody th") == ["Benjamin O."]
    assert latest.number in page.one("tbody th a").get("href", "")
    his = client.see(page.one("tbody th a").get("href", ""))
    assert len(his.all("tbody tr")) == 2
    assert "€192.00" in his.text(".facts")
    assert client.see("/admin/customers/guests?q=benj").texts("tbody th") == ["Benjamin O."]
    assert "No guest of that name" in client.see("/admin/customers/guests?q=nobody").text("main")


def test_who_has_an_account_is_no_guest(client: InspectingClient) -> None:
    staff(client)
    an_account(ada)
    order = of_ada(an_order((a_kettle(), 1), who=ada))
    assert client.get(f"/admin/customers/guests/{order.number}").status_code == 404
    assert client.get("/admin/customers/99999").status_code == 404
    assert "Nobody of that name" in client.see("/admin/customers?q=!!zzz").text("main")


def test_a_note_is_kept_and_the_log_does_not_repeat_it(client: InspectingClient) -> None:
    staff(client)
    hers = an_account(ada)
    page = client.get(f"/admin/customers/{hers.id}")
    assert "No orders yet." in page.document.text("main")
    told = client.follow(client.submit(page, "Keep this note", text="Likes *blue*.\n<b>Rings</b> twice."))
    assert told.document.text("#notes .as-typed") == "Likes *blue*. <b>Rings</b> twice."
    assert "Charlie Roth" in told.document.text("#notes .story")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "customer_notes")).one()
    assert entry.after == {"account": hers.id}
    assert "blue" not in str(entry.after)


def test_an_empty_note_is_none(client: InspectingClient) -> None:
    staff(client)
    hers = an_account(ada)
    answer = client.submit(client.get(f"/admin/customers/{hers.id}"), "Keep this note", text="  ")
    assert answer.status_code == 422
    assert "Please write something." in answer.document.text("#problems")
    assert client.post("/admin/customers/99999/notes", data={"text": "Hello"}).status_code == 404
    assert db.session.scalars(select(CustomerNote)).first() is None


def test_lists_go_on_and_ask_little(client: InspectingClient, count_queries: Count) -> None:
    staff(client)
    kettle = a_kettle(200)
    for number in range(52):
        who = Person(f"Guest {number:02}", f"guest{number}@example.com", "", "", "", "")
        an_account(who)
        an_order((kettle, 1), who=who)
    lists = {"/admin/customers": 3, "/admin/customers/guests": 2, "/admin/customers/guests?q=guest": 2}
    for address, rest in lists.items():
        with count_queries() as asked:
            first = client.see(address)
        asked.at_most(10)
        assert len(first.all("tbody tr")) == 50
        more = client.see(first.one("a[rel='next']").get("href", ""))
        assert len(more.all("tbody tr")) == rest
        assert not {*first.texts("tbody th")} & {*more.texts("tbody th")}
    assert len(client.see("/admin/customers/guests?after=nonsense").all("tbody tr")) == 50
