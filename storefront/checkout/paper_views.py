"""Invoices and credit notes, to read, to print and to keep, for whoever knows the order's address."""

from flask import Blueprint, Response

from storefront.checkout.papers import pdf, queries
from storefront.checkout.papers.paper import Paper
from storefront.orders.models import Order
from storefront.platform import db
from storefront.platform.errors import NotFound
from storefront.platform.i18n import spoken_in
from storefront.platform.pages import render
from storefront.shop.queries import facts

bp = Blueprint("papers", __name__)


@bp.get("/orders/<token>/invoice")
def invoice(token: str) -> Response:
    """The invoice as a page. Raises NotFound."""
    order = _order(token)
    return _page(order, queries.invoice(order))


@bp.get("/orders/<token>/invoice.pdf")
def invoice_pdf(token: str) -> Response:
    """The invoice as a file. Raises NotFound."""
    order = _order(token)
    with spoken_in(order.locale):
        return _file(queries.invoice(order))


@bp.get("/orders/<token>/credit-notes/<label>")
def credit_note(token: str, label: str) -> Response:
    """A credit note as a page. Raises NotFound."""
    order = _order(token)
    return _page(order, queries.credit_note(order, label))


@bp.get("/orders/<token>/credit-notes/<label>.pdf")
def credit_note_pdf(token: str, label: str) -> Response:
    """A credit note as a file. Raises NotFound."""
    order = _order(token)
    with spoken_in(order.locale):
        return _file(queries.credit_note(order, label))


def _order(token: str) -> Order:
    found = queries.by_token(token)
    if found is None:
        raise NotFound
    return found


def _page(order: Order, paper: Paper | None) -> Response:
    if paper is None:
        raise NotFound
    return _private(render("checkout/papers/show.html", order=order, paper=paper))


def _file(paper: Paper | None) -> Response:
    if paper is None:
        raise NotFound
    shop = facts()
    db.release()
    response = Response(pdf.draw(paper, shop.time_zone, shop.country), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{paper.kind}-{paper.label}.pdf"'
    return _private(response)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
