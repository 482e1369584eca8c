"""Which files staff brought, how far they have come, and what became of their rows."""

from collections.abc import Sequence

from sqlalchemy import func, select

from storefront.catalog.uploaded.models import Upload, UploadLine
from storefront.platform import db

PAGE = 100
LATEST = 20


def upload(upload_id: int) -> Upload | None:
    """One of them."""
    return db.session.get(Upload, upload_id)


def latest() -> Sequence[Upload]:
    """The last ones, newest first."""
    return db.session.scalars(select(Upload).order_by(Upload.id.desc()).limit(LATEST)).all()


def running() -> int | None:
    """The one that is being rehearsed or imported."""
    return db.session.scalar(select(Upload.id).where(Upload.running))


def counts(upload_id: int, *, rehearsed: bool) -> dict[str, int]:
    """How many rows came out which way."""
    rows = db.session.execute(
        select(UploadLine.outcome, func.count())
        .where(UploadLine.upload_id == upload_id, UploadLine.rehearsed == rehearsed)
        .group_by(UploadLine.outcome)
    )
    return dict(rows.all())


def lines(
    upload_id: int, *, rehearsed: bool, outcome: str, after: int | None
) -> tuple[Sequence[UploadLine], int | None]:
    """A page of the report, of one outcome or of all, and the row after which the next page begins."""
    asked = select(UploadLine).where(
        UploadLine.upload_id == upload_id, UploadLine.rehearsed == rehearsed, UploadLine.row > (after or 0)
    )
    if outcome:
        asked = asked.where(UploadLine.outcome == outcome)
    found = db.session.scalars(asked.order_by(UploadLine.row).limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].row if len(found) > PAGE else None
