"""What the worker does for whoever runs the shop: it looks after it, and sweeps."""

from storefront.office import sweeping, watch
from storefront.platform import jobs


@jobs.periodic("office.verify", "7 * * * *")
def verify() -> None:
    """Ask whether everything that must be true is true."""
    watch.look()


@jobs.periodic("office.certificate", "*/10 * * * *")
def certificate() -> None:
    """Ask how long the certificate is good."""
    watch.look_at_certificate()


@jobs.periodic("office.sweep", "47 3 * * *")
def sweep() -> None:
    """Remove what is older than its kind may be."""
    sweeping.sweep()
