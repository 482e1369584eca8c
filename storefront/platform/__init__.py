"""What any web application needs and no shop knows."""

from pathlib import Path

from flask import Flask

from storefront.config import Settings

ROOT = Path(__file__).resolve().parents[2]
"""Where templates, static files and migrations lie."""


def init_app(app: Flask, settings: Settings) -> None:
    """Install every part; the kept pages first, for only what knows the proxies stands before them."""
    # Imported here, because the parts import one another through this package.
    from storefront.platform import (  # noqa: PLC0415 - see above
        assets,
        cache,
        db,
        forms,
        http,
        i18n,
        limits,
        links,
        pages,
        refusals,
        security,
        staff_pages,
        timing,
        written,
    )
    from storefront.platform.json_api import operations  # noqa: PLC0415 - as above

    pages.init_app(app, settings)  # The others already meet its templates.
    for part in (cache, http, security, assets, db, timing):
        part.init_app(app, settings)
    for part in (operations, limits, i18n, links, forms, written, refusals):
        part.init_app(app, settings)
    staff_pages.init_app(app, settings)
