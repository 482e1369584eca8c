"""Which payment methods there are, who provides each, and which fit an order."""

from storefront.payments.providers import Method, Provider
from storefront.payments.providers.manual import Manual
from storefront.shop.terms import Terms

PROVIDERS: tuple[Provider, ...] = (Manual(),)
METHODS = {method.code: method for provider in PROVIDERS for method in provider.methods}
_PROVIDER_OF = {method.code: provider for provider in PROVIDERS for method in provider.methods}


def provider_of(method: str) -> Provider:
    """Whoever provides a payment method."""
    return _PROVIDER_OF[method]


def offered(shop: Terms, delivery: str) -> list[Method]:
    """What the merchant offers for a way of delivery, in the merchant's order."""
    known = [METHODS[code] for code in shop.payment_methods if code in METHODS]
    return [method for method in known if delivery in method.deliveries]
