"""Charlie begins the day: what waits, how the shop does, and one box that finds everything."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from storefront.checkout.actions import cancel_order
from storefront.office.home import charts
from storefront.office.home.periods import midnight, period
from storefront.orders.models import Order
from storefront.platform import clock, db
from storefront.shop.actions import describe_shop
from tests.characters import a_kettle, ada, ben, stocked
from tests.counting import Statements
from tests.inspecting import InspectingClient
from tests.people import an_account, staff
from tests.shopping import an_order

Count = Callable[[], AbstractContextManager[Statements]]
BERLIN = "Europe/Berlin"


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is noon in Berlin, so that an hour ago is today."""
    now = datetime.now(UTC).replace(hour=11, minute=30)
    monkeypatch.setattr(clock, "now", lambda: now)
    return now


def placed(order: Order, at: datetime) -> Order:
    with db.engine().begin() as connection:
        connection.execute(
            text("UPDATE orders SET placed_at = :at WHERE id = :id"), {"at": at, "id": order.id}
        )
    return order


def figures(client: InspectingClient, address: str = "/admin") -> dict[str, str]:
    """What stands on each card: its label and the rest."""
    page = client.see(address)
    return {
        label: whole.removeprefix(label).strip()
        for label, whole in zip(page.texts(".figure-label"), page.texts(".figure"), strict=True)
    }


def test_today_is_told_against_yesterday(client: InspectingClient, noon: datetime) -> None:
    staff(client)
    kettle = a_kettle(50, title="Kettle")
    day, hour = timedelta(days=1), timedelta(hours=1)
    for at, units in (
        (noon - hour, 2),
        (noon - 2 * hour, 1),
        (noon - day - hour, 1),
        (noon - day + hour, 40),
    ):
        placed(an_order((kettle, units)), at)
    cancel_order(placed(an_order((kettle, 1)), noon - hour).id)
    told = figures(client)
    assert told["Sales"] == "€144.00 200% more than yesterday until now"
    assert told["Orders"] == "2 100% more than yesterday until now"
    assert told["Average order"] == "€72.00 50% more than yesterday until now"
    page = client.see("/admin")
    assert page.texts("[aria-labelledby='best'] tbody tr") == ["Kettle 3 €144.00"]
    assert len(page.all(".chart .bar")) == 2
    rows = client.see(page.all(".figure[href*='sales']")[0].get("href", ""))
    assert len(rows.all("tbody tr")) == 2
    assert "€144.00" in rows.text(".facts")


def test_a_week_and_a_month(client: InspectingClient, noon: datetime) -> None:
    staff(client)
    kettle = a_kettle(50)
    for days, units in ((0, 1), (6, 1), (7, 4), (29, 1)):
        placed(an_order((kettle, units)), noon - timedelta(days=days, hours=1))
    week, month = figures(client, "/admin?period=week"), figures(client, "/admin?period=month")
    assert week["Sales"] == "€96.00 50% less than the 7 days before"
    assert month["Sales"] == "€336.00 nothing the 30 days before"
    assert len(client.see("/admin?period=week").all(".drawn tbody tr")) == 7
    assert len(client.see("/admin?period=month").all(".drawn tbody tr")) == 30


def test_what_stays_the_same_is_no_change(client: InspectingClient, noon: datetime) -> None:
    staff(client)
    kettle = a_kettle(50)
    for days in (0, 1):
        placed(an_order((kettle, 1)), noon - timedelta(days=days, hours=1))
    assert figures(client)["Sales"] == "€48.00 as yesterday until now"


def test_the_clock_is_set_back_at_the_shop() -> None:
    """The day on which Berlin's summer ends has 25 hours; its neighbours begin at midnight all the same."""
    now = datetime(2026, 10, 25, 12, 0, tzinfo=UTC)
    assert midnight(date(2026, 10, 25), BERLIN) == datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert midnight(date(2026, 10, 26), BERLIN) == datetime(2026, 10, 25, 23, 0, tzinfo=UTC)
    today = period("nonsense", now, BERLIN)
    assert (today.code, today.first, today.last) == ("today", date(2026, 10, 25), date(2026, 10, 25))
    assert today.before == (
        datetime(2026, 10, 23, 22, 0, tzinfo=UTC),
        datetime(2026, 10, 24, 12, 0, tzinfo=UTC),
    )


def test_bars_fill_their_drawing() -> None:
    low, none, high = charts.bars([1, 0, 1000])
    assert (high.height, high.y) == (charts.HEIGHT, 0)
    assert none.height == 0
    assert low.height == 2
    assert high.x + high.width < charts.WIDTH
    assert charts.bars([]) == []


def test_every_figure_leads_to_its_rows(client: InspectingClient) -> None:
    staff(client)
    kettle = a_kettle(2)
    an_order((kettle, 1))
    page = client.see("/admin")
    heaps = figures(client)
    assert (heaps["To pack"], heaps["Low stock"]) == ("1", "1")
    for link in page.all(".figure"):
        assert client.get(link.get("href", "")).status_code == 200


def test_more_than_can_be_counted_at_a_glance(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(client)
    monkeypatch.setattr("storefront.office.home.waiting.MOST", 1)
    for _number in range(3):
        a_kettle(1)
    assert figures(client)["Low stock"] == "more than 1"


def test_each_role_sees_its_own_heaps(client: InspectingClient, another_client: InspectingClient) -> None:
    staff(client, "catalogue")
    staff(another_client, "orders", who=ben)
    assert {"Low stock", "Reviews to read"} <= set(figures(client))
    assert "To pack" not in figures(client)
    assert {"To pack", "To refund"} <= set(figures(another_client))
    assert not {"Reviews to read", "Parked jobs"} & set(figures(another_client))
    order = an_order((a_kettle(20), 1))
    assert client.see("/admin/sales").all(f"a[href$='{order.number}']") == []
    assert len(another_client.see("/admin/sales").all(f"a[href$='{order.number}']")) == 1
    for one in (client, another_client):
        assert one.see("/admin").all("#steps") == []


def test_days_of_sales_are_chosen(client: InspectingClient) -> None:
    staff(client)
    today = clock.now().astimezone(ZoneInfo("Europe/Berlin")).date().isoformat()
    an_order((a_kettle(), 1))
    for asked, rows in (
        ("", 1),
        (f"?since={today}", 1),
        ("?until=2001-01-01", 0),
        ("?since=x&until=0001-01-01", 1),
        ("?after=nonsense", 1),
    ):
        assert len(client.see(f"/admin/sales{asked}").all("tbody tr")) == rows


def test_a_new_shop_is_told_what_to_do(client: InspectingClient) -> None:
    staff(client)
    done = client.see("/admin").texts(".step-list .done a")
    assert done == ["Describe the shop"]
    describe_shop(delivery_rate=590)
    stocked(a_kettle(1), 5)
    an_order((a_kettle(3), 1))
    page = client.see("/admin")
    assert set(page.texts(".step-list .done a")) == {
        "Describe the shop",
        "Say how you deliver and are paid",
        "Put in products",
        "Fill the shelves",
        "Place an order yourself",
    }
    for link in page.all(".step-list a"):
        assert client.get(link.get("href", "")).status_code == 200


def test_a_shop_that_sells_needs_no_checklist(
    client: InspectingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(client)
    monkeypatch.setattr("storefront.office.home.checklist.NEW", 1)
    for _number in range(2):
        an_order((a_kettle(), 1))
    assert client.see("/admin").all("#steps") == []


def test_home_asks_little(client: InspectingClient, count_queries: Count) -> None:
    staff(client)
    an_order((a_kettle(), 1))
    with count_queries() as asked:
        client.see("/admin?period=month")
    asked.at_most(10)


def test_one_box_finds_everything(client: InspectingClient) -> None:
    staff(client)
    kettle = a_kettle(9, title="Lindt kettle")
    order = an_order((kettle, 1), who=ada)
    an_account(ada)
    page = client.get("/admin")
    found = client.submit(page, "Search", q="lindt").document
    assert found.texts("h2") == ["Orders", "Products", "Customers"]
    assert (order.number in found.text("main"), "Lindt kettle" in found.text("main")) == (True, True)
    for link in found.all("main a"):
        assert client.get(link.get("href", "")).status_code == 200
    led = client.submit(page, "Search", q=f" #{order.number.lower()} ")
    assert led.headers["Location"] == f"/admin/orders/{order.number}"
    assert "Nothing has these words." in client.see("/admin/search?q=zzzz").text("main")
    assert "all in one box" in client.see("/admin/search").text("main")


def test_nobody_finds_what_they_may_not_see(client: InspectingClient) -> None:
    staff(client, "catalogue")
    order = an_order((a_kettle(title="Lindt kettle"), 1), who=ada)
    an_account(ada)
    assert client.see("/admin/search?q=lindt").texts("h2") == ["Products"]
    assert client.get(f"/admin/search?q={order.number}").status_code == 200


def test_somebody_for_orders_finds_no_products(client: InspectingClient) -> None:
    staff(client, "orders")
    an_order((a_kettle(title="Lindt kettle"), 1), who=ada)
    assert client.see("/admin/search?q=lindt").texts("h2") == ["Orders"]
