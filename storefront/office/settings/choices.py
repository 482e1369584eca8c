"""What one may choose from in settings, for each kind of fact that is a choice."""

from collections.abc import Mapping, Sequence
from zoneinfo import available_timezones

from flask_babel import gettext as _

from storefront.payments import methods as payment
from storefront.platform import i18n
from storefront.platform.addresses import countries
from storefront.shipping import methods as delivery
from storefront.shop.models import Shop

Choices = Sequence[tuple[str, str]]


def choices(shop: Shop) -> Mapping[str, Choices]:
    """Codes and words; of ways to pay and to deliver first those that are offered, in their order."""
    return {
        "country": i18n.countries(countries()),
        "time_zone": [(zone, zone) for zone in sorted(available_timezones())],
        "yes_or_no": [("yes", _("Yes")), ("no", _("No"))],
        "moderation": [
            ("all", _("All")),
            ("unverified", _("Those of people who did not buy it here")),
            ("none", _("None: they are published at once")),
        ],
        "payment_methods": [
            (code, str(payment.METHODS[code].label))
            for code in _in_order(shop.payment_methods, payment.METHODS)
        ],
        "delivery_methods": [
            (code, str(delivery.METHODS[code].label))
            for code in _in_order(shop.delivery_methods, delivery.METHODS)
        ],
    }


def _in_order(offered: Sequence[str], known: Mapping[str, object]) -> list[str]:
    return [*(code for code in offered if code in known), *(code for code in known if code not in offered)]
