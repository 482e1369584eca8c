"""Notes beside an order."""

from flask import Response, request
from flask_babel import gettext as _

from storefront.office.orders.changing_views import current
from storefront.office.orders.desk_views import bp
from storefront.office.orders.forms import NoteForm
from storefront.office.orders.noting import note_order
from storefront.office.orders.page_views import shown
from storefront.platform import http, staff_pages

staff_pages.confirmation("note-kept", lambda _n: _("The note is kept."))
staff_pages.confirmation("note-mailed", lambda _n: _("The note goes to the customer by mail."))


@bp.post("/admin/orders/<number>/notes")
def note(number: str) -> Response:
    """Write something down; whatever happened to the order meanwhile, it is kept. Raises NotFound."""
    form, page = NoteForm(request.form), current(number)
    if not form.validate():
        return shown(page, 422, wrong={"note": form})
    words = (form.text.data or "").replace("\r\n", "\n")
    note_order(page.order.id, words, to_customer=form.to_customer)
    done = "note-mailed" if form.to_customer else "note-kept"
    return http.see(".show", number=page.order.number, done=done)
