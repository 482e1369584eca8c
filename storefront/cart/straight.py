"""A cart that becomes an order at once, for whoever names what they buy without having gone round."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import CTE, BindParameter, bindparam, column, func, insert, literal_column, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger

from storefront.cart.models import Cart, CartLine
from storefront.catalog.models import Variant
from storefront.platform import db
from storefront.platform.errors import Refusal


@dataclass
class VariantsUnknown(Refusal):
    """There are no such things to buy."""

    variant_ids: list[int]
    code = "variants-unknown"

    def message(self) -> str:
        return _("There is no variant %(ids)s.", ids=", ".join(map(str, self.variant_ids)))


def opened(after: CTE) -> CTE:
    """A cart that is closed from the start, once there is a row of `after`; part of a larger statement."""
    cart, now = db.table(Cart), bindparam("now", type_=db.table(Cart).c.created_at.type)
    row = {
        "token": bindparam("cart_token", type_=cart.c.token.type),
        "closed": literal_column("true"),
        "created_at": now,
        "touched_at": now,
    }
    made = insert(cart).from_select(list(row), select(*row.values()).select_from(after))
    return made.returning(cart.c.id).cte("cart")


def filled(cart: CTE) -> CTE:
    """What is wanted, as its lines; what no variant is, is left out.

    By ascending variant, as every line everywhere is written.
    """
    lines, variants = db.table(CartLine), db.table(Variant)
    wanted = (
        func.unnest(_numbers("variants"), _numbers("quantities"))
        .table_valued(column("variant_id", BigInteger), column("quantity", BigInteger))
        .render_derived("wanted")
    )
    row = {
        "cart_id": cart.c.id,
        "variant_id": variants.c.id,
        "quantity": wanted.c.quantity,
        "price_seen": literal_column("0"),
        "added_at": bindparam("now", type_=lines.c.added_at.type),
    }
    found = cart.join(wanted, true()).join(variants, variants.c.id == wanted.c.variant_id)
    rows = select(*row.values()).select_from(found).order_by(variants.c.id)
    return insert(lines).from_select(list(row), rows).returning(*lines.c).cte("lines")


def asked(wanted: Mapping[int, int]) -> dict[str, Any]:
    """What such a statement is given: how many of each variant. Part of a change."""
    ids = sorted(wanted)
    units = {"variants": ids, "quantities": [wanted[one] for one in ids]}
    return units | {"cart_token": secrets.token_urlsafe(24), "now": db.inside().now}


def _numbers(name: str) -> BindParameter[Any]:
    numbers: Any = ARRAY(BigInteger)
    return bindparam(name, type_=numbers)
