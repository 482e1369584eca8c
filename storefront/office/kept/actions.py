"""Forget kept pages."""

from collections.abc import Collection

from storefront.platform import audit, db

EVERY_PAGE = ("shop",)
"""Every public page tells of the shop, so it bears this tag."""


@db.retried
def forget_pages(tags: Collection[str]) -> None:
    """No page that tells of these is shown any more as it was kept; it is built anew when it is asked for."""
    with db.transaction():
        audit.note("kept_pages", " ".join(sorted(tags)), None, {"forgotten": sorted(tags)})
        db.inside().tag(*tags)
