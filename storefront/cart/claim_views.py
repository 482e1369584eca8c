"""On the next request of its pages a visitor's cart becomes that of whoever signed in meanwhile."""

from flask import g, request

from storefront.cart import carts, merging
from storefront.platform import http, people

NOBODYS = "-"
"""No cart has this token: what the cookie holds after somebody else left their cart in this browser."""


def claim() -> None:
    """Runs before every request that reads the visitor's cart; a guest pays nothing for it."""
    person = people.person()
    if person is None:
        return
    token = carts.token_of_visitor()
    if merging.is_settled(token, person.id):
        return
    if token and request.endpoint == "cart.badge":
        return  # Whoever opens the cart is to read what came together, and a header's count cannot say it.
    claimed = merging.claim(token, person.id)
    g.came = claimed.came
    if claimed.token != token:
        http.remember_instead(carts.COOKIE, claimed.token or NOBODYS)


def came() -> int:
    """How many units were put into the cart of before, in this request."""
    found: int = g.get("came", 0)
    return found
