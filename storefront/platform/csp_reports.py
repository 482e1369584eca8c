"""What browsers refused on our behalf: each report is one line of the log.

A report says which page it was about; that address may hold a secret, so only the rule that was broken
and the origin of what was refused are written down.
"""

import json
import logging
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from storefront.platform.limits import limiter

bp = Blueprint("csp_reports", __name__)
log = logging.getLogger(__name__)
REPORTS = "20/minute"  # of one address; a broken page says the same thing again and again
MOST = 16 * 1024  # bytes
WORD = 40  # letters that are kept of what a stranger wrote


@bp.post("/csp-reports")
@limiter.limit(REPORTS)
def receive() -> Response:
    """A report in the old form (`report-uri`) or the new one (Reporting API); anything else is nobody's."""
    request.max_content_length = MOST
    for report in _reports(request.get_data(cache=False)):
        rule = (
            report.get("effective-directive")
            or report.get("effectiveDirective")
            or report.get("violated-directive")
        )
        blocked = report.get("blocked-uri") or report.get("blockedURL")
        log.warning("a browser refused what the page wanted: %s of %s", _word(rule), _origin(blocked))
    return Response(status=204)


def _reports(body: bytes) -> list[dict[str, Any]]:
    try:
        said = json.loads(body)
    except ValueError:
        return []
    each = said if isinstance(said, list) else [said]
    found = [one.get("csp-report") or one.get("body") for one in each[:10] if isinstance(one, dict)]
    return [one for one in found if isinstance(one, dict)]


def _origin(blocked: object) -> str:
    """`inline`, `eval`, or the site of an address."""
    try:
        return _word(urlsplit(str(blocked)).netloc or blocked)
    except ValueError:
        return "nonsense"


def _word(said: object) -> str:
    return "".join(letter for letter in str(said)[:WORD] if letter.isalnum() or letter in ".:-")
