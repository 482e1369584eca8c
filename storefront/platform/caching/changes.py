"""Tell the kept pages what has changed."""

from collections.abc import Collection

from flask import current_app

from storefront.platform.caching.shelf import Shelf


def bump(tags: Collection[str]) -> None:
    """Whatever tells of these has changed: no page of them is shown any more."""
    if tags:
        shelf: Shelf = current_app.extensions["pages"]
        shelf.forget(set(tags))
