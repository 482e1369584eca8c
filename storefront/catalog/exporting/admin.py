"""Staff take the whole catalog away as a file."""

from typing import Any

from flask import Blueprint, Response, stream_with_context
from flask_babel import lazy_gettext

from storefront.catalog.exporting import catalog_file
from storefront.platform import clock, staff_pages
from storefront.platform.pages import render
from storefront.platform.people import staff_only

bp = Blueprint("export_admin", __name__, url_prefix="/admin")
staff_only(bp, "catalogue")
staff_pages.entry("export_admin.show", lazy_gettext("Export"), "catalogue", "catalogue", place=90)


@bp.get("/export")
def show() -> Response:
    """What the file holds, and the way to it."""
    return render("catalog/admin/export.html")


@bp.get("/export.csv")
def export() -> Response:
    """The file, written while it is read."""
    pieces: Any = stream_with_context(catalog_file.written())
    response = Response(pieces, mimetype="text/csv")
    name = f"catalog-{clock.now():%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
