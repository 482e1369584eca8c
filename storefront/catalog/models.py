"""Products, their variants and prices, the shelves they stand on, and their pictures."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Numeric,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.platform import db

STATUSES = ("draft", "active", "archived")
MAX_OPTIONS = 3
MAX_VARIANTS = 100
MAX_TITLE = 200
MAX_SLUG = 200
MAX_SKU = 100
MAX_DESCRIPTION = 50_000
SLUG = r"^[^\s/?#%]+$"
"""Imported handles stay as they are, so more than ASCII is allowed; what would break an address is not."""

shelf_places = Table(
    "shelf_places",
    db.Model.metadata,
    Column("category_id", ForeignKey("categories.id", ondelete="CASCADE"), primary_key=True),
    Column("product_id", ForeignKey("products.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Category(db.Model):
    """A shelf; shelves stand on shelves."""

    __tablename__ = "categories"
    __table_args__ = (
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("slug <> ''", name="slug"),
        UniqueConstraint("parent_id", "title", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("categories.id", ondelete="RESTRICT"), index=True
    )
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default=text("''"))
    position: Mapped[int] = mapped_column(server_default=text("0"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Product(db.Model):
    """What is described; its variants are what is sold."""

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("status IN ('draft', 'active', 'archived')", name="status"),
        CheckConstraint("cardinality(option_names) <= 3", name="options"),
        CheckConstraint("slug <> ''", name="slug"),
        CheckConstraint("tax_class IN ('standard', 'reduced', 'zero')", name="tax_class"),
        CheckConstraint(
            "CASE WHEN rating_count > 0 THEN rating_average BETWEEN 1 AND 5 AND rating_average IS NOT NULL"
            " ELSE rating_count = 0 AND rating_average IS NULL END",
            name="rating",
        ),
        Index("ix_products_newest", "published_at", "id", postgresql_where=text("status = 'active'")),
        Index("ix_products_words", "title", postgresql_using="gin", postgresql_ops={"title": "gin_trgm_ops"}),
        Index("ix_products_title", "title", "id"),
        Index("ix_products_status", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default=text("''"))
    """Markdown."""
    brand: Mapped[str] = mapped_column(server_default=text("''"))
    tags: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    status: Mapped[str] = mapped_column(server_default=text("'draft'"))
    seo_title: Mapped[str] = mapped_column(server_default=text("''"))
    seo_description: Mapped[str] = mapped_column(server_default=text("''"))
    tax_class: Mapped[str] = mapped_column(server_default=text("'standard'"))
    option_names: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    category_id: Mapped[int | None] = mapped_column(
        ForeignKey("categories.id", ondelete="RESTRICT"), index=True
    )
    """The main shelf, which makes the breadcrumb; shelf_places holds it too, with all others."""
    featured: Mapped[int] = mapped_column(server_default=text("0"))
    """Higher stands earlier in the shop's own order."""
    price_from: Mapped[int | None]
    """The lowest price among the variants on sale, kept by `catalog.prices.refresh`; lists sort by it."""
    rating_average: Mapped[Decimal | None] = mapped_column(Numeric(3, 2))
    """Stars from 1 to 5 in the mean; `catalog.ratings` keeps it and leaves the version alone."""
    rating_count: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))

    variants: Mapped[list["Variant"]] = relationship(
        lazy="raise", order_by="Variant.position, Variant.id", back_populates="product"
    )
    images: Mapped[list["Image"]] = relationship(lazy="raise", order_by="Image.position, Image.id")
    categories: Mapped[list[Category]] = relationship(secondary=shelf_places, lazy="raise")
    category: Mapped[Category | None] = relationship(lazy="raise")


class Variant(db.Model):
    """What is sold and stocked: one choice of every option."""

    __tablename__ = "variants"
    __table_args__ = (
        UniqueConstraint("product_id", "option_values"),
        CheckConstraint("cardinality(option_values) <= 3", name="options"),
        CheckConstraint("weight_g >= 0", name="weight"),
        CheckConstraint("sku <> ''", name="sku"),
        Index("ix_variants_words", "sku", postgresql_using="gin", postgresql_ops={"sku": "gin_trgm_ops"}),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="RESTRICT"), index=True)
    sku: Mapped[str] = mapped_column(unique=True)
    barcode: Mapped[str] = mapped_column(server_default=text("''"))
    option_values: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    position: Mapped[int] = mapped_column(server_default=text("0"))
    weight_g: Mapped[int | None]
    tracked: Mapped[bool] = mapped_column(server_default=text("true"))
    """Untracked variants are always available and have no stock to lock."""
    archived_at: Mapped[datetime | None]
    """When it stopped being sold; orders still refer to it."""
    version: Mapped[int] = mapped_column(server_default=text("1"))

    product: Mapped[Product] = relationship(lazy="raise", back_populates="variants")
    prices: Mapped[list["Price"]] = relationship(lazy="raise")

    @property
    def choice(self) -> str:
        """The chosen options in words, such as "Teal / Large"; empty when there is no choice."""
        return " / ".join(self.option_values)


class Price(db.Model):
    """What a variant costs in a currency, in minor units, and what it cost before."""

    __tablename__ = "prices"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("compare_at > amount", name="compare_at"),
        CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency"),
    )

    variant_id: Mapped[int] = mapped_column(
        ForeignKey("variants.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    currency: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int]
    compare_at: Mapped[int | None]


class Image(db.Model):
    """A picture of a product, or of one variant: a stored file, or an address it comes from."""

    __tablename__ = "images"
    __table_args__ = (
        CheckConstraint("file IS NOT NULL OR source IS NOT NULL", name="comes_from_somewhere"),
        CheckConstraint("tone ~ '^#[0-9a-f]{6}$'", name="tone"),
        UniqueConstraint("product_id", "source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), index=True)
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id", ondelete="SET NULL"), index=True)
    source: Mapped[str | None]
    """Where an import found it; shoppers are never sent there."""
    file: Mapped[str | None]
    """Its name among the shop's own files; without one a placeholder stands in."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    renditions: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default=text("'{}'"))
    """The widths it was made in for pages, in every format; none yet while a job is about to."""
    tone: Mapped[str | None]
    """The colour most of it has, which stands in its place until it arrives."""
    trouble: Mapped[str] = mapped_column(server_default=text("''"))
    """Why it could not be fetched from its address, the last time that was tried."""
    alt: Mapped[str] = mapped_column(server_default=text("''"))
    position: Mapped[int] = mapped_column(server_default=text("0"))


class Swatch(db.Model):
    """The colour that a choice of this name has, wherever a choice is called so."""

    __tablename__ = "swatches"
    __table_args__ = (
        CheckConstraint("name <> '' AND name = lower(name)", name="name"),
        CheckConstraint("colour ~ '^#[0-9a-f]{6}$'", name="colour"),
    )

    name: Mapped[str] = mapped_column(primary_key=True)
    colour: Mapped[str]


class FormerSlug(db.Model):
    """An address something used to have: it redirects, unless something live has it now."""

    __tablename__ = "former_slugs"
    __table_args__ = (
        CheckConstraint("(product_id IS NULL) <> (category_id IS NULL)", name="of_one_thing"),
        Index("ix_former_slugs_product_id", "product_id"),
        Index("ix_former_slugs_category_id", "category_id"),
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id", ondelete="CASCADE"))
    since: Mapped[datetime]
