"""gunicorn's door to the shop in a race: the shop itself, and what has no page yet.

Every answer says which process gave it.
"""

import os

from flask import Blueprint, Response, request

from storefront import create_app
from storefront.checkout.actions import expire_one_order
from storefront.checkout.changing import cancel_lines, take_back
from storefront.payments.actions import settle_order
from storefront.payments.refunds.actions import RefundRequest, refund_order
from storefront.platform import db
from storefront.platform.money import Money

bp = Blueprint("door", __name__, url_prefix="/-")


@bp.post("/orders/<int:order_id>/settlement")
def settle(order_id: int) -> Response:
    """Staff note that the money came."""
    settle_order(order_id)
    return Response(status=204)


@bp.post("/orders/<int:order_id>/refunds")
def refund(order_id: int) -> Response:
    """Staff have sent money back."""
    amount = Money(int(request.form["amount"]), "EUR")
    refund_order(order_id, RefundRequest(amount, "cash"))
    return Response(status=204)


@bp.post("/orders/<int:order_id>/lines/<int:line_id>/cancellations")
def cancel_unit(order_id: int, line_id: int) -> Response:
    """Staff cancel one unit of a line."""
    cancel_lines(order_id, {line_id: 1})
    return Response(status=204)


@bp.post("/orders/<int:order_id>/return")
def receive(order_id: int) -> Response:
    """The parcel came back."""
    take_back(order_id)
    return Response(status=204)


@bp.post("/expiries")
def expire() -> Response:
    """The periodic job looks for one order whose hold ran out."""
    return Response(status=200 if expire_one_order() else 204)


@bp.post("/hang-ups")
def hang_up() -> Response:
    """Close this process's idle connections: what they counted for PostgreSQL is then counted for all."""
    db.engine().dispose()
    return Response(status=204)


@bp.after_app_request
def name_process(response: Response) -> Response:
    response.headers["X-Process"] = str(os.getpid())
    return response


app = create_app()
app.register_blueprint(bp)
