"""Print how fast orders are placed beside PostgreSQL alone: `python -m tests.bench.checkout`."""

from statistics import median

from storefront.platform import db
from tests.bench.checkout import pgbench, purchases, shelves
from tests.bench.checkout.measuring import Measured, middle, purchased
from tests.bench.checkout.script import KEY, NEW_ORDER, Run, written
from tests.bench.checkout.statements import Purchase, overheard
from tests.bench.shop import BenchShop, opened
from tests.serving import LiveServer, served

ROUNDS = 5
SECONDS = 3  # of one round of pgbench
ORDERS = 600  # of one round of ours
FEW, MANY = 8, 50  # buyers at once
HERE = {"Sec-Fetch-Site": "same-origin"}
DOOR = "tests.races.door:app"  # It says which process answers, so that no process gets most of few buyers.


def main() -> None:
    with opened() as shop:
        shelves.fill(shop.connection)
        purchase = one_purchase(shop)
        print(
            f"One order is {len(purchase.said) + 3} statements in its transaction,"
            f" {purchase.in_all} in the whole request.\n"
        )
        with served(shop.settings, shop.folder / "gunicorn.log", app=DOOR) as server:
            buy(shop, server, spread=True, clients=FEW)  # So that everything is warm.
            for spread in (True, False):
                compare(shop, server, purchase, spread=spread)


def compare(shop: BenchShop, server: LiveServer, purchase: Purchase, *, spread: bool) -> None:
    """Rounds of pgbench, of few and of many buyers in turn, so that all meet the same machine."""
    bare, few, many = [], [], []
    for number in range(ROUNDS):
        bare.append(bare_round(shop, purchase, spread=spread, name=f"{spread}-{number}"))
        few.append(buy(shop, server, spread=spread, clients=FEW))
        many.append(buy(shop, server, spread=spread, clients=MANY))
    alone = median(bare)
    rows, goal = ("spread rows", 0.15) if spread else ("one hot row", 0.40)
    print(f"{rows}: PostgreSQL alone, {FEW} clients: {alone:.0f} orders/s")
    print(told(middle(few), FEW), f"= {middle(few).per_second / alone:.2f} x pgbench (goal {goal:.2f})")
    share = middle(many).per_second / middle(few).per_second
    print(told(middle(many), MANY), f"= {share:.2f} x of {FEW} buyers (goal 0.90)\n")


def one_purchase(shop: BenchShop) -> Purchase:
    """Listen to one order that is placed in this process."""
    shop.connection.execute(f"ALTER SEQUENCE orders_id_seq RESTART {NEW_ORDER}")
    (cart,) = shelves.carts(shop.connection, 1, spread=True)
    client = shop.app.test_client()
    client.set_cookie("sf_cart", purchases.cookie(cart))
    with shop.app.app_context(), overheard(db.engine()) as ear:
        answer = client.post(purchases.ADDRESS, data=purchases.form(cart, KEY), headers=HERE)
        assert answer.status_code == 303, answer.text
        db.engine().dispose()
    return Purchase(ear.purchase, ear.total, answer.headers["Location"].rpartition("/")[2])


def bare_round(shop: BenchShop, purchase: Purchase, *, spread: bool, name: str) -> float:
    """One round of pgbench on carts of its own."""
    each = 4000 * SECONDS // FEW  # More than it can order in its time.
    carts = shelves.carts(shop.connection, each * FEW, spread=spread)
    run = Run(carts.start, each, shelves.VARIANTS if spread else 1)
    script = written(purchase, run, shop.connection)
    return pgbench.run(shop, script, clients=FEW, seconds=SECONDS, name=name)


def buy(shop: BenchShop, server: LiveServer, *, spread: bool, clients: int) -> Measured:
    """One round of ours."""
    carts = shelves.carts(shop.connection, ORDERS, spread=spread)
    assert shop.postgres.pid
    assert shop.valkey.pid
    leaders = {"web": server.process.pid, "PostgreSQL": shop.postgres.pid, "Valkey": shop.valkey.pid}
    return purchased(server.url, carts, clients, leaders)


def told(figures: Measured, clients: int) -> str:
    work = ", ".join(f"{who} {ms:.1f}" for who, ms in figures.cpu.items())
    return (
        f"  {clients:2} buyers: {figures.per_second:.0f} orders/s, p50 {figures.p50:.0f} ms,"
        f" p95 {figures.p95:.0f} ms; CPU ms per order: {work}"
    )


if __name__ == "__main__":
    main()
