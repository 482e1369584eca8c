"""Bring a crowd of invented products into the shop, thousands at once, and have them found."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from storefront.catalog.importing.handles import slug_of
from storefront.catalog.models import Category, Product, Variant
from storefront.catalog.searching import rebuilding
from storefront.demo.crowd.products import Invented, invent
from storefront.demo.crowd.words import SHELVES
from storefront.platform import db
from storefront.shop.queries import facts

BATCH = 5000  # products in a transaction
Row = tuple[Any, ...]
Place = tuple[str, str]

PRODUCTS = (
    "products (slug, title, description, brand, tags, status, option_names, category_id, price_from,"
    " created_at, updated_at, published_at)"
)


def fill(wanted: int) -> Iterator[int]:
    """Invent so many products more than there are; yields how many came, batch by batch."""
    shelves = _shelves()
    first = db.session.scalar(select(func.count()).select_from(Product)) or 0
    for start in range(first, first + wanted, BATCH):
        numbers = range(start, min(start + BATCH, first + wanted))
        _bring([invent(number) for number in numbers], shelves)
        yield len(numbers)
    for _written in rebuilding.rebuild():
        pass


def _shelves() -> dict[Place, int]:
    """The shelves of the crowd by their titles; those that are missing are made."""
    with db.transaction():
        found = {}
        for top, below in SHELVES.items():
            on_top = _shelf(top, None, slug_of(top))
            for title in below:
                found[top, title] = _shelf(title, on_top, slug_of(f"{top} {title}"))
        db.inside().tag("catalog", "shelves")
        return found


def _shelf(title: str, parent: int | None, slug: str) -> int:
    session = db.inside().session
    here = select(Category.id).where(Category.title == title, Category.parent_id.is_not_distinct_from(parent))
    known = session.scalar(here)
    if known is not None:
        return known
    if session.scalar(select(Category.id).where(Category.slug == slug)):
        slug = f"{slug}-crowd"
    made = insert(Category).values(title=title, parent_id=parent, slug=slug).returning(Category.id)
    return session.scalars(made).one()


def _bring(invented: list[Invented], shelves: dict[Place, int]) -> None:
    currency = facts().currency
    with db.transaction() as session:
        now = db.inside().now
        _copy(PRODUCTS, (_product(one, shelves, now, age) for age, one in enumerate(invented)))
        slugs = [one.slug for one in invented]
        named = select(Product.slug, Product.id).where(Product.slug.in_(slugs))
        ids = {row.slug: row.id for row in session.execute(named)}
        _copy(
            "shelf_places (category_id, product_id)",
            ((shelves[one.place], ids[one.slug]) for one in invented),
        )
        _copy("variants (product_id, sku, barcode, option_values, position)", _variants(invented, ids))
        _bring_choices(invented, list(ids.values()), currency, now)


def _bring_choices(invented: list[Invented], products: list[int], currency: str, now: datetime) -> None:
    choices = {choice.sku: choice for one in invented for choice in one.choices}
    known = select(Variant.id, Variant.product_id, Variant.sku).where(Variant.product_id.in_(products))
    rows = db.inside().session.execute(known.order_by(Variant.id)).all()
    sold = [(row.id, row.product_id, choices[row.sku]) for row in rows]
    _copy(
        "prices (variant_id, currency, amount, compare_at)",
        ((variant, currency, choice.price, choice.was) for variant, _product_id, choice in sold),
    )
    _copy(
        "stock (variant_id, product_id, on_hand)",
        ((variant, product, choice.units) for variant, product, choice in sold),
    )
    _copy(
        "stock_movements (variant_id, quantity, reason, actor_kind, at)",
        (
            (variant, choice.units, "import", "cli", now)
            for variant, _product_id, choice in sold
            if choice.units
        ),
    )


def _product(one: Invented, shelves: dict[Place, int], now: datetime, age: int) -> Row:
    published = now - timedelta(minutes=age)
    said = (one.slug, one.title, one.description, one.brand, list(one.tags), "active", list(one.options))
    lowest = min(choice.price for choice in one.choices)
    return (*said, shelves[one.place], lowest, now, now, published)


def _variants(invented: list[Invented], ids: dict[str, int]) -> Iterator[Row]:
    for one in invented:
        for position, choice in enumerate(one.choices, start=1):
            yield ids[one.slug], choice.sku, choice.barcode, list(choice.values), position


def _copy(where: str, rows: Iterator[Row]) -> None:
    """PostgreSQL's own way to take in many rows; every rule of the tables holds for them as for others."""
    driver: Any = db.inside().session.connection().connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {where} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
