"""Money that people hand over or send themselves; staff say when it came."""

from datetime import timedelta

from flask_babel import lazy_gettext

from storefront.config import Settings
from storefront.payments.providers import Method

AT_COUNTER = frozenset({"pickup", "drive_through"})
AT_DOOR = frozenset({"home"})


class Manual:
    """The built-in provider: cash, the counter's card reader, and the bank."""

    code = "manual"
    methods: tuple[Method, ...] = (
        Method(
            "pay_on_pickup",
            lazy_gettext("Pay on pickup"),
            lazy_gettext("In cash when you fetch it."),
            lazy_gettext("Order and pay %(total)s at pickup"),
            AT_COUNTER,
            "authorised",
        ),
        Method(
            "card_at_counter",
            lazy_gettext("Card at the counter"),
            lazy_gettext("Debit or credit card when you fetch it."),
            lazy_gettext("Order and pay %(total)s by card at pickup"),
            AT_COUNTER,
            "authorised",
        ),
        Method(
            "cash_on_delivery",
            lazy_gettext("Cash on delivery"),
            lazy_gettext("In cash at your door."),
            lazy_gettext("Order and pay %(total)s on delivery"),
            AT_DOOR,
            "authorised",
        ),
        Method(
            "bank_transfer",
            lazy_gettext("Bank transfer"),
            lazy_gettext("We keep your order until the money is here."),
            lazy_gettext("Order and transfer %(total)s"),
            AT_COUNTER | AT_DOOR,
            "requires_action",
        ),
    )

    def hold(self, method: Method, settings: Settings) -> timedelta | None:
        """Transfers take days; what is paid at hand-over is held until staff let it go."""
        return timedelta(days=settings.bank_transfer_days) if method.code == "bank_transfer" else None

    def begin(self, payment_id: int) -> str | None:  # noqa: ARG002 - other providers call theirs
        """Nothing to do: the shopper pays in person or at the bank."""
        return None
