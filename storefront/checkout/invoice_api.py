"""Invoices for programs: as JSON, and as the PDF that people get."""

from flask import Response

from storefront.checkout import told
from storefront.checkout.papers import pdf, queries
from storefront.checkout.schemas import InvoiceQuery
from storefront.orders import queries as orders
from storefront.orders.schemas import InvoiceTold
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.platform.i18n import spoken_in
from storefront.platform.json_api import callers
from storefront.platform.json_api.operations import blueprint, operation
from storefront.platform.json_api.slices import Slice, by_id, sliced
from storefront.shop.queries import facts

bp = blueprint("invoices_api", __name__)
TAG = "Invoices"
READ = "invoices:read"


@bp.get("/invoices")
@operation("Invoices", TAG, scope=READ, customers=True, query=InvoiceQuery, out=Slice[InvoiceTold])
def list_invoices(query: InvoiceQuery) -> Slice[InvoiceTold]:
    """By ascending id; they are numbered without a gap within each year."""
    wanted = {"order_id": query.order_id, "number": query.number}
    found = told.invoices(callers.caller().account_id, query.after_id, query.most + 1, **wanted)
    return sliced(query, found, lambda one: one, by_id)


@bp.get("/invoices/<key:invoice_id>")
@operation("One invoice", TAG, scope=READ, customers=True, out=InvoiceTold)
def show_invoice(invoice_id: int) -> InvoiceTold:
    """It never changes."""
    return _existing(invoice_id)


@bp.get("/invoices/<key:invoice_id>/document")
@operation("An invoice as PDF", TAG, scope=READ, customers=True, produces="application/pdf")
def show_document(invoice_id: int) -> Response:
    """In the language that the order was placed in."""
    order = orders.with_id(_existing(invoice_id).order_id)
    shop = facts()
    with spoken_in(order.locale):
        paper = queries.invoice(order)
        db.release()
        if paper is None:
            raise NotFound
        content = pdf.draw(paper, shop.time_zone, shop.country)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{paper.kind}-{paper.label}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _existing(invoice_id: int) -> InvoiceTold:
    found = told.invoice(invoice_id, callers.caller().account_id)
    if found is None:
        raise NotFound
    return found
