"""Which variant a shopper means, and what each option offers beside it: pure functions of the offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from storefront.catalog.queries import Offer
from storefront.platform.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button."""

    value: str
    label: str
    checked: bool
    gone: bool
    """Whether it is sold out, or not made together with the other options chosen."""
    colour: str | None = None
    """The colour that it names, if it names one."""


def shown(offers: Sequence[Offer], sku: str | None) -> Offer | None:
    """The variant to show: the one asked for, else the first that can be had, else the first."""
    asked = [offer for offer in offers if offer.sku == sku]
    able = [offer for offer in offers if offer.available]
    return next(iter([*asked, *able, *offers]), None)


def meant(offers: Sequence[Offer], before: Offer, values: Mapping[int, str]) -> Offer:
    """The variant that a form means which changed some options of the one shown before.

    Where that combination is not made, the change wins and the other options follow.
    """
    wanted = [values.get(place, value) for place, value in enumerate(before.values)]
    changed = {place for place, value in enumerate(wanted) if value != before.values[place]}

    def likeness(offer: Offer) -> tuple[int, int, bool]:
        alike = {place for place, value in enumerate(offer.values) if value == wanted[place]}
        return len(alike & changed), len(alike), offer.available

    return max(offers, key=likeness)


def choices(offers: Sequence[Offer], current: Offer, place: int) -> list[Choice]:
    """The values of one option, each said to be sold out or not made with the others where it is so."""
    able = [offer for offer in offers if place < len(offer.values)]
    colours = {offer.values[place]: offer.colours[place] for offer in able if offer.colours}
    by_values = {offer.values: offer for offer in offers}
    found = [
        _choice(value, current, place, by_values) for value in dict.fromkeys(o.values[place] for o in able)
    ]
    return [replace(choice, colour=colours.get(choice.value)) for choice in found]


def _choice(value: str, current: Offer, place: int, by_values: Mapping[tuple[str, ...], Offer]) -> Choice:
    others = (*current.values[:place], *current.values[place + 1 :])
    offer = by_values.get((*others[:place], value, *others[place:]))
    checked = current.values[place] == value
    if offer is None:
        label = _("%(value)s – not in %(others)s", value=value, others=" / ".join(others))
        return Choice(value, label, checked, gone=True)
    if not offer.available:
        return Choice(value, _("%(value)s – sold out", value=value), checked, gone=True)
    return Choice(value, value, checked, gone=False)
