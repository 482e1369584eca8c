"""gunicorn's door to the shop in a race: the shop itself, and what has no page yet.

Every answer says which process gave it.
"""

import os

from flask import Blueprint, Response

from storefront import create_app
from storefront.checkout.actions import expire_one_order
from storefront.payments.actions import settle_order
from storefront.platform import db

bp = Blueprint("door", __name__, url_prefix="/-")


@bp.post("/orders/<int:order_id>/settlement")
def settle(order_id: int) -> Response:
    """Staff note that the money came."""
    settle_order(order_id)
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
