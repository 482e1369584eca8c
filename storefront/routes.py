"""Every blueprint of the shop, every measure, and every kind of job."""

from importlib import import_module

from flask import Flask

VIEWS = (
    "platform.health",
    "platform.metric_views",
    "platform.csp_reports",
    "platform.json_api.document_views",
    "shop.views",
    "shop.machine_views",
    "platform.mailbox_views",
    "accounts.views",
    "accounts.sign_in_views",
    "accounts.sign_up_views",
    "accounts.recovery_views",
    "accounts.second_factor_views",
    "accounts.details_views",
    "accounts.address_views",
    "inventory.api",
    "accounts.token_api",
    "accounts.api",
    "accounts.address_api",
    "catalog.views",
    "catalog.feed_views",
    "catalog.shelving.api",
    "catalog.api",
    "catalog.variants.api",
    "catalog.gallery.api",
    "catalog.arrival_views",
    "inventory.admin",
    "catalog.admin",
    "catalog.editing_views",
    "catalog.variants.admin",
    "catalog.gallery.admin",
    "catalog.scheduling.admin",
    "catalog.bulk.admin",
    "catalog.shelving.admin",
    "catalog.redirects.admin",
    "catalog.searching.admin",
    "catalog.uploaded.admin",
    "catalog.exporting.admin",
    "shop.admin",
    "cart.views",
    "checkout.views",
    "checkout.api",
    "checkout.fulfilment_api",
    "checkout.payment_api",
    "checkout.refund_api",
    "checkout.invoice_api",
    "checkout.find_views",
    "checkout.my_views",
    "checkout.paper_views",
    "reviews.views",
    "reviews.own_views",
    "reviews.api",
    "reviews.admin",
    "office.home.admin",
    "office.orders.admin",
    "office.customers.admin",
    "office.people.admin",
    "office.audit.admin",
    "office.keys.admin",
    "office.work.admin",
    "office.letters.admin",
    "office.kept.admin",
    "office.settings.admin",
    "office.settings.tax_admin",
    "office.settings.door_admin",
    "office.settings.logo_admin",
)
MEASURES = ("office.measures", "office.watch")
JOBS = (
    "shop.jobs",
    "accounts.jobs",
    "catalog.jobs",
    "cart.jobs",
    "checkout.jobs",
    "reviews.jobs",
    "office.jobs",
    "office.notices.jobs",
    "office.orders.jobs",
)


def init_app(app: Flask) -> None:
    """Register the blueprints, lower domains first, and make the jobs known by their names."""
    for name in VIEWS:
        app.register_blueprint(import_module(f"storefront.{name}").bp)
    for name in (*MEASURES, *JOBS):
        import_module(f"storefront.{name}")
