"""Charlie reads who changed what, and follows a request, a thing or a person through the log."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from storefront.platform import acting, audit, db
from storefront.platform.acting import Actor
from tests.characters import a_kettle, ada, ben
from tests.counting import Statements
from tests.inspecting import InspectingClient
from tests.people import an_account, staff
from tests.shopping import an_order

Count = Callable[[], AbstractContextManager[Statements]]


def changed(subject: str, key: int, before: object, after: object, who: Actor, request: str = "r-1") -> None:
    """Somebody changed the price of something."""
    with acting.acting_as(who, request), db.transaction():
        audit.note(
            subject,
            key,
            None if before is None else {"price": before},
            None if after is None else {"price": after},
        )


def rows(client: InspectingClient, asked: str = "") -> list[str]:
    return client.see(f"/admin/audit{asked}").texts("tbody tr")


def test_a_change_is_told_with_everything(client: InspectingClient) -> None:
    me = staff(client)
    changed("products", 7, 4800, 5200, Actor("staff", str(me.id)), "request-12345")
    (row,) = rows(client)
    for said in ("Charlie Roth", "Product 7", "changed", "price", "€48.00", "€52.00", "request-12345"):
        assert said in row


def test_what_was_changed_has_its_name_of_today(client: InspectingClient) -> None:
    staff(client)
    kettle = a_kettle()
    order = an_order((kettle, 1))
    things = {
        ("products", kettle.product_id): "Product Kettle",
        ("variants", kettle.id): f"Choice {kettle.sku}",
        ("stock", kettle.id): f"Stock {kettle.sku}",
        ("orders", order.id): f"Order {order.number}",
        ("products", 99999): "Product 99999",
    }
    for subject, key in things:
        changed(subject, key, 1, 2, Actor("cli"))
    told = rows(client, "?who=cli")
    assert [name for name, row in zip(reversed(things.values()), told, strict=True) if name not in row] == []


def test_what_was_made_tells_only_what_it_has(client: InspectingClient) -> None:
    staff(client)
    made = {"brand": None, "tags": [], "title": "", "values": ["Blue", "Small"], "price": 4800, "low_at": 0}
    with acting.acting_as(Actor("cli")), db.transaction():
        audit.note("variants", 99999, None, made)
    (row,) = rows(client)
    assert row.count(":") - row.split("Choice")[0].count(":") == 3
    assert "values : Blue, Small" in row
    assert "low_at : 0" in row


def test_everybody_has_a_name(client: InspectingClient) -> None:
    me, customer = staff(client), an_account(ada)
    actors = [
        (Actor("staff", str(me.id)), "Charlie Roth"),
        (Actor("staff", "99999"), "Staff no. 99999"),
        (Actor("customer", str(customer.id)), "Ada Lindt (customer)"),
        (Actor("key", "12"), "Key “12”"),
        (Actor("cli"), "A command"),
        (Actor("job", "checkout.expire"), "The shop itself"),
        (Actor(), "A visitor"),
        (Actor("ghost"), "ghost"),
    ]
    for number, (who, _name) in enumerate(actors):
        changed("products", number, 1, 2, who)
    assert [row.split(" Product")[0].split("M ")[-1] for row in rows(client)] == [
        name for _who, name in reversed(actors)
    ]


def test_the_log_is_narrowed(client: InspectingClient) -> None:
    me = staff(client)
    changed("products", 7, 1, 2, Actor("staff", str(me.id)), "request-1")
    changed("products", 8, None, 2, Actor("cli"), "request-2")
    changed("orders", 7, 1, None, Actor("cli"), "request-2")
    assert len(rows(client)) == 3
    assert len(rows(client, "?what=products")) == 2
    assert len(rows(client, "?what=products&which=7")) == 1
    assert len(rows(client, f"?who=staff:{me.id}")) == 1
    assert len(rows(client, "?who=cli")) == 2
    assert len(rows(client, "?request=request-2")) == 2
    assert len(rows(client, "?since=2001-01-01&until=2001-01-02")) == 0
    assert len(rows(client, "?since=2001-01-01")) == 3
    made, removed = rows(client, "?who=cli&what=products")[0], rows(client, "?what=orders")[0]
    assert "made" in made
    assert "removed" in removed


def test_what_is_no_day_narrows_nothing(client: InspectingClient) -> None:
    staff(client)
    changed("products", 7, 1, 2, Actor("cli"))
    for wrong in ("?since=yesterday", "?until=9999-12-31", "?since=0001-01-01", "?who=%00", "?after=x"):
        assert len(rows(client, wrong)) == 1


def test_one_change_is_read_whole(client: InspectingClient) -> None:
    staff(client)
    long = "word " * 100
    changed("products", 7, "short", long, Actor("cli"))
    (row,) = rows(client)
    assert "…" in row
    page = client.see("/admin/audit")
    link = page.one("tbody th a").get("href", "")
    assert long.strip() in client.see(link).text(".differences")
    assert client.get("/admin/audit/99999999").status_code == 404


def test_fifty_stand_on_a_page_and_none_is_lost(client: InspectingClient) -> None:
    staff(client)
    for number in range(1, 62):
        changed("products", number, 1, 2, Actor("staff", str(number)))
    first = client.get("/admin/audit")
    assert len(first.document.texts("tbody tr")) == 50
    rest = client.see(first.document.one("a[rel='next']").get("href", ""))
    assert len(rest.texts("tbody tr")) == 11
    assert len(rest.all(".pager a")) == 1


def test_the_list_asks_little(client: InspectingClient, count_queries: Count) -> None:
    staff(client)
    an_account(ben)
    for number in range(1, 60):
        changed("products", number, 1, 2, Actor(("staff", "customer", "key", "cli")[number % 4], str(number)))
    with count_queries() as asked:
        client.see("/admin/audit")
    asked.at_most(10)
