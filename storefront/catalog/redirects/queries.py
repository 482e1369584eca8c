"""Where addresses lead that have no page of their own."""

from collections.abc import Sequence

from sqlalchemy import select

from storefront.catalog.redirects.models import Redirect
from storefront.platform import db

PAGE = 100


def target_of(path: str) -> str | None:
    """Where a path leads, if anywhere."""
    if "\0" in path:
        return None
    return db.session.scalar(select(Redirect.target).where(Redirect.path == path))


def page(words: str, after: str) -> tuple[Sequence[Redirect], str | None]:
    """Redirects by their paths, and where the list goes on."""
    asked = select(Redirect).order_by(Redirect.path).limit(PAGE + 1)
    if after:
        asked = asked.where(Redirect.path > after)
    if words:
        like = "%" + words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        asked = asked.where(Redirect.path.ilike(like) | Redirect.target.ilike(like))
    rows = db.session.scalars(asked).all()
    return rows[:PAGE], rows[PAGE - 1].path if len(rows) > PAGE else None
