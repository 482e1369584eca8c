"""Whether the merchant's facts are enough to sell by."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select

from storefront.catalog.models import Product
from storefront.office.checkups.symptom import Symptom
from storefront.payments import methods as payment_methods
from storefront.platform import db
from storefront.shipping import methods as delivery_methods
from storefront.shop.models import Shop
from storefront.taxes import queries as taxes
from storefront.taxes.models import CLASSES


def facts() -> Symptom:
    """Whether the shop says who it is and how it delivers and is paid."""
    shop = db.session.scalars(select(Shop)).first()
    if shop is None:
        return Symptom("it has no name yet", "Run: storefront migrate.")
    says = f"{shop.name}, {shop.country}, {shop.currency}"
    return Symptom(says, _missing(shop))


def _missing(shop: Shop) -> str | None:
    set_it = "Run: storefront shop set"
    try:
        ZoneInfo(shop.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return f"{set_it} time_zone=Europe/Berlin; {shop.time_zone!r} is none."
    unpaid = [
        way.label for way in delivery_methods.offered(shop) if not payment_methods.offered(shop, way.code)
    ]
    if unpaid or not delivery_methods.offered(shop):
        which = ", ".join(map(str, unpaid)) or "anything"
        return f"{set_it} delivery_methods=… payment_methods=…; now {which} cannot be paid."
    if "bank_transfer" in shop.payment_methods and not shop.bank_iban:
        return f"{set_it} bank_iban=…; bank transfers are offered without one."
    return None


def tax_rates() -> Symptom:
    """Whether every class of goods has a rate in the shop's country."""
    shop = db.session.scalars(select(Shop)).first()
    known = taxes.rates_in(shop.country) if shop else {}
    missing = [name for name in CLASSES if name not in known]
    says = ", ".join(f"{name} {rate:.2%}" for name, rate in known.items()) or "none"
    remedy = f"Run: storefront taxes {' '.join(f'{name}=…' for name in missing)}, with their per cent."
    return Symptom(says, remedy if missing else None)


def goods() -> Symptom:
    """How much there is to buy."""
    on_sale = db.session.scalar(select(func.count()).where(Product.status == "active")) or 0
    return Symptom(f"{on_sale} products on sale")
