"""Put a product on the shelves that its paths name, making those that are missing."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, union_all

from storefront.catalog.importing.handles import slug_of
from storefront.catalog.importing.known import KnownProduct
from storefront.catalog.importing.lists import Path
from storefront.catalog.importing.memory import Memory, key_of
from storefront.catalog.importing.records import MISSING, Given
from storefront.catalog.importing.report import Change
from storefront.catalog.models import MAX_SLUG, Category, FormerSlug, shelf_places
from storefront.platform import db


@dataclass(frozen=True, slots=True)
class Places:
    """Where a product is to stand, the main shelf first, and which of these shelves are new."""

    paths: tuple[Path, ...]
    new: tuple[Path, ...]
    change: Change


def places_of(given: Given[tuple[Path, ...]], known: KnownProduct | None, memory: Memory) -> Places | None:
    """What is to change about the product's shelves, if anything."""
    if given is MISSING:
        return None
    now = _now(known, memory)
    same = set(map(key_of, now)) == set(map(key_of, given))
    if same and list(map(key_of, now[:1])) == list(map(key_of, given[:1])):
        return None
    new = [path[:depth] for path in given for depth in range(1, len(path) + 1)]
    new = [path for path in dict.fromkeys(new) if not memory.knows(path)]
    return Places(given, tuple(new), Change("shelves", _words(now), _words(given)))


def find_or_make(places: Places, memory: Memory) -> tuple[list[int], dict[Path, int]]:
    """The shelves, the main one first, and those of them that were made. Part of a change."""
    made: dict[Path, int] = {}
    ids = list(dict.fromkeys(_shelf(path, memory, made) for path in places.paths))
    db.inside().tag(*(f"category:{shelf_id}" for shelf_id in ids))
    return ids, made


def leave(product_id: int) -> None:
    """Take the product off all its shelves, before it is put on others. Part of a change."""
    db.inside().session.execute(delete(shelf_places).where(shelf_places.c.product_id == product_id))


def _now(known: KnownProduct | None, memory: Memory) -> list[Path]:
    if known is None:
        return []
    main = [known.category_id] if known.category_id is not None else []
    ids = [*main, *sorted(known.shelf_ids - set(main))]
    return [memory.paths.get(shelf_id, (f"#{shelf_id}",)) for shelf_id in ids]


def _words(paths: tuple[Path, ...] | list[Path]) -> str:
    return ", ".join(" > ".join(path) for path in paths)


def _shelf(path: Path, memory: Memory, made: dict[Path, int]) -> int:
    """The shelf's id; it and what it stands on are made if they are not there."""
    shelf = memory.shelves.get(key_of(path))
    if shelf is not None and shelf.id is not None:
        return shelf.id
    path = shelf.path if shelf else path
    if path not in made:
        parent = _shelf(path[:-1], memory, made) if len(path) > 1 else None
        made[path] = (
            db.inside()
            .session.execute(
                insert(Category)
                .values(parent_id=parent, title=path[-1], slug=_free_slug(path))
                .returning(Category.id)
            )
            .scalar_one()
        )
        db.inside().tag("catalog", "shelves")
    return made[path]


def _free_slug(path: Path) -> str:
    """The title's own, or with its parents', or with a number; never one that led somewhere before."""
    own, whole = slug_of(path[-1]), slug_of(" ".join(path))
    wishes = dict.fromkeys([own, whole, *(f"{whole[: MAX_SLUG - 5]}-{number}" for number in range(2, 100))])
    taken = set(
        db.session.scalars(
            union_all(
                select(Category.slug).where(Category.slug.in_(wishes)),
                select(FormerSlug.slug).where(FormerSlug.kind == "category", FormerSlug.slug.in_(wishes)),
            )
        )
    )
    return next(wish for wish in wishes if wish not in taken)
