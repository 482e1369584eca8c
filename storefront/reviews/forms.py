"""What addresses and forms about reviews accept; limits come from the table."""

from dataclasses import dataclass, field, replace
from typing import Any, Self

from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from wtforms.validators import AnyOf, Length

from storefront.catalog.sorting import Sort
from storefront.platform.fields import TOO_LONG, Lines, needed, text_field
from storefront.platform.forms import Form, Printable
from storefront.platform.i18n import gettext as _
from storefront.platform.paging import Cursor
from storefront.reviews.actions import Opinion
from storefront.reviews.models import (
    MAX_AUTHOR,
    MAX_REASON,
    MAX_TEXT,
    MAX_TITLE,
    MIN_TEXT,
    MOST_STARS,
    Review,
)
from storefront.reviews.sorting import NEWEST, SORTS

TOO_SHORT: Any = lazy_gettext("Please write at least %(min)d characters.")
CHOOSE: Any = lazy_gettext("Please choose from one to five stars.")
STARS = tuple(map(str, range(1, MOST_STARS + 1)))


class _Text(Lines):
    """Several lines, each ended as the table counts it: browsers send two characters for one."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").replace("\r\n", "\n").replace("\r", "\n")


def _text(label: Any) -> _Text:
    length = Length(min=MIN_TEXT, message=TOO_SHORT), Length(max=MAX_TEXT, message=TOO_LONG)
    wanted = needed(lazy_gettext("Please write what you think of it."))
    return _Text(label, [wanted, *length, Printable(lines=True)])


class ReviewForm(Form):
    """Stars, a title, some sentences, and the name they are shown with."""

    rating = text_field(lazy_gettext("Your rating"), 1, needed(CHOOSE), AnyOf(STARS, CHOOSE))
    title = text_field(
        lazy_gettext("Title"), MAX_TITLE, needed(lazy_gettext("Please give your review a title."))
    )
    text = _text(lazy_gettext("Your review"))
    author = text_field(lazy_gettext("Name shown with your review"), MAX_AUTHOR)

    @classmethod
    def of(cls, review: Review) -> Self:
        """What was written before."""
        names = ("title", "text", "author")
        return cls(data={"rating": str(review.rating)} | {name: getattr(review, name) for name in names})

    def opinion(self, otherwise: str) -> Opinion:
        """What was typed; without a name it is shown with another one."""
        name = self.author.data or otherwise
        return Opinion(int(self.rating.data or 0), self.title.data or "", self.text.data or "", name)


class RejectionForm(Form):
    """Why a review is not shown, for its author to read."""

    reason = text_field(
        lazy_gettext("Reason, for its author to read"),
        MAX_REASON,
        needed(lazy_gettext("Please say why, so that its author can write a better one.")),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of a product's reviews asks for."""

    sort: Sort = NEWEST
    stars: int | None = None
    after: Cursor | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)
    """A sentence for each thing that could not be read."""

    def parameters(self, **changes: Any) -> dict[str, Any]:
        """The same as an address says it, from the start; with something else instead."""
        other = replace(self, **changes)
        said = {"sort": other.sort.name if other.sort is not NEWEST else None, "stars": other.stars}
        return {name: value for name, value in said.items() if value}


def read(args: MultiDict[str, str]) -> Asked:
    """The wish in an address: `?sort= &stars= &after=`; what is none is said and left out."""
    notes = []
    sort, stars, after = args.get("sort") or NEWEST.name, args.get("stars") or "", None
    if sort not in SORTS:
        notes.append(_("We cannot sort like that, so the newest stand first."))
    if stars and stars not in STARS:
        notes.append(_("Reviews give one to five stars, so all are shown."))
    order = SORTS.get(sort, NEWEST)
    try:
        after = Cursor.read(args["after"], order.name, order.kind) if args.get("after") else None
    except ValueError:
        notes.append(_("We lost the place in the list; here is its start."))
    return Asked(order, int(stars) if stars in STARS else None, after, tuple(notes))


def public_name(name: str) -> str:
    """What others see of a name unless its owner wishes otherwise: Ada L. of Ada Lindt."""
    first, *rest = name.split() or [_("A customer")]
    return " ".join([first, *(f"{last[0]}." for last in rest[-1:])])[:MAX_AUTHOR]
