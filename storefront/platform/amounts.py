"""Amounts of money as staff type them, and as fields show them again."""

from wtforms.validators import ValidationError

from storefront.config import settings
from storefront.platform.i18n import gettext as _
from storefront.platform.money import Money


def amount_in(typed: str | None, currency: str) -> int:
    """Minor units of what was typed, such as 12.50 or 12,50, within the shop's bounds.

    Raises ValidationError with a sentence.
    """
    text = (typed or "").strip()
    try:
        amount = Money.parse(
            text.replace(",", ".") if text.count(",") == 1 and "." not in text else text, currency
        )
    except ValueError:
        raise ValidationError(_("Please write an amount such as 12.50.")) from None
    least, most = Money(settings().min_price, currency), Money(settings().max_price, currency)
    if not least <= amount <= most:
        raise ValidationError(
            _("An amount is from %(least)s to %(most)s here.", least=least.format(), most=most.format())
        )
    return amount.amount


def decimal_of(amount: int | None, currency: str) -> str:
    """As a field holds it, such as 12.50; nothing for None."""
    return "" if amount is None else str(Money(amount, currency).decimal)
