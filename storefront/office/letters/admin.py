"""The mail of the shop: what was sent, what was not, and a letter to try whether it leaves the house."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from storefront.office.letters import queries
from storefront.office.letters.trying import NotSent, send_a_test
from storefront.platform import http, mail, refusals, security, staff_pages
from storefront.platform.pages import render

bp = Blueprint("office_letters", __name__)
security.staff_only(bp, "owner")
staff_pages.entry("office_letters.index", lazy_gettext("Mail"), "shop", "owner", place=50)
staff_pages.confirmation(
    "test-sent", lambda _n: _("The letter is on its way to you. Look into your mailbox.")
)
staff_pages.confirmation(
    "test-kept", lambda _n: _("There is no mail server: the letter was written to a file.")
)
LABELS = {
    "failed": lazy_gettext("Failed"),
    "waiting": lazy_gettext("Waiting"),
    "sent": lazy_gettext("Sent"),
}


@bp.get("/admin/mail")
def index() -> Response:
    """Messages that stand as one asks; first those that the mail server did not take."""
    return _shown()


@bp.post("/admin/mail/tests")
def send_test() -> Response:
    """A letter to whoever presses the button."""
    try:
        send_a_test(security.demand_person().email)
    except NotSent as refusal:
        refusals.note(refusal)
        return _shown(refusal)
    return http.see(".index", done="test-sent" if mail.has_server() else "test-kept")


def _shown(refusal: NotSent | None = None) -> Response:
    state = request.args.get("state", "")
    state = state if state in LABELS else "failed"
    words = staff_pages.words("q")
    return render(
        "office/letters/index.html",
        status=refusal.status if refusal else 200,
        state=state,
        labels=LABELS,
        counts=queries.counts(),
        messages=queries.page(state, words, staff_pages.after()),
        words=words,
        has_server=mail.has_server(),
        me=security.demand_person().email,
        refusal=refusal,
    )
