"""The people and the shop that come back in every test, and makers of what the shop sells."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import count

from sqlalchemy import func, insert, select, update

from storefront.catalog.models import Category, Price, Product, Variant, shelf_places
from storefront.catalog.searching import index
from storefront.inventory import stock
from storefront.platform import clock, db
from storefront.shop.models import Shop
from storefront.taxes.models import TaxRate

CURRENCY = "EUR"
RATES = {"standard": Decimal("0.1900"), "reduced": Decimal("0.0700"), "zero": Decimal("0.0000")}
_serial = count(1)


@dataclass(frozen=True)
class Person:
    """Somebody who shops: what they would type into the checkout form."""

    name: str
    email: str
    phone: str
    street: str
    postal_code: str
    city: str
    country: str = "DE"

    @property
    def address(self) -> dict[str, str]:
        """Where their parcels go."""
        facts = asdict(self)
        return {part: facts[part] for part in ("name", "street", "postal_code", "city", "country")}


ada = Person("Ada Lindt", "ada@example.com", "+49 30 5550101", "Torstraße 12", "10119", "Berlin")
ben = Person("Ben Okafor", "ben@example.com", "+49 40 5550102", "Lange Reihe 7", "20099", "Hamburg")
charlie = Person("Charlie Roth", "charlie@kiln.example", "+49 89 5550103", "Hofweg 3", "80331", "München")
"""Ada buys, Ben is the other customer, Charlie works at the shop."""


def open_shop() -> None:
    """Kiln & Common: a small shop in Germany whose prices include tax, as SQL left it, without an action."""
    with db.transaction() as session:
        session.add(
            Shop(
                name="Kiln & Common",
                legal_name="Kiln & Common GmbH",
                street="Töpferweg 4",
                postal_code="01099",
                city="Dresden",
                country="DE",
                email="hello@kiln.example",
                phone="+49 351 5550100",
                vat_id="DE123456789",
                currency=CURRENCY,
                time_zone="Europe/Berlin",
                prices_include_tax=True,
                delivery_rate=490,
                delivery_countries=["DE", "AT"],
                delivery_methods=["drive_through", "pickup", "home"],
                payment_methods=["pay_on_pickup", "card_at_counter", "cash_on_delivery", "bank_transfer"],
                bank_holder="Kiln & Common GmbH",
                bank_iban="DE02120300000000202051",
                bank_bic="BYLADEM1001",
                opening_hours="Tue-Sat 10:00-18:00",
                pickup_note="Please bring your order number.",
            )
        )
        session.add_all(TaxRate(country="DE", tax_class=name, rate=rate) for name, rate in RATES.items())


def a_category(
    title: str = "Kettles", *, slug: str | None = None, parent: Category | None = None
) -> Category:
    """A shelf."""
    with db.transaction() as session:
        shelf = Category(
            title=title, slug=slug or title.lower().replace(" ", "-"), parent_id=parent.id if parent else None
        )
        session.add(shelf)
        db.inside().tag("catalog", "shelves")
    return shelf


def a_product(
    title: str = "Kettle",
    *,
    slug: str | None = None,
    status: str = "active",
    tax_class: str = "standard",
    option_names: Sequence[str] = (),
    category: Category | None = None,
    brand: str = "Kiln",
    description: str = "Made by *hand*.",
    tags: Sequence[str] = (),
) -> Product:
    """Something described, on its shelf; it is sold once it has variants."""
    now = clock.now()
    with db.transaction() as session:
        product = Product(
            title=title,
            slug=slug or f"{title.lower().replace(' ', '-')}-{next(_serial)}",
            status=status,
            tax_class=tax_class,
            option_names=list(option_names),
            category_id=category.id if category else None,
            brand=brand,
            tags=list(tags),
            description=description,
            created_at=now,
            updated_at=now,
            published_at=now if status == "active" else None,
        )
        session.add(product)
        session.flush()
        if category:
            session.execute(insert(shelf_places).values(category_id=category.id, product_id=product.id))
            db.inside().tag(f"category:{category.id}")
    return product


def a_variant(
    product: Product | None = None,
    *,
    sku: str | None = None,
    price: int = 4800,
    compare_at: int | None = None,
    options: Sequence[str] = (),
    tracked: bool = True,
    archived: bool = False,
    barcode: str = "",
) -> Variant:
    """One choice of a product (a new kettle by default); a tracked one stands on an empty shelf."""
    product = product or a_product(option_names=["Choice"] if options else [])
    with db.transaction() as session:
        variant = Variant(
            product_id=product.id,
            sku=sku or f"KILN-{next(_serial)}",
            barcode=barcode,
            option_values=list(options),
            position=next(_serial),
            tracked=tracked,
            archived_at=clock.now() if archived else None,
        )
        session.add(variant)
        session.flush()
        session.add(Price(variant_id=variant.id, currency=CURRENCY, amount=price, compare_at=compare_at))
        if tracked:
            stock.open_shelf(variant.id, product.id)
    note_lowest_price(product.id)
    return variant


def stocked(variant: Variant, units: int) -> Variant:
    """The same variant, with so many units on its shelf."""
    with db.transaction():
        stock.set_on_hand(variant.id, units, "delivery")
    return variant


def a_kettle(units: int = 10, *, price: int = 4800, title: str = "Kettle") -> Variant:
    """A kettle that can be bought."""
    return stocked(a_variant(a_product(title), price=price), units)


def reprice(variant: Variant, amount: int) -> None:
    """The merchant changes a price."""
    with db.transaction() as session:
        session.execute(update(Price).where(Price.variant_id == variant.id).values(amount=amount))
    note_lowest_price(variant.product_id)


def note_lowest_price(product_id: int) -> None:
    """Keep the price that lists sort by, and what finds the product."""
    lowest = (
        select(func.min(Price.amount))
        .join(Variant, Variant.id == Price.variant_id)
        .where(Variant.product_id == product_id, Variant.archived_at.is_(None))
        .scalar_subquery()
    )
    with db.transaction() as session:
        session.execute(update(Product).where(Product.id == product_id).values(price_from=lowest))
        index.refresh(product_id)
        db.inside().tag("catalog", f"product:{product_id}")
