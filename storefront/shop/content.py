"""The pages on which a shop says who it is and how it sells, made of the merchant's facts."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class ContentPage:
    """What a page is called, and what it answers."""

    title: LazyString
    summary: LazyString


PAGES = {
    "about": ContentPage(_("About us"), _("Who runs this shop, and where we are.")),
    "contact": ContentPage(_("Contact"), _("How to reach us.")),
    "delivery": ContentPage(
        _("Delivery and payment"), _("How your order reaches you, what that costs, and how you pay.")
    ),
    "returns": ContentPage(
        _("Returns"), _("What to do when something is broken, wrong or not what you thought.")
    ),
    "terms": ContentPage(_("Terms"), _("What holds when you order from us.")),
    "privacy": ContentPage(_("Privacy"), _("What we know of you, what for, and for how long.")),
    "imprint": ContentPage(_("Legal notice"), _("Who is responsible for this shop.")),
}
"""By the name in the address, in the order of the footer."""
