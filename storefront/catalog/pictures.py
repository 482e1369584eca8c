"""Pictures as pages need them: stored, with the measures that keep their place."""

from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import ColumnElement, case

from storefront.catalog.models import Variant

UNMEASURED = (800, 1000)  # The shape of a card; a picture without measures is shown in it.


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture, its measures in pixels and what it shows, in words."""

    file: str
    width: int
    height: int
    alt: str
    variant_id: int | None = None
    """The variant that it shows, where it shows one."""

    @classmethod
    def of(
        cls,
        file: str | None,
        width: int | None,
        height: int | None,
        alt: str | None,
        shows: int | None = None,
    ) -> Self | None:
        """The picture of a row, or None while its file is not here."""
        if file is None:
            return None
        known = (width, height) if width and height else UNMEASURED
        return cls(file, *known, alt or "", shows)


def nearest_first(shown: type[Variant], variant_id: Any, first_value: Any) -> ColumnElement[int]:
    """The order of a product's pictures beside a variant, by the variants that they show.

    Its own comes first, then that of one alike in the first option: often a colour that comes in sizes.
    """
    return case((shown.id == variant_id, 0), (shown.option_values[1] == first_value, 1), else_=2)
