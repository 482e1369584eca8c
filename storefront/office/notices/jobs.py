"""What the worker does to keep the shop informed."""

from functools import partial

from storefront.office.notices import actions, mails
from storefront.platform import jobs, mail


@jobs.periodic("office.look_for_low_stock", "17 * * * *")
def look_for_low_stock() -> None:
    """Every hour, because mornings come at different hours; one letter a day."""
    actions.note_low_stock()


@jobs.periodic("office.look_for_parked", "*/10 * * * *")
def look_for_parked() -> None:
    """Look for jobs that were given up."""
    actions.note_parked_jobs()


@jobs.task("office.tell_low_stock")
def tell_low_stock(key: str) -> None:
    """Send the letter about what runs low."""
    mail.pay(key, mails.low_stock)


@jobs.task("office.tell_parked")
def tell_parked(key: str, since: str) -> None:
    """Send the letter about jobs that were given up."""
    mail.pay(key, partial(mails.parked_jobs, since))
