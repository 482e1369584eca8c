"""What the worker does for accounts."""

from functools import partial

from storefront.accounts import actions, keys, mails, owning
from storefront.platform import jobs, mail


@jobs.task("accounts.send_link")
def send_link(key_id: int) -> None:
    """Send a letter whose link proves who reads it."""
    purpose = mails.purpose_of(key_id)
    if purpose:
        mail.pay(keys.owed_as(purpose, key_id), partial(mails.with_link, key_id))


@jobs.task("accounts.notify")
def notify(kind: str, account_id: int, key: str) -> None:
    """Tell somebody what happened to their account."""
    mail.pay(key, partial(mails.notice, kind, account_id, key))


@jobs.task("accounts.find_forgotten")
def find_forgotten(email_key: str) -> None:
    """Send a link to whoever forgot the password, if there is such an account."""
    owning.send_reset(email_key)


@jobs.periodic("accounts.sweep", "41 3 * * *")
def sweep() -> None:
    """Forget sign-ins and links that are long over."""
    actions.sweep()
