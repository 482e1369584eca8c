"""Print what staff wait for in a shop that has sold for a year: `python -m tests.bench.office`."""

from statistics import median, quantiles

from storefront.orders.models import Order
from storefront.platform import db
from tests.bench.office import years
from tests.bench.shop import opened
from tests.counting import counted
from tests.inspecting import Answer, InspectingClient
from tests.people import staff

ROUNDS = 9
GOALS = {"home": 300, "list": 200}  # ms of the server's time
MOST = 10  # statements
PAGES = {
    "home": ("/admin", "/admin?period=week", "/admin?period=month"),
    "list": (
        "/admin/orders",
        "/admin/orders?state=all",
        "/admin/orders?q=ada",
        "/admin/products",
        "/admin/products?q=kettle",
        "/admin/stock",
        "/admin/stock?show=low",
        "/admin/customers",
        "/admin/customers?q=ada",
        "/admin/customers/guests",
        "/admin/customers/guests?q=guest",
        "/admin/sales",
        "/admin/audit",
        "/admin/audit?what=stock",
        "/admin/audit?who=staff:3",
        "/admin/jobs",
        "/admin/jobs?state=done",
        "/admin/mail?state=sent",
        "/admin/mail?state=sent&q=customer7@example.com",
        "/admin/reviews",
        "/admin/staff",
        "/admin/search?q=ada",
        "/admin/search?q=kettle",
    ),
}


def main() -> None:
    with opened() as shop, shop.app.app_context():
        shop.app.config["SETTINGS"] = shop.settings.model_copy(update={"rate_limit_calls": 1_000_000})
        years.fill(shop.connection)
        orders = db.session.query(Order).count()
        db.release()
        print(f"{years.PRODUCTS:,} products, {orders:,} orders: ms at the server      p50    p95  statements")
        client = InspectingClient(shop.app, Answer)
        staff(client)
        late = [
            told
            for kind, pages in PAGES.items()
            for address in pages
            if (told := look_at(client, kind, address))
        ]
        print("\n".join(late) if late else "Every page is in time.")
        db.engine().dispose()


def look_at(client: InspectingClient, kind: str, address: str) -> str:
    """Ask for a page several times; says what is wrong with it, if anything is."""
    waits, asked = [], 0
    for _round in range(ROUNDS + 1):
        db.release()
        with counted(db.engine()) as statements:
            answer = client.get(address)
        asked = len(statements)
        assert answer.status_code == 200, f"{address} answered {answer.status_code}"
        waits.append(float(answer.headers["X-Response-Time"].removesuffix("ms")))
    p95 = quantiles(waits[1:], n=20)[-1]  # The first one warms up.
    print(f"{address:50} {median(waits[1:]):10.0f} {p95:6.0f} {asked:10}")
    wrong = p95 > GOALS[kind] or asked > MOST
    return f"{address} takes {p95:.0f} ms and {asked} statements" if wrong else ""


if __name__ == "__main__":
    main()
