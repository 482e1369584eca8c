"""The facts that each page of settings shows: what they are called, and how one types them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the shop in a form; `kind` is how it is typed (templates/office/settings/_parts.html)."""

    name: str
    label: LazyString
    kind: str = "text"
    hint: LazyString | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that stand together."""

    title: LazyString
    facts: Sequence[Fact]


SHOP = (
    Group(
        lazy_gettext("Who you are"),
        (
            Fact("name", lazy_gettext("Name of the shop")),
            Fact("legal_name", lazy_gettext("Legal name"), hint=lazy_gettext("As it stands on invoices.")),
            Fact("street", lazy_gettext("Street and number"), "wide"),
            Fact("postal_code", lazy_gettext("Postal code")),
            Fact("city", lazy_gettext("City")),
            Fact("country", lazy_gettext("Country"), "country"),
            Fact("vat_id", lazy_gettext("VAT number"), hint=lazy_gettext("Leave it empty if you have none.")),
        ),
    ),
    Group(
        lazy_gettext("How you are reached"),
        (
            Fact("email", lazy_gettext("E-mail"), "email"),
            Fact("phone", lazy_gettext("Telephone"), "tel"),
            Fact("opening_hours", lazy_gettext("Opening hours"), "lines"),
            Fact("time_zone", lazy_gettext("Time zone"), "time_zone"),
        ),
    ),
    Group(
        lazy_gettext("The first page"),
        (
            Fact(
                "welcome",
                lazy_gettext("Welcome"),
                "wide",
                lazy_gettext("A sentence that stands large; without one the shop's name does."),
            ),
        ),
    ),
)
SELLING = (
    Group(
        lazy_gettext("Prices"),
        (
            Fact(
                "currency",
                lazy_gettext("Currency"),
                "short",
                lazy_gettext("Three letters, such as EUR. Fixed once something was sold."),
            ),
            Fact("prices_include_tax", lazy_gettext("Prices include tax"), "yes_or_no"),
        ),
    ),
    Group(
        lazy_gettext("Payment"),
        (
            Fact("payment_methods", lazy_gettext("Ways to pay"), "payment_methods"),
            Fact("bank_holder", lazy_gettext("Holder of the bank account")),
            Fact("bank_iban", lazy_gettext("IBAN")),
            Fact("bank_bic", lazy_gettext("BIC"), "short"),
        ),
    ),
    Group(
        lazy_gettext("What the shop tells you by mail"),
        (
            Fact("mail_new_orders", lazy_gettext("Each new order"), "yes_or_no"),
            Fact("mail_low_stock", lazy_gettext("Stock that runs low"), "yes_or_no"),
            Fact("mail_parked_jobs", lazy_gettext("Work that was given up"), "yes_or_no"),
        ),
    ),
    Group(
        lazy_gettext("Reviews"),
        (
            Fact(
                "review_moderation", lazy_gettext("Which reviews wait until you have read them"), "moderation"
            ),
        ),
    ),
)
DELIVERY = (
    Group(
        lazy_gettext("Ways of delivery"),
        (
            Fact("delivery_methods", lazy_gettext("What you offer"), "delivery_methods"),
            Fact("delivery_rate", lazy_gettext("Price of home delivery"), "money"),
            Fact(
                "delivery_countries",
                lazy_gettext("Countries you deliver to"),
                hint=lazy_gettext("Two letters each, with commas: DE, AT, FR."),
            ),
            Fact(
                "pickup_note",
                lazy_gettext("Note for whoever fetches an order"),
                "lines",
                lazy_gettext("What to bring, where to ring."),
            ),
        ),
    ),
    Group(
        lazy_gettext("Days"),
        (
            Fact(
                "handling_days",
                lazy_gettext("Working days until a parcel leaves"),
                "days",
                lazy_gettext("Shown to customers where delivery is explained."),
            ),
            Fact(
                "return_days",
                lazy_gettext("Days in which goods may be sent back"),
                "days",
                lazy_gettext("In the European Union the law asks for 14 at least."),
            ),
        ),
    ),
)
PARTS = {"shop": SHOP, "selling": SELLING, "delivery": DELIVERY}
"""The pages whose facts are saved together."""


def facts_of(part: str) -> list[Fact]:
    """Every fact of a page."""
    return [fact for group in PARTS[part] for fact in group.facts]
