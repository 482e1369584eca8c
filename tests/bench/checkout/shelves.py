"""Full shelves and filled carts, made in SQL before any clock runs."""

import psycopg

VARIANTS = 1000
FIRST_CART, FIRST_VARIANT, FIRST_PRODUCT = 900_000_000, 940_000_000, 950_000_000
PRICE = 4800

_SHELVES = """
    INSERT INTO products (id, slug, title, status, created_at, updated_at, published_at, price_from)
    SELECT %(product)s + n, 'kettle-' || n, 'Kettle ' || n, 'active', now(), now(), now(), %(price)s
    FROM generate_series(0, %(variants)s - 1) AS n;
    INSERT INTO variants (id, product_id, sku)
    SELECT %(variant)s + n, %(product)s + n, 'KETTLE-' || n FROM generate_series(0, %(variants)s - 1) AS n;
    INSERT INTO prices (variant_id, currency, amount)
    SELECT %(variant)s + n, 'EUR', %(price)s FROM generate_series(0, %(variants)s - 1) AS n;
    INSERT INTO stock (variant_id, product_id, on_hand)
    SELECT %(variant)s + n, %(product)s + n, 10000000 FROM generate_series(0, %(variants)s - 1) AS n;
    INSERT INTO stock_movements (variant_id, quantity, reason, actor_kind, at)
    SELECT %(variant)s + n, 10000000, 'delivery', 'cli', now() FROM generate_series(0, %(variants)s - 1) AS n
"""
_CARTS = """
    INSERT INTO carts (id, token, created_at, touched_at)
    SELECT n, 'cart-' || lpad(n::text, 27, '0'), now(), now()
    FROM generate_series(%(first)s::bigint, %(last)s) AS n;
    INSERT INTO cart_lines (cart_id, variant_id, quantity, price_seen, added_at)
    SELECT n, %(variant)s + n %% %(variants)s, 1, %(price)s, now()
    FROM generate_series(%(first)s::bigint, %(last)s) AS n
"""


def fill(connection: psycopg.Connection) -> None:
    """A thousand kettles, ten million of each."""
    with connection.transaction():
        psycopg.ClientCursor(connection).execute(
            _SHELVES,
            {"product": FIRST_PRODUCT, "variant": FIRST_VARIANT, "variants": VARIANTS, "price": PRICE},
        )
    connection.execute("ANALYZE")


def carts(connection: psycopg.Connection, number: int, *, spread: bool) -> range:
    """The keys of new carts; their kettles are all different, or all the same one."""
    found = connection.execute("SELECT coalesce(max(id) + 1, %s) FROM carts", [FIRST_CART]).fetchone()
    assert found is not None
    keys = range(found[0], found[0] + number)
    values = {
        "first": keys.start,
        "last": keys.stop - 1,
        "variant": FIRST_VARIANT,
        "variants": VARIANTS if spread else 1,
        "price": PRICE,
    }
    with connection.transaction():
        psycopg.ClientCursor(connection).execute(_CARTS, values)
    connection.execute("ANALYZE")  # As autovacuum does, had they and the orders before come one by one.
    return keys
