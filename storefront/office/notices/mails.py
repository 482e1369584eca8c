"""The letters about what runs low and which jobs were given up."""

from datetime import datetime
from email.message import EmailMessage
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from storefront.config import settings
from storefront.office.notices import queries
from storefront.platform.language import OURS
from storefront.platform.letters import letter, speaking
from storefront.shop import queries as shop_queries


def low_stock() -> EmailMessage:
    """What runs low, the fewest units first."""
    count, low = queries.running_low(settings().few_left)
    with speaking(OURS):
        subject = ngettext("%(num)s article runs low", "%(num)s articles run low", count)
        return _to_shop(subject, "staff_low_stock", low=low, more=count - len(low))


def parked_jobs(since: str) -> EmailMessage:
    """Which jobs were given up, and when the last of each."""
    parked = queries.parked_since(datetime.fromisoformat(since))
    with speaking(OURS):
        return _to_shop(_("Work was given up: somebody should look"), "staff_parked_jobs", parked=parked)


def _to_shop(subject: str, template: str, **context: Any) -> EmailMessage:
    shop = shop_queries.read()
    return letter((shop.name, shop.email), shop.email, subject, template, shop=shop, **context)
