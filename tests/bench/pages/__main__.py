"""Print what building a page costs, in pages of a constant: `python -m tests.bench.pages`."""

from itertools import count
from statistics import median

from storefront.demo.crowd.filling import fill
from storefront.demo.crowd.products import invent
from tests.bench.pages.constant import ADDRESS as CONSTANT
from tests.bench.shop import BenchShop, opened
from tests.bench.working import worked
from tests.races.crowd import crowd, get
from tests.serving import LiveServer, served

PRODUCTS = 2000
ROUNDS, PAGES, CONSTANTS = 7, 120, 600
VISITORS = 2  # at once
PICTURES = """
    INSERT INTO images (product_id, file, width, height, renditions, tone, alt, position)
    SELECT id, id || '-' || place || '.jpg', 1200, 1500, '{320,480,640,960,1200}', '#d9cdbf', title, place
    FROM products CROSS JOIN generate_series(1, 3) AS place
"""
_buyers = count()


def main() -> None:
    with opened() as shop:
        with shop.app.app_context():
            for _some in fill(PRODUCTS):
                pass
        shop.connection.execute(PICTURES)
        shop.connection.execute("VACUUM ANALYZE")
        log = shop.folder / "gunicorn.log"
        with served(shop.settings, log, app="tests.bench.pages.beside:app", RATE_LIMIT_ENABLED="0") as server:
            compare(shop, server)


def compare(shop: BenchShop, server: LiveServer) -> None:
    """Rounds of each kind of page in turn, so that all meet the same machine."""
    kinds = {
        "list of 24 with facets": ("/products", 6),
        "list narrowed by two": ("/products?colour=teal&price=10.00-24.99", 6),
        "search": ("/search?q=oak", 6),
        "product": (f"/products/{invent(7).slug}", 5),
    }
    rounds: dict[str, list[float]] = {name: [] for name in (CONSTANT, *kinds)}
    asked: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(ROUNDS + 1):
        for name, path in {CONSTANT: CONSTANT, **{name: kind[0] for name, kind in kinds.items()}}.items():
            web, database = cost(shop, server, path, CONSTANTS if path == CONSTANT else PAGES)
            if number:  # The first round warms up.
                rounds[name].append(web)
                asked.setdefault(name, []).append(database)
    alone = median(rounds[CONSTANT])
    print(f"20 KB of constant HTML: {alone:.2f} ms of gunicorn's CPU")
    for name, (_path, goal) in kinds.items():
        web, database = median(rounds[name]), median(asked[name])
        print(f"{name}: {web:.1f} ms = {web / alone:.1f} x (goal {goal}), and PostgreSQL {database:.1f} ms")


def cost(shop: BenchShop, server: LiveServer, path: str, pages: int) -> tuple[float, float]:
    """Milliseconds of processor time that gunicorn and PostgreSQL spend on one of so many pages."""
    assert shop.postgres.pid
    leaders = {"web": server.process.pid, "PostgreSQL": shop.postgres.pid}
    requests = [get(path, buyer=next(_buyers) & 0xFFFFFF) for _number in range(pages)]
    before = worked(leaders)
    for answer in crowd(server.url, requests, at_once=VISITORS):
        assert answer.status == 200, f"{path}: {answer.status} {answer.trouble}"
    after = worked(leaders)
    web, database = ((after[who] - before[who]) * 1000 / pages for who in leaders)
    return web, database


if __name__ == "__main__":
    main()
