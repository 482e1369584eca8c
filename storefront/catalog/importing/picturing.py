"""What differs about a product's pictures: which come, go, are said otherwise or show a choice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import delete, update

from storefront.catalog import bringing, filing
from storefront.catalog.importing.known import KnownImage, KnownProduct
from storefront.catalog.importing.matching import Pair
from storefront.catalog.importing.records import MISSING, ImportedImage, ImportedProduct
from storefront.catalog.importing.report import Change, Note
from storefront.catalog.models import Image
from storefront.platform import db


@dataclass(slots=True)
class Pictures:
    """Pictures to add, change and remove, with the words for each row."""

    new: list[dict[str, object]] = field(default_factory=list)
    changed: dict[int, dict[str, object]] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    changes: list[tuple[int, Change]] = field(default_factory=list)
    new_rows: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    @property
    def to_fetch(self) -> bool:
        """Whether a new one stands at an address."""
        return any(bringing.is_address(str(row["source"])) for row in self.new)


def pictures_of(product: ImportedProduct, known: KnownProduct | None) -> Pictures:
    """Compare the pictures themselves; those that staff brought stay, whether or not the file names them."""
    found = Pictures()
    if product.images is MISSING:
        return found
    here = {image.name: image for image in reversed(known.images)} if known else {}
    ordered = not product.headed or _in_order(product.images, here)
    last = max((image.position for image in known.images), default=0) if known else 0
    for place, image in enumerate(product.images, start=1):
        old = here.pop(image.source, None)
        if old is None:
            position = place if product.headed else last + place
            alt = image.alt or ""
            found.new.append({"source": image.source, "alt": alt, "position": position})
            found.changes.append((image.row, Change("picture", "", image.source)))
            found.new_rows.add(image.row)
            continue
        if image.alt is not MISSING and image.alt != old.alt:
            found.changed.setdefault(old.id, {})["alt"] = image.alt
            found.changes.append((image.row, Change("picture text", old.alt, image.alt)))
        if not ordered and old.position != place:
            found.changed.setdefault(old.id, {})["position"] = place
            found.changes.append((image.row, Change("picture place", str(old.position), str(place))))
    for old in reversed(here.values()) if product.headed else ():
        if old.source:
            found.gone.append(old.id)
            found.changes.append((product.row, Change("picture", old.source, "")))
    return found


def _in_order(images: tuple[ImportedImage, ...], here: dict[str, KnownImage]) -> bool:
    """Whether they stand in the file's order already; none comes, and none goes."""
    named = [image.source for image in images]
    places = [(here[name].position, here[name].id) for name in named if name in here]
    goes = any(image.source and name not in named for name, image in here.items())
    return not goes and len(places) == len(named) and places == sorted(places)


def missing_files(product: ImportedProduct, known: KnownProduct | None, beside: Path) -> Iterator[Note]:
    """Pictures that are named by a file and wait for it in vain."""
    stored = {image.name for image in known.images if image.file} if known else set()
    for image in () if product.images is MISSING else product.images:
        awaited = image.source not in stored and not bringing.is_address(image.source)
        if awaited and not filing.is_there(beside, image.source):
            yield Note(image.row, "picture", f'no file "{image.source}" stands beside the catalog')


def wanted_links(pairs: list[Pair]) -> tuple[dict[str, Pair], list[Note]]:
    """Which choice each picture shows, one at most, and what to say of the others."""
    links: dict[str, Pair] = {}
    notes: list[Note] = []
    for pair in pairs:
        for source in pair.given.images:
            if links.setdefault(source, pair).given.row != pair.given.row:
                first = " / ".join(links[source].values)
                text = f'the picture shows "{first}" already, and can show one choice'
                notes.append(Note(pair.given.row, "variant_image", text))
    return links, notes


def link_changes(pairs: list[Pair], known: KnownProduct | None) -> list[tuple[KnownImage, Pair | None, int]]:
    """Pictures the shop has that are to show another choice, or none any more; and the row that says so."""
    links, _ = wanted_links(pairs)
    by_id = {pair.known.id: pair for pair in pairs if pair.known}
    found: list[tuple[KnownImage, Pair | None, int]] = []
    for image in known.images if known else ():
        wanted = links.get(image.name)
        if wanted is not None and (wanted.known is None or wanted.known.id != image.variant_id):
            found.append((image, wanted, wanted.given.row))
        elif wanted is None and image.source and image.variant_id in by_id:
            holder = by_id[image.variant_id]
            if holder.given.image is not MISSING:
                found.append((image, None, holder.given.row))
    return found


def write(pictures: Pictures) -> None:
    """Take away what goes and change what stays. Part of a change."""
    session = db.inside().session
    if pictures.gone:
        session.execute(delete(Image).where(Image.id.in_(pictures.gone)))
    for image_id, values in sorted(pictures.changed.items()):
        session.execute(update(Image).where(Image.id == image_id).values(**values))
