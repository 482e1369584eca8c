"""What somebody wishes to see in a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from storefront.catalog.searching.sieving import Choices
from storefront.catalog.sorting import SORTS, Sort
from storefront.platform.paging import Cursor


@dataclass(frozen=True, slots=True)
class Wish:
    """Which products, in which order, from where on; amounts in minor units."""

    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    in_stock: bool = False
    sort: Sort = SORTS["featured"]
    after: Cursor | None = None

    @property
    def choices(self) -> Choices:
        """What of it the sieve understands."""
        return Choices(self.facets, self.least, self.most, self.in_stock)

    @property
    def narrowed(self) -> bool:
        """Whether it asks for less than everything, apart from words."""
        return bool(self.facets) or self.in_stock or self.least is not None or self.most is not None
