"""What the audit log tells of, in words; a table without any is called by its name."""

from flask_babel import lazy_gettext

from storefront.platform.audit import AuditEntry

SUBJECTS = {
    "accounts": lazy_gettext("Account"),
    "api_keys": lazy_gettext("Key of a program"),
    "bulk_changes": lazy_gettext("Change of many products"),
    "catalog_uploads": lazy_gettext("Import"),
    "categories": lazy_gettext("Shelf"),
    "customer_notes": lazy_gettext("Note about a customer"),
    "fulfilments": lazy_gettext("Delivery"),
    "jobs": lazy_gettext("Job"),
    "kept_pages": lazy_gettext("Kept pages"),
    "order_notes": lazy_gettext("Note beside an order"),
    "orders": lazy_gettext("Order"),
    "pages": lazy_gettext("Page"),
    "payments": lazy_gettext("Payment"),
    "products": lazy_gettext("Product"),
    "redirects": lazy_gettext("Redirect"),
    "reviews": lazy_gettext("Review"),
    "shop": lazy_gettext("Settings"),
    "stock": lazy_gettext("Stock"),
    "synonyms": lazy_gettext("Synonym"),
    "tax_rates": lazy_gettext("Tax rate"),
    "variants": lazy_gettext("Choice"),
}
KINDS = {
    "staff": lazy_gettext("Staff"),
    "key": lazy_gettext("Programs"),
    "cli": lazy_gettext("Commands"),
    "customer": lazy_gettext("Customers"),
    "job": lazy_gettext("The shop itself"),
}
"""Who changes things."""


def which(entry: AuditEntry) -> str:
    """Its number; of what there is only one of, nothing."""
    return "" if entry.subject in ("shop", "kept_pages") else entry.subject_id


def said(subject: str) -> str:
    """What kind of thing it is."""
    return str(SUBJECTS.get(subject, subject))
