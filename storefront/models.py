"""Every table of the shop, imported so that mapping and migrations know them all."""

from importlib import import_module

HOMES = (
    "platform.events",
    "platform.idempotency",
    "platform.mail",
    "platform.audit",
    "platform.keys.models",
    "platform.caching.owed",
    "shop.models",
    "taxes.models",
    "inventory.models",
    "accounts.models",
    "catalog.models",
    "catalog.searching.models",
    "catalog.scheduling.models",
    "catalog.bulk.models",
    "catalog.redirects.models",
    "cart.models",
    "orders.models",
    "orders.notes",
    "payments.models",
)


def load() -> None:
    """Make every table known."""
    for home in HOMES:
        import_module(f"storefront.{home}")
