"""The orders reviews can stand in; each is unique by the review's id."""

from datetime import datetime

from flask_babel import lazy_gettext

from storefront.catalog.sorting import Sort

SORTS = {
    sort.name: sort
    for sort in (
        Sort("newest", lazy_gettext("Newest first"), datetime, "published_at", descending=True),
        Sort("highest", lazy_gettext("Best first"), int, "rating", descending=True),
        Sort("lowest", lazy_gettext("Worst first"), int, "rating"),
    )
}
NEWEST = SORTS["newest"]
