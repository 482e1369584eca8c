"""What the worker does for whoever runs the shop: it looks after it, and sweeps."""

from storefront.office import sweeping, watch
from storefront.office.backups import nightly
from storefront.platform import jobs


@jobs.periodic("office.verify", "7 * * * *")
def verify() -> None:
    """Ask whether everything that must be true is true."""
    watch.look()


@jobs.periodic("office.certificate", "*/10 * * * *")
def certificate() -> None:
    """Ask how long the certificate is good."""
    watch.look_at_certificate()


@jobs.periodic("office.nightly", "40 2 * * *")
def ask_for_backup() -> None:
    """Ask for tonight's backup."""
    nightly.ask_for_backup()


@jobs.task("office.back_up")
def back_up() -> None:
    """Make it."""
    nightly.back_up()


@jobs.periodic("office.sweep", "47 3 * * *")
def sweep() -> None:
    """Remove what is older than its kind may be."""
    sweeping.sweep()
