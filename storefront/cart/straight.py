"""A cart that becomes an order at once, for whoever names what they buy without having gone round."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger

from storefront.platform import db
from storefront.platform.errors import Refusal


@dataclass
class VariantsUnknown(Refusal):
    """There are no such things to buy."""

    variant_ids: list[int]
    code = "variants-unknown"

    def message(self) -> str:
        return _("There is no variant %(ids)s.", ids=", ".join(map(str, self.variant_ids)))


# By ascending variant, as every line everywhere is written.
_FILL = text("""
    WITH cart AS (
        INSERT INTO carts (token, closed, created_at, touched_at) VALUES (:token, true, :now, :now)
        RETURNING id
    ), wanted AS (
        SELECT * FROM unnest(:variants, :quantities) AS wanted (variant_id, quantity)
    ), lines AS (
        INSERT INTO cart_lines (cart_id, variant_id, quantity, price_seen, added_at)
        SELECT cart.id, variants.id, wanted.quantity, 0, :now
        FROM cart CROSS JOIN wanted JOIN variants ON variants.id = wanted.variant_id
        ORDER BY variants.id RETURNING variant_id
    )
    SELECT cart.id, array(SELECT variant_id FROM lines) AS known FROM cart
""").bindparams(
    bindparam("variants", type_=ARRAY(BigInteger)), bindparam("quantities", type_=ARRAY(BigInteger))
)


def fill(wanted: Mapping[int, int]) -> int:
    """A closed cart with so many units of each variant; its id. Raises VariantsUnknown. Part of a change."""
    here = db.inside()
    ids = sorted(wanted)
    what = {"variants": ids, "quantities": [wanted[one] for one in ids]}
    row = here.execute(_FILL, {"token": secrets.token_urlsafe(24), "now": here.now} | what).one()
    if unknown := sorted(set(ids) - set(row.known)):
        raise VariantsUnknown(unknown)
    return int(row.id)
