"""What the worker does for the shop's facts."""

from storefront.platform import jobs
from storefront.shop.actions import open_in_time


@jobs.periodic("shop.open", "* * * * *")
def reopen() -> None:
    """Take the closed sign away when its time is over."""
    open_in_time()
