"""Pictures as pages need them: stored, with the measures that keep their place."""

from typing import Any, NamedTuple, Self

from sqlalchemy import ColumnElement, Row, case

from storefront.catalog.models import Image, Variant
from storefront.platform import renditions

UNMEASURED = (800, 1000)  # The shape of a card; a picture without measures is shown in it.
SENT = 1200  # Messengers and social networks ask for no more dots across.
NARROWEST_CUT, WIDEST_CUT = 0.7, 1.15  # Width to height; what is beyond would lose too much in a card.


PICTURE = (
    Image.file,
    Image.width,
    Image.height,
    Image.alt,
    Image.renditions,
    Image.tone,
    Image.variant_id.label("shows"),
)
"""What `Picture.of` reads of a row."""


class Picture(NamedTuple):
    """A stored picture, its measures in pixels and what it shows, in words."""

    file: str
    width: int
    height: int
    alt: str
    variant_id: int | None = None
    """The variant that it shows, where it shows one."""
    renditions: tuple[int, ...] = ()
    """The widths it was made in, in every format; without any, the stored file itself is shown."""
    tone: str | None = None
    """The colour that stands in its place until it arrives."""

    @classmethod
    def of(cls, row: Row[*tuple[Any, ...]]) -> Self | None:
        """The picture of a row, or None while its file is not here."""
        if row.file is None:
            return None
        width, height = (row.width, row.height) if row.width and row.height else UNMEASURED
        return cls(row.file, width, height, row.alt or "", row.shows, tuple(row.renditions), row.tone)

    def srcset(self, address: str, kind: str) -> str:
        """Where each of its widths is in a format, told from the address of its file."""
        stem = address.rpartition(".")[0]
        return ", ".join([f"{stem}-{width}.{kind} {width}w" for width in self.renditions])

    def one(self, address: str) -> str:
        """Where its JPEG is, for whoever cannot choose: large enough for a card on a sharp screen."""
        width = next((width for width in self.renditions if width >= 600), self.renditions[-1])
        return f"{address.rpartition('.')[0]}-{width}.jpg"

    def sent(self) -> tuple[str, int, int]:
        """The file that others show beside a link, and its measures: not every messenger reads WebP."""
        if not self.renditions:
            return self.file, self.width, self.height
        width = max((width for width in self.renditions if width <= SENT), default=self.renditions[0])
        return renditions.name(self.file, width, "jpg"), width, round(self.height * width / self.width)

    @property
    def whole(self) -> bool:
        """Whether its shape is so far from a card's that it is shown with room around it."""
        return not WIDEST_CUT >= self.width / self.height >= NARROWEST_CUT


def nearest_first(shown: type[Variant], variant_id: Any, first_value: Any) -> ColumnElement[int]:
    """The order of a product's pictures beside a variant, by the variants that they show.

    Its own comes first, then that of one alike in the first option: often a colour that comes in sizes.
    """
    return case((shown.id == variant_id, 0), (shown.option_values[1] == first_value, 1), else_=2)
