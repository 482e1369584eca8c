"""What earlier rows of the file did, so that a rehearsal, which undoes each, answers like the real run."""

from dataclasses import dataclass, field

from sqlalchemy import select

from storefront.catalog.importing.lists import Path
from storefront.catalog.models import Category
from storefront.platform import db

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf by the titles that lead to it; without an id it is made again when it is needed."""

    path: Path
    id: int | None


@dataclass(slots=True)
class Memory:
    """SKUs and addresses taken by rows so far, SKUs they let go, and every shelf there is."""

    skus: dict[str, int] = field(default_factory=dict)
    freed: set[str] = field(default_factory=set)
    slugs: dict[str, int] = field(default_factory=dict)
    shelves: dict[Key, Shelf] = field(default_factory=dict)
    paths: dict[int, Path] = field(default_factory=dict)

    def knows(self, path: Path) -> bool:
        return key_of(path) in self.shelves

    def put(self, path: Path, shelf_id: int | None) -> None:
        self.shelves[key_of(path)] = Shelf(path, shelf_id)
        if shelf_id is not None:
            self.paths[shelf_id] = path


def fresh() -> Memory:
    """A memory that knows the shelves of the shop as they stand now."""
    rows = db.session.execute(select(Category.id, Category.parent_id, Category.title)).all()
    db.release()
    memory = Memory()
    by_id = {row.id: row for row in rows}
    for row in rows:
        titles = [row.title]
        above = by_id.get(row.parent_id)
        while above is not None:
            titles.append(above.title)
            above = by_id.get(above.parent_id)
        memory.put(tuple(reversed(titles)), row.id)
    return memory


def key_of(path: Path) -> Key:
    """Shelves are the same whatever their capitals."""
    return tuple(title.casefold() for title in path)
