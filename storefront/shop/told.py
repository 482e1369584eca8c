"""The merchant's facts as Markdown, for the pages that name them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from storefront.platform import i18n
from storefront.platform.money import Money
from storefront.shop.filling import literal
from storefront.shop.models import Shop


@dataclass(frozen=True, slots=True)
class Days:
    """How long the operator keeps things."""

    transfer: int
    cart: int
    cookie: int


def facts(shop: Shop, days: Days, shelves: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Every fact that a text may name; shelves are titles and addresses."""
    plain = ("name", "legal_name", "street", "postal_code", "city", "phone", "vat_id", "currency")
    return {
        **{name: literal(getattr(shop, name)) for name in (*plain, "opening_hours", "pickup_note")},
        "email": _link(shop.email, f"mailto:{shop.email}") if shop.email else "",
        "country": literal(i18n.country(shop.country)),
        "address": "\\\n".join(map(literal, [*shop.address_lines, i18n.country(shop.country)])),
        "reach": _reach(shop),
        "vat": f"{_('VAT number')}: {literal(shop.vat_id)}" if shop.vat_id else "",
        "where": _where(shop),
        "delivery": "\n\n".join(_WAYS[way](shop) for way in shop.delivery_methods if way in _WAYS),
        "payment": "\n".join(f"- {_PAYMENTS[way]()}" for way in shop.payment_methods if way in _PAYMENTS),
        "prices": _prices(shop),
        "sending_back": _sending_back(shop.return_days) if shop.return_days else "",
        "transfer": _transfer(days.transfer) if "bank_transfer" in shop.payment_methods else "",
        "cookie_days": ngettext("%(num)s day", "%(num)s days", days.cookie),
        "cart_days": ngettext("%(num)s day", "%(num)s days", days.cart),
        "shelves": _shelves(shelves),
    }


def _link(words: str, address: str) -> str:
    return f"[{literal(words)}](<{literal(address)}>)"


def _reach(shop: Shop) -> str:
    lines = []
    if shop.email:
        lines.append(f"{_('E-mail')}: {_link(shop.email, f'mailto:{shop.email}')}")
    if shop.phone:
        lines.append(f"{_('Telephone')}: {_link(shop.phone, 'tel:' + shop.phone.replace(' ', ''))}")
    return "\\\n".join(lines)


def _where(shop: Shop) -> str:
    parts = [f"## {_('Where we are')}", "\\\n".join(map(literal, shop.address_lines))]
    if shop.opening_hours:
        parts.append(f"{_('Open:')}\\\n{literal(shop.opening_hours)}")
    return "\n\n".join([*parts, literal(shop.pickup_note)])


def _shelves(shelves: Sequence[tuple[str, str]]) -> str:
    if not shelves:
        return ""
    return f"## {_('What we sell')}\n\n" + "\n".join(f"- {_link(*shelf)}" for shelf in shelves)


def _prices(shop: Shop) -> str:
    if shop.prices_include_tax:
        return _("Prices are in %(currency)s and include tax.", currency=shop.currency)
    return _(
        "Prices are in %(currency)s. Tax is added, and you see how much before you order.",
        currency=shop.currency,
    )


def _transfer(days: int) -> str:
    return ngettext(
        "If you pay by bank transfer, we keep the goods for %(num)s day. When no money has come by then, the order ends by itself and you owe nothing.",  # noqa: E501 - gettext wants one string
        "If you pay by bank transfer, we keep the goods for %(num)s days. When no money has come by then, the order ends by itself and you owe nothing.",  # noqa: E501 - gettext wants one string
        days,
    )


def _sending_back(days: int) -> str:
    return ngettext(
        "You can send it back within %(num)s day of getting it.",
        "You can send it back within %(num)s days of getting it.",
        days,
    )


def _home(shop: Shop) -> str:
    tax = _("incl. tax") if shop.prices_include_tax else _("plus tax")
    price = literal(Money(shop.delivery_rate, shop.currency).format())
    lines = [
        f"**{_('Home delivery')}: {price}, {tax}**",
        _("One flat price for each order, however many things are in it."),
    ]
    if shop.delivery_countries:
        named = ", ".join(map(i18n.country, shop.delivery_countries))
        lines.append(literal(_("We deliver to: %(countries)s.", countries=named)))
    if shop.handling_days:
        leaves = ngettext(
            "It leaves the house within one working day.",
            "It leaves the house within %(num)s working days.",
            shop.handling_days,
        )
        lines.append(leaves)
    return "\\\n".join(lines)


def _pickup(_shop: Shop) -> str:
    return f"**{_('Pickup at the counter')}: {_('free of charge')}**\\\n{_('We tell you when it is ready.')}"


def _drive_through(_shop: Shop) -> str:
    return f"**{_('Drive-through')}: {_('free of charge')}**\\\n{_('Stay in the car, we bring it out.')}"


_WAYS: Mapping[str, Callable[[Shop], str]] = {
    "home": _home,
    "pickup": _pickup,
    "drive_through": _drive_through,
}
_PAYMENTS: Mapping[str, Callable[[], str]] = {
    "pay_on_pickup": lambda: _("When you pick it up, in cash"),
    "card_at_counter": lambda: _("By card at the counter"),
    "cash_on_delivery": lambda: _("In cash when it is delivered"),
    "bank_transfer": lambda: _("By bank transfer; the order page names the account and the reference"),
}
