"""What the worker looks at for a monitor, because it takes long: the invariants, and the certificate."""

import logging
import re
import socket
import ssl
from datetime import UTC, datetime
from urllib.parse import urlsplit

from storefront.config import settings
from storefront.office import verify
from storefront.platform import clock, metrics

log = logging.getLogger(__name__)
_VALIDITY = re.compile(rb"\x30.(?:\x17\x0d|\x18\x0f)(\d{12,14})Z(?:\x17\x0d|\x18\x0f)(\d{12,14})Z", re.DOTALL)
"""A certificate's first and last moment, as X.509 writes them one after the other."""
_seen: dict[str, float] = {}
"""What was found last, by the metric's name."""


@metrics.asked
def found() -> metrics.Gauges:
    """What was found last; nothing before anybody looked."""
    meanings = {
        "storefront_violations": "Rows that break what must always be true.",
        "storefront_verified_timestamp_seconds": "When somebody looked last.",
        "storefront_certificate_expires_timestamp_seconds": "Until when the certificate is good.",
    }
    return [(name, meanings[name], {}, value) for name, value in _seen.items()]


def look() -> int:
    """Ask whether all that must be true is true; how many rows are not. Each kind is a line of the log."""
    with verify.snapshot() as connection:
        findings = verify.examine(connection)
    for finding in findings:
        if finding.violations:
            log.error("%s does not hold, %d times", finding.invariant.code, finding.violations)
    broken = sum(finding.violations for finding in findings)
    _seen["storefront_violations"] = float(broken)
    _seen["storefront_verified_timestamp_seconds"] = clock.now().timestamp()
    return broken


def look_at_certificate() -> datetime | None:
    """Until when the shop's certificate is good; None where there is none. Whoever signed it is not asked."""
    address = urlsplit(settings().base_url)
    if address.scheme != "https" or not address.hostname:
        return None
    host, _colon, port = settings().tls_probe.partition(":")
    where = (host or address.hostname, int(port or address.port or 443))
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(where, timeout=5) as line,
        context.wrap_socket(line, server_hostname=address.hostname) as private,
    ):
        until = last_moment(private.getpeercert(binary_form=True) or b"")
    _seen["storefront_certificate_expires_timestamp_seconds"] = until.timestamp()
    return until


def last_moment(certificate: bytes) -> datetime:
    """Until when a certificate (DER) is good. Raises ValueError when it is none."""
    validity = _VALIDITY.search(certificate)
    if validity is None:
        raise ValueError("this is no certificate")
    said = validity[2].decode()
    shape = "%y%m%d%H%M%S" if len(said) == 12 else "%Y%m%d%H%M%S"
    return datetime.strptime(said, shape).replace(tzinfo=UTC)
