"""What the worker does for carts."""

from storefront.cart.actions import sweep_carts
from storefront.platform import jobs


@jobs.periodic("cart.sweep", "23 * * * *")
def sweep() -> None:
    """Delete the carts that were left standing."""
    while sweep_carts():
        pass
