"""Every table of the shop, imported so that mapping and migrations know them all."""

from importlib import import_module

HOMES = (
    "platform.events",
    "platform.idempotency",
    "platform.mail",
    "platform.audit",
    "platform.job_failures",
    "platform.keys.models",
    "platform.caching.owed",
    "shop.models",
    "taxes.models",
    "inventory.models",
    "accounts.models",
    "accounts.notes",
    "catalog.models",
    "catalog.searching.models",
    "catalog.scheduling.models",
    "catalog.bulk.models",
    "catalog.redirects.models",
    "catalog.uploaded.models",
    "cart.models",
    "orders.models",
    "orders.credit.models",
    "orders.notes",
    "payments.models",
    "payments.refunds.models",
    "reviews.models",
)


def load() -> None:
    """Make every table known."""
    for home in HOMES:
        import_module(f"storefront.{home}")
