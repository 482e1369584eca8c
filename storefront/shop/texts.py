"""Our own words for the pages that every shop needs, as Markdown that names the shop's facts.

They hold while the merchant has written nothing else, so they are translated and get better with the program.
"""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _


def _text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def _head(words: str) -> str:
    return f"## {words}"


def _about() -> str:
    return _text(
        _("Behind {{name}} stands {{legal_name}} in {{city}}, {{country}}."),
        "{{shelves}}",
        "{{where}}",
        _head(_("Would you like to know more?")),
        f"[{_('Write to us or call us.')}](contact)",
    )


def _contact() -> str:
    about_orders = _(
        "Is it about an order? Please tell us its number: it stands on the page of the order and in the e-mail that confirms it."  # noqa: E501 - gettext wants one string
    )
    return _text("{{reach}}", about_orders, "{{where}}")


def _delivery() -> str:
    return _text(
        _head(_("How you get it")), "{{delivery}}", "{{where}}", _head(_("How you pay")), "{{payment}}"
    )


def _returns() -> str:
    return _text(
        _head(_("Changed your mind right after ordering?")),
        _(
            "As long as your order is not packed, you can cancel it yourself on its page: the link is in the e-mail that confirms it."  # noqa: E501 - gettext wants one string
        ),
        _head(_("It is with you already?")),
        _("Tell us the number of your order and what is the matter with it."),
        "{{sending_back}}",
        _(
            "What the law gives to consumers is yours here too: what to do about faulty goods, and, where it knows that right, to withdraw from a purchase made at a distance."  # noqa: E501 - gettext wants one string
        ),
        "{{reach}}",
        _head(_("Where to write")),
        "{{address}}",
    )


def _terms() -> str:
    page = "[{}]({})".format
    return _text(
        _head(_("Whom you buy from")),
        "{{address}}",
        _head(_("What it costs")),
        "{{prices}} "
        + _("What delivery costs stands on a page of its own:")
        + " "
        + page(_("Delivery and payment"), "delivery"),
        _head(_("How you order")),
        _(
            "You order with the last button of the checkout page. Above it stands everything you order and what it costs, and no other amount is charged."  # noqa: E501 - gettext wants one string
        ),
        _(
            "Then your order has a number and a page of its own, we keep the goods for you, and we confirm the order by e-mail."  # noqa: E501 - gettext wants one string
        ),
        "{{transfer}}",
        _head(_("How you change your mind")),
        _("As long as your order is not packed, you can cancel it yourself on its page.")
        + " "
        + _("What comes after that stands here:")
        + " "
        + page(_("Returns"), "returns"),
        _head(_("The law")),
        _("Nothing here takes away a right that the law gives you as a consumer."),
    )


def _privacy() -> str:
    return _text(
        _head(_("While you look around")),
        _("These pages set no cookie, load nothing from other companies and follow nobody."),
        _(
            "So that nobody slows the shop down for everybody else, we count for some minutes how often something costly, such as a search, is asked for from one network address."  # noqa: E501 - gettext wants one string
        ),
        _head(_("When you put something into your cart")),
        _(
            "We keep the cart for you under a random number in a cookie, and a second cookie says that there is one."  # noqa: E501 - gettext wants one string
        )
        + " "
        + _("The cookies go away after {{cookie_days}}.")
        + " "
        + _("The cart goes away {{cart_days}} after you last changed it."),
        _head(_("When you order")),
        _(
            "We keep what you tell us to fulfil the order and to send you mail about it: name, e-mail address, telephone number, addresses and your note. Invoices must be kept as long as the law asks."  # noqa: E501 - gettext wants one string
        ),
        _head(_("Who answers your questions")),
        "{{address}}",
        "{{reach}}",
    )


def _imprint() -> str:
    return _text("{{address}}", "{{reach}}", "{{vat}}")


TEXTS: Mapping[str, Callable[[], str]] = {
    "about": _about,
    "contact": _contact,
    "delivery": _delivery,
    "returns": _returns,
    "terms": _terms,
    "privacy": _privacy,
    "imprint": _imprint,
}
