"""Every page of the order desk, and its line in the navigation."""

from flask_babel import lazy_gettext

from storefront.office.orders import (
    correction_views,
    export_views,
    list_views,
    money_views,
    move_views,
    note_views,
    page_views,
    paper_views,
    phone_views,
)
from storefront.office.orders.desk_views import bp
from storefront.platform import staff_pages

__all__ = [
    "bp",
    "correction_views",
    "export_views",
    "list_views",
    "money_views",
    "move_views",
    "note_views",
    "page_views",
    "paper_views",
    "phone_views",
]

staff_pages.entry("office_orders.index", lazy_gettext("Orders"), "sales", "orders", place=10)
