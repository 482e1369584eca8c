"""Every blueprint of the shop, and what all pages show."""

from importlib import import_module

from flask import Flask

VIEWS = ("platform.health", "shop.views", "catalog.views", "cart.views", "checkout.views")


def init_app(app: Flask) -> None:
    """Register the blueprints, lower domains first."""
    for name in VIEWS:
        app.register_blueprint(import_module(f"storefront.{name}").bp)
