"""Files to take away: orders as CSV, and the invoices of a period as CSV and as PDFs."""

from datetime import date
from typing import Any

from flask import Response, request, stream_with_context
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import DateField
from wtforms.validators import ValidationError

from storefront.office.orders import archiving, bookkeeping, export, spreadsheet
from storefront.office.orders.bookkeeping import Period
from storefront.office.orders.desk_views import bp
from storefront.office.orders.list_views import asked
from storefront.platform import clock, i18n
from storefront.platform.errors import Refusal
from storefront.platform.fields import needed
from storefront.platform.forms import Form
from storefront.platform.pages import render
from storefront.shop import queries as shop_queries

MOST_PDFS = 2000  # drawn in one request; a month of a small shop many times over
_FIRST: Any = lazy_gettext("From")
_LAST: Any = lazy_gettext("Until and including")
_NO_DAY: Any = lazy_gettext("Please choose a day.")


class PeriodForm(Form):
    """Two days."""

    first = DateField(_FIRST, [needed(_NO_DAY)])
    last = DateField(_LAST, [needed(_NO_DAY)])

    def validate_last(self, field: DateField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("This is before the first day."))


class TooManyPapers(Refusal):
    """More PDFs than one answer can hold."""

    status = 422
    code = "too-many-papers"

    def message(self) -> str:
        return _("These are more than %(most)s documents. Please choose a shorter period.", most=MOST_PDFS)


@bp.get("/admin/orders.csv")
def export_orders() -> Response:
    """The orders of a heap or a search."""
    heap, words = asked()
    zone = shop_queries.read().time_zone
    return _file(export.written(heap, words, zone), f"orders-{heap.code}.csv", "text/csv")


@bp.get("/admin/orders/papers")
def papers() -> Response:
    """Which period, and what was invoiced and credited in it."""
    period, form = _period()
    found = bookkeeping.documents(period) if period else ()
    return render(
        "office/orders/papers.html",
        status=200 if period else 422,
        form=form,
        period=period,
        invoices=[document for document in found if not document.credits],
        credits=[document for document in found if document.credits],
        sums=bookkeeping.sums(found),
    )


@bp.get("/admin/orders/papers.csv")
def papers_csv() -> Response:
    """Invoices and credit notes of a period, with the tax at each rate."""
    period, _form = _period()
    if period is None:
        return papers()
    found = bookkeeping.documents(period)
    at = bookkeeping.rates(found)
    names = [i18n.percent(rate) for rate in at]
    head = [_("Number"), _("Date"), _("Order"), _("Credits invoice"), _("Customer"), _("Country")]
    head += [_("VAT number"), _("Currency"), _("Net"), _("Tax"), _("Total")]
    head += [words for name in names for words in (_("Net at %(r)s", r=name), _("Tax at %(r)s", r=name))]
    rows = [spreadsheet.line(bookkeeping.cells(document, at, period.zone)) for document in found]
    return _file(
        [spreadsheet.MARK, spreadsheet.line(head), *rows], f"invoices-{_named(period)}.csv", "text/csv"
    )


@bp.get("/admin/orders/papers.zip")
def papers_zip() -> Response:
    """Their PDFs. Raises TooManyPapers."""
    period, _form = _period()
    if period is None:
        return papers()
    if bookkeeping.how_many(period) > MOST_PDFS:
        raise TooManyPapers
    found = bookkeeping.documents(period)
    return _file(archiving.zipped(found), f"invoices-{_named(period)}.zip", "application/zip")


def _period() -> tuple[Period | None, PeriodForm]:
    zone = shop_queries.read().time_zone
    usual = Period.last_month(clock.now(), zone)
    form = PeriodForm(request.args, data={"first": usual.first, "last": usual.last})
    if not request.args:
        return usual, form
    if not form.validate() or not _sensible(form.first.data, form.last.data):
        return None, form
    return Period(form.first.data or usual.first, form.last.data or usual.last, zone), form


def _sensible(*days: date | None) -> bool:
    """A calendar ends in the year 9999, and a day after it is asked for."""
    return all(day and 1900 < day.year < 9999 for day in days)


def _named(period: Period) -> str:
    return f"{period.first:%Y-%m-%d}-{period.last:%Y-%m-%d}"


def _file(parts: Any, name: str, kind: str) -> Response:
    """A download that is written while it is read."""
    told: Any = stream_with_context(iter(parts))
    response = Response(told, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
