"""The first facts of a new shop, so that it can be looked at before anybody has described it."""

from typing import Any

from sqlalchemy.dialects.postgresql import insert

from storefront.config import Settings, settings
from storefront.platform import db
from storefront.shop.models import Shop

FACTS: dict[str, Any] = {
    "name": "Storefront",
    "legal_name": "Storefront Example Ltd",
    "street": "Musterstraße 1",
    "postal_code": "10115",
    "city": "Berlin",
    "country": "DE",
    "email": "shop@example.com",
    "phone": "+49 30 23125000",
    "vat_id": "",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
    "prices_include_tax": True,
    "delivery_rate": 490,
    "delivery_countries": ["DE"],
    "delivery_methods": ["pickup", "drive_through", "home"],
    "payment_methods": ["pay_on_pickup", "card_at_counter", "cash_on_delivery"],
    "bank_holder": "",
    "bank_iban": "",
    "bank_bic": "",
    "opening_hours": "Monday to Friday 9:00 to 18:00\nSaturday 10:00 to 16:00",
    "pickup_note": "Please bring the number of your order.",
}
# Nobody must ever pay into an example: only a shop that is tried out has one.
EXAMPLE_BANK: dict[str, Any] = {
    "payment_methods": [*FACTS["payment_methods"], "bank_transfer"],
    "bank_holder": "Storefront Example Ltd",
    "bank_iban": "DE89370400440532013000",
    "bank_bic": "COBADEFFXXX",
}


def open_shop() -> None:
    """Write the first facts, once; a shop that has facts keeps them."""
    with db.transaction() as session:
        session.execute(insert(Shop).values(id=1, **_facts(settings())).on_conflict_do_nothing())


def _facts(operator: Settings) -> dict[str, Any]:
    return FACTS if operator.production else FACTS | EXAMPLE_BANK
