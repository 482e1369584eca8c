"""The overheard purchase as a pgbench script: the same statements, with values that differ per order.

What differs is found by its value, which is why the purchase that is overheard has numbers that no
other value has. pgbench knows which cart comes next, and asks the answers for the new keys.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.sql import Literal

from storefront.platform.greeting import WEB_TIMEOUTS
from tests.bench.checkout.shelves import FIRST_CART, FIRST_PRODUCT, FIRST_VARIANT
from tests.bench.checkout.statements import Purchase, Statement

KEY = UUID("5f0c2b1e-0000-4000-8000-0000000000ff")
NEW_ORDER = 910_000_000
"""Orders are counted from here before the purchase is overheard, so that its key is known by sight."""

_VARYING = {
    FIRST_CART: ":cart",
    FIRST_VARIANT: ":variant",
    FIRST_PRODUCT: ":product",
    NEW_ORDER: ":order",
}
_NUMBER = re.compile("|".join(map(str, _VARYING)))
_PLACE = re.compile(r"%\((\w+)\)s|\$(\d+)")


@dataclass(frozen=True, slots=True)
class Run:
    """Which carts the clients of one pgbench run buy, and of how many variants."""

    first_cart: int
    carts_each: int
    variants: int


def written(purchase: Purchase, run: Run, connection: Connection) -> str:
    """The script of one order."""
    lines = [
        r"\set n :n + 1",
        rf"\set cart {run.first_cart} + :client_id * {run.carts_each} + :n",
        rf"\set variant {FIRST_VARIANT} + :cart % {run.variants}",
        rf"\set product {FIRST_PRODUCT} + :cart % {run.variants}",
        "BEGIN;",
        _time_outs(),
    ]
    for statement in purchase.said:
        sql = _filled(statement, purchase.token, connection)
        places = "INSERT INTO orders " in sql
        lines += [f"{sql} \\gset", r"\set order :id"] if places else [f"{sql};"]
    return "\n".join([*lines, "COMMIT;", ""])


def _time_outs() -> str:
    """The time-outs in one statement: pgbench cannot prepare three at once, as the driver sends them."""
    pairs = re.findall(r"SET LOCAL (\w+) = '(\w+)'", WEB_TIMEOUTS)
    return "SELECT " + ", ".join(f"set_config('{name}', '{value}', true)" for name, value in pairs) + ";"


def _filled(statement: Statement, token: str, connection: Connection) -> str:
    def expressed(found: re.Match[str]) -> str:
        value = statement.values[found[1] or found[2]]
        if value == token:
            return "md5(:run || '-' || :cart)"
        return _expression(value, connection)

    return " ".join(_PLACE.sub(expressed, statement.text).replace("%%", "%").split())


def _expression(value: Any, connection: Connection) -> str:
    if value == KEY:
        return "gen_random_uuid()"
    if isinstance(value, int) and value in _VARYING:
        return _VARYING[value]
    if isinstance(value, datetime):
        return f"'{value:%Y%m%dT%H%M%S+00}'"  # Without colons, after which pgbench looks for names.
    return _varied(Literal(value).as_string(connection))


def _varied(literal: str) -> str:
    """A literal whose inner numbers vary, as an expression."""
    if not _NUMBER.search(literal):
        return literal
    if literal.startswith("'") and not literal.endswith("'"):  # such as '{94}'::int8[]
        inner, _, cast = literal.rpartition("::")
        return f"({_joined(inner)})::{cast}"
    return f"({_joined(literal)})"


def _joined(literal: str) -> str:
    return _NUMBER.sub(lambda found: f"' || {_VARYING[int(found[0])]} || '", literal)
