"""Why a choice cannot be changed."""

from dataclasses import dataclass

from flask_babel import gettext as _

from storefront.platform.errors import Refusal
from storefront.platform.money import Money


@dataclass
class StillPromised(Refusal):
    """Orders hold units of it, so it must stay counted."""

    sku: str
    code = "still-promised"

    def message(self) -> str:
        return _("Orders hold units of %(sku)s, so it must stay counted.", sku=self.sku)


@dataclass
class PriceMoved(Refusal):
    """Somebody wrote another price meanwhile."""

    now: Money
    code = "price-moved"

    def message(self) -> str:
        price = self.now.format()
        return _("Somebody else made the price %(price)s meanwhile. Yours was not saved.", price=price)
