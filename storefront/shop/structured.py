"""The merchant in schema.org's words."""

from typing import Any

from storefront.shop.models import Shop

SCHEMA = "https://schema.org"


def merchant(shop: Shop, home: str, logo: str) -> dict[str, Any]:
    """Who sells here, with every fact that is known."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": shop.street,
        "postalCode": shop.postal_code,
        "addressLocality": shop.city,
        "addressCountry": shop.country,
    }
    told = {
        "@context": SCHEMA,
        "@type": "OnlineStore",
        "@id": f"{home}#merchant",
        "name": shop.name,
        "url": home,
        "logo": logo,
        "legalName": shop.legal_name,
        "vatID": shop.vat_id,
        "email": shop.email,
        "telephone": shop.phone,
        "address": {name: value for name, value in address.items() if value},
    }
    return {name: value for name, value in told.items() if value}
