"""Every blueprint of the shop, and every kind of job."""

from importlib import import_module

from flask import Flask

VIEWS = (
    "platform.health",
    "platform.csp_reports",
    "shop.views",
    "shop.machine_views",
    "catalog.views",
    "catalog.feed_views",
    "catalog.arrival_views",
    "cart.views",
    "checkout.views",
)
JOBS = ("catalog.jobs", "cart.jobs", "checkout.jobs")


def init_app(app: Flask) -> None:
    """Register the blueprints, lower domains first, and make the jobs known by their names."""
    for name in VIEWS:
        app.register_blueprint(import_module(f"storefront.{name}").bp)
    for name in JOBS:
        import_module(f"storefront.{name}")
