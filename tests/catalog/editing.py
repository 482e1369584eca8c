"""Wishes of staff about products, with what every wish needs filled in."""

from typing import Any

from sqlalchemy import select

from storefront.catalog.actions import create_product
from storefront.catalog.models import Category, Price, Product, Variant
from storefront.catalog.shelving.actions import ShelfFacts, create_shelf
from storefront.catalog.wanted import CreateProduct, NewVariant, ProductFacts, VariantFacts
from storefront.office import verify
from storefront.platform import db
from storefront.platform.acting import Actor, acting_as
from storefront.platform.audit import AuditEntry
from tests.characters import a_product, a_variant
from tests.inspecting import Answer

CHARLIE = Actor("staff", "7")


def facts(title: str = "Jug", **said: Any) -> ProductFacts:
    """What stands on a product, on sale unless said otherwise."""
    return ProductFacts(title=title, **{"status": "active", **said})


def a_choice(*values: str, price: int = 2400, on_hand: int = 0, **said: Any) -> NewVariant:
    """A choice of it."""
    return NewVariant(VariantFacts(price=price, values=values, **said), on_hand)


def a_jug(*choices: NewVariant, options: tuple[str, ...] = (), **said: Any) -> Product:
    """A jug that Charlie made; without choices there is one of it."""
    wish = CreateProduct(facts(**said), options, choices or (a_choice(),))
    return product(create_product(wish))


def product(product_id: int) -> Product:
    """As it is now."""
    db.release()
    return db.session.get_one(Product, product_id)


def variants(product_id: int) -> list[Variant]:
    """Its choices in order, those that are put away last."""
    db.release()
    ordered = select(Variant).where(Variant.product_id == product_id)
    return list(db.session.scalars(ordered.order_by(Variant.position, Variant.id)))


def price(variant: Variant) -> tuple[int, int | None]:
    """What it costs, and what it cost before."""
    db.release()
    found = db.session.scalars(select(Price).where(Price.variant_id == variant.id)).one()
    return found.amount, found.compare_at


def log() -> list[AuditEntry]:
    """The audit log, oldest first."""
    return list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def troubles() -> list[str]:
    """What `storefront verify` finds."""
    db.release()
    with verify.snapshot() as moment:
        return [
            f"{found.invariant.code}: {found.rows}" for found in verify.examine(moment) if found.violations
        ]


def a_shelf(title: str, parent: int | None = None) -> Category:
    """A shelf that Charlie put up."""
    category_id = create_shelf(ShelfFacts(title), parent)
    db.release()
    return db.session.get_one(Category, category_id)


def brought(title: str) -> Product:
    """A product that was there before Charlie came, with one variant."""
    with acting_as(Actor("cli")):
        made = a_product(title, slug=title.lower())
        a_variant(made)
    return made


def fields(answer: Answer, form: str = "form.beside") -> dict[str, str]:
    """What a browser would send of a form."""
    document = answer.document
    typed = {}
    for control in document.all(f"{form} input, {form} select, {form} textarea"):
        name, kind = control.get("name", ""), control.get("type", "")
        if (
            not name
            or kind in ("submit", "file")
            or (kind in ("checkbox", "radio") and "checked" not in control.attrib)
        ):
            continue
        if control.tag == "select":
            chosen = [one.get("value", "") for one in control.iter("option") if "selected" in one.attrib]
            typed[name] = chosen[0] if chosen else ""
        elif control.tag == "textarea":
            typed[name] = "".join(control.itertext()).removeprefix("\n")
        else:
            typed[name] = control.get("value", "")
    return typed
