"""The door to the order desk: the blueprint of its pages, open to who looks after orders."""

from flask import Blueprint

from storefront.platform import security

bp = Blueprint("office_orders", __name__)
security.staff_only(bp, "orders")
