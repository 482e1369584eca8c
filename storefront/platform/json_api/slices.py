"""Lists, a slice at a time: keyset cursors, a limit that is capped and says so, and Link headers."""

import logging
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from flask import request
from flask_babel import gettext as _
from pydantic import Field

from storefront.config import settings
from storefront.platform import links, pages
from storefront.platform.errors import NotFound
from storefront.platform.json_api.kinds import ASKED, MAX_COUNT, Shape, Told
from storefront.platform.paging import MAX_CURSOR, Cursor, Key

log = logging.getLogger(__name__)
BY_ID = "id"
CURSOR = "^[A-Za-z0-9_-]*$"
T = TypeVar("T")


class NoSuchPlace(NotFound):
    """What was sent as `after` is no place in this list."""

    code = "cursor-unknown"

    def message(self) -> str:
        return _("This is no place in this list.")

    def facts(self) -> dict[str, Any]:
        return {"errors": [{"parameter": "after", "code": self.code, "detail": self.message()}]}


class Slicing(Shape):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=MAX_COUNT, examples=[24]), ASKED] = 24
    """How many at once. More than the shop gives at once is capped, and the answer says so."""
    after: Annotated[
        str | None, Field(max_length=MAX_CURSOR, pattern="^[A-Za-z0-9_-]*$", examples=[None])
    ] = None
    """Go on after this: `next` of the answer before."""

    @property
    def most(self) -> int:
        """How many are given."""
        return min(self.limit, settings().pagination_max_limit)

    def cursor(self, sort: str = BY_ID, kind: type[Key] = int) -> Cursor | None:
        """Where it goes on. Raises NoSuchPlace."""
        if self.after is None:
            return None
        try:
            return Cursor.read(self.after, sort, kind)
        except ValueError:
            raise NoSuchPlace from None

    @property
    def after_id(self) -> int:
        """The last id that was seen, in a list that goes by ids."""
        cursor = self.cursor()
        return cursor.id if cursor else 0


class Slice(Told, Generic[T]):
    """Part of a list, and where it goes on."""

    items: list[T]
    limit: int = Field(examples=[24])
    """How many this answer may hold."""
    limit_capped: bool = Field(examples=[False])
    """Whether more were asked for than are given at once."""
    next: str | None = Field(examples=["WyJpZCIsNyw3XQ"])
    """What to send as `after` for the items that follow; null at the end. `Link` has the whole address."""


def sliced(
    slicing: Slicing, rows: Sequence[Any], tell: Callable[[Any], T], key: Callable[[Any], Cursor]
) -> Slice[T]:
    """A slice of rows of which one more than `most` was asked for, if there is one."""
    most = slicing.most
    if slicing.limit > most:
        log.info("a limit of %d was capped to %d", slicing.limit, most)
        pages.passing()  # So that each is logged; and there is no end of such limits.
    more = key(rows[most - 1]) if len(rows) > most else None
    return Slice(
        items=[tell(row) for row in rows[:most]],
        limit=most,
        limit_capped=slicing.limit > most,
        next=str(more) if more else None,
    )


def by_id(row: Any) -> Cursor:
    """Where a list that goes by ids goes on."""
    return Cursor(BY_ID, row.id, row.id)


def link_of(found: Slice[Any]) -> str | None:
    """The header that says where the list goes on (RFC 8288)."""
    if found.next is None:
        return None
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "after"]
    place = f"{links.origin()}{request.script_root}{request.path}"
    return f'<{place}?{urlencode([*asked, ("after", found.next)])}>; rel="next"'
