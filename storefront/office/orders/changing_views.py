"""How every button of an order's page works: it acts on what was shown, or says what happened meanwhile."""

from collections.abc import Callable, Collection, Sequence

from flask import Response, request
from flask_babel import gettext as _

from storefront.office.orders import page as pages_of_orders
from storefront.office.orders import untouched
from storefront.office.orders.page import OrderPage
from storefront.office.orders.page_views import shown
from storefront.office.orders.story import Entry
from storefront.platform import acting, http, refusals
from storefront.platform.errors import Busy, Refusal


class Meanwhile(Refusal):
    """Somebody changed the order after its page was shown, so the press did nothing."""

    code = "changed-meanwhile"

    def message(self) -> str:
        return _("Something happened to this order after you opened its page, so nothing was done.")


def change(
    number: str,
    action: Callable[[int], object],
    done: str,
    to: Collection[str] = (),
    otherwise: Callable[[OrderPage, int, Refusal], Response] = shown,
) -> Response:
    """Do something with an order and show its page; `to` are the steps that it takes. Raises NotFound.

    Whoever presses twice, and did it with the first press, is shown that it is done. When it cannot be
    done `otherwise` shows the page on which it was asked for, with everything that was typed.
    """
    seen = request.form.get("seen", "")
    page = pages_of_orders.numbered(number, seen)
    refusal: Refusal = Meanwhile()
    if not page.missed:
        try:
            if untouched.do(page, seen, action):
                return http.see("office_orders.show", number=page.order.number, done=done)
            page = pages_of_orders.numbered(number, seen)
        except Busy as busy:
            refusal = busy
        except Refusal as refused:
            refusal, page = refused, pages_of_orders.numbered(number, seen)
    if _did_it(page.missed, to):
        return http.see("office_orders.show", number=page.order.number, done=done)
    refusals.note(refusal)
    return otherwise(page, refusal.status, Meanwhile() if page.missed else refusal)


def done_before(number: str, done: str, to: Collection[str]) -> Response | None:
    """What to answer when this very press did it already, so that what it asks for may not fit any more."""
    page = pages_of_orders.numbered(number, request.form.get("seen", ""))
    if _did_it(page.missed, to):
        return http.see("office_orders.show", number=page.order.number, done=done)
    return None


def current(number: str) -> OrderPage:
    """The page as it is now. Raises NotFound."""
    return pages_of_orders.numbered(number)


def _did_it(missed: Sequence[Entry], to: Collection[str]) -> bool:
    """Whether all that happened meanwhile are the steps that whoever presses wants, and they took them."""
    who = acting.now().actor
    return bool(missed) and all(
        (entry.actor_kind, entry.actor_id) == (who.kind, who.id) and entry.state in to for entry in missed
    )
