"""How customers rate a product: pushed down by whoever asks them, and shown wherever the product is."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from sqlalchemy import update

from storefront.catalog.models import Product
from storefront.catalog.searching import index
from storefront.platform import db

TAG = "ratings"
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rating:
    """What a page says of it."""

    average: Decimal
    count: int

    @classmethod
    def of(cls, average: Decimal | None, count: int) -> Self | None:
        """None while nobody has said anything."""
        return None if average is None else cls(average, count)

    @property
    def cut(self) -> float:
        """Where five stars, twenty wide each, end to be filled: there is some room around each of them."""
        whole, part = divmod(float(self.average), 1)
        return round(20 * whole + (2 + 16 * part if part else 0), 1)

    @property
    def tenths(self) -> Decimal:
        """As precise as people read it."""
        return self.average.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def stars(self) -> int:
        """The average in whole stars."""
        return int(self.average.quantize(Decimal(1), ROUND_HALF_UP))


def average(stars: int, count: int) -> Decimal | None:
    """Of so many stars in so many reviews, in hundredths, as PostgreSQL rounds."""
    return (Decimal(stars) / count).quantize(_HUNDREDTH, ROUND_HALF_UP) if count else None


def rate_product(product_id: int, stars: int, count: int) -> None:
    """From now on so many reviews give it so many stars together. Part of a change, its last one.

    The caller holds the product, so that nobody else counts meanwhile. A rating is no edit: the row's
    version stays, and so does the moment it was changed.
    """
    here = db.inside()
    values = {"rating_average": average(stars, count), "rating_count": count}
    here.execute(update(db.table(Product)).where(Product.id == product_id).values(values))
    index.refresh(product_id)
    here.tag(f"product:{product_id}", TAG)
