"""What is found by: narrow rows kept beside the products, so that no search touches a description."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, BIT, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import db

BLOCK = 4096
"""Products whose membership in a facet's value is held by one row of facet_blocks."""


class Entry(db.Model):
    """A product on sale, as lists and searches see it; written by `searching.index` alone."""

    __tablename__ = "search_entries"
    __table_args__ = (
        Index("ix_search_entries_head", "head", postgresql_using="gin"),
        Index(
            "ix_search_entries_codes",
            "codes",
            postgresql_using="gin",
            postgresql_ops={"codes": "gin_trgm_ops"},
        ),
        Index(
            "ix_search_entries_named",
            text("to_tsvector('storefront'::regconfig, title)"),
            postgresql_using="gin",
        ),
        Index("ix_search_entries_facets", "facets", postgresql_using="gin"),
        Index("ix_search_entries_featured", "featured", "product_id"),
        Index("ix_search_entries_newest", "published_at", "product_id"),
        Index("ix_search_entries_price", "price", "product_id"),
        Index("ix_search_entries_rating", "rating", "product_id"),
        Index("ix_search_entries_title", "title", "product_id"),
    )

    product_id: Mapped[int] = mapped_column(
        ForeignKey("products.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    title: Mapped[str]
    price: Mapped[int]
    featured: Mapped[int]
    published_at: Mapped[datetime]
    rating: Mapped[int] = mapped_column(server_default=text("0"))
    """Rises with the average, and where that is equal with the number of reviews; 0 without any."""
    head: Mapped[str] = mapped_column(TSVECTOR, deferred=True)
    """Words by weight: A title, B brand, shelves and tags, C options."""
    codes: Mapped[str]
    """SKUs and barcodes in small letters, each on a line of its own, with an empty line at both ends."""
    facets: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    """The facet_values it has, ascending."""


class Text(db.Model):
    """All words of a product with those of its description, asked only when the heads give too little.

    A word that stands in every second description would bury what is called by it, and a table of
    whole texts is three times as much to read.
    """

    __tablename__ = "search_texts"
    __table_args__ = (Index("ix_search_texts_document", "document", postgresql_using="gin"),)

    product_id: Mapped[int] = mapped_column(
        ForeignKey("search_entries.product_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    document: Mapped[str] = mapped_column(TSVECTOR)


class FacetValue(db.Model):
    """Something products have in common, as an address says it: brand=kiln, colour=blue."""

    __tablename__ = "facet_values"
    __table_args__ = (UniqueConstraint("facet", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facet: Mapped[str]
    value: Mapped[str]
    name: Mapped[str]
    """The facet as the merchant calls it, such as "Colour"."""
    title: Mapped[str]
    """The value as the merchant writes it, such as "Blue"."""
    category_id: Mapped[int | None] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"), unique=True
    )


class FacetBlock(db.Model):
    """Which of BLOCK neighbouring products have a value: one bit each.

    Counting what a hundred thousand products have in common takes 160 ms by rows and 1 ms by bits (m).
    """

    __tablename__ = "facet_blocks"

    value_id: Mapped[int] = mapped_column(
        ForeignKey("facet_values.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    block: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    members: Mapped[str] = mapped_column(BIT(BLOCK))


class SoldOut(db.Model):
    """A product of which nothing can be bought now; triggers on stock keep it."""

    __tablename__ = "sold_out"

    product_id: Mapped[int] = mapped_column(
        ForeignKey("search_entries.product_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class SoldOutChoice(db.Model):
    """A value of an option in which a product cannot be bought now, while it can in others."""

    __tablename__ = "sold_out_choices"
    __table_args__ = (Index("ix_sold_out_choices_value_id", "value_id", "product_id"),)

    product_id: Mapped[int] = mapped_column(
        ForeignKey("search_entries.product_id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    value_id: Mapped[int] = mapped_column(
        ForeignKey("facet_values.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class Word(db.Model):
    """A word that some product uses, for whoever mistypes it."""

    __tablename__ = "lexicon"
    __table_args__ = (
        Index("ix_lexicon_stem", "stem"),
        Index("ix_lexicon_beginning", "word", postgresql_ops={"word": "text_pattern_ops"}),
        Index("ix_lexicon_parts", "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),
        Index("ix_lexicon_near", "near", postgresql_using="gin"),
    )

    word: Mapped[str] = mapped_column(primary_key=True)
    stem: Mapped[str]
    products: Mapped[int]
    """In how many products it stood when they were last counted."""
    named: Mapped[bool] = mapped_column(server_default=text("true"))
    """Whether a product is called by it, and not only described with it."""
    near: Mapped[list[str]]
    """The word, and the word without each one of its letters: what a slip of the finger makes of it."""


class Synonym(db.Model):
    """Whoever asks for the words finds the others, too."""

    __tablename__ = "synonyms"
    __table_args__ = (CheckConstraint("words <> '' AND others <> ''", name="says_something"),)

    words: Mapped[str] = mapped_column(primary_key=True)
    others: Mapped[str] = mapped_column(primary_key=True)


class MissedSearch(db.Model):
    """What was asked for in vain on a day of the shop, and how often."""

    __tablename__ = "missed_searches"
    __table_args__ = (Index("ix_missed_searches_day", "day"), CheckConstraint("times > 0", name="times"))

    words: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(server_default=text("1"))
