"""Ways the goods reach the customer, and what each costs."""

from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from storefront.shop.terms import Terms


@dataclass(frozen=True, slots=True)
class DeliveryMethod:
    """One way of delivery; `label` and `hint` are translated when they are shown."""

    code: str
    label: LazyString
    hint: LazyString
    needs_address: bool

    def price(self, shop: Terms) -> int:
        """In minor units, shown like the shop's prices: with tax where they include it."""
        return shop.delivery_rate if self.needs_address else 0


METHODS = {
    method.code: method
    for method in (
        DeliveryMethod(
            "pickup",
            lazy_gettext("Pickup at the counter"),
            lazy_gettext("We tell you when it is ready."),
            needs_address=False,
        ),
        DeliveryMethod(
            "drive_through",
            lazy_gettext("Drive-through"),
            lazy_gettext("Stay in the car, we bring it out."),
            needs_address=False,
        ),
        DeliveryMethod(
            "home",
            lazy_gettext("Home delivery"),
            lazy_gettext("To your door, at a flat rate."),
            needs_address=True,
        ),
    )
}


def offered(shop: Terms) -> list[DeliveryMethod]:
    """What the merchant offers, in the merchant's order."""
    return [METHODS[code] for code in shop.delivery_methods if code in METHODS]
