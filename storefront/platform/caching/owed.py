"""Changes whose pages may not have been told: their process died after the commit, or Valkey was away."""

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import clock, db, jobs
from storefront.platform.caching.shelf import Shelf

PATIENCE = timedelta(seconds=5)


class OwedBump(db.Model):
    """Tags that a change made stale; Valkey remembers whether they were bumped."""

    __tablename__ = "cache_bumps"

    id: Mapped[int] = mapped_column(primary_key=True)
    tags: Mapped[list[str]]
    at: Mapped[datetime] = mapped_column(index=True)


@jobs.errand
def repeat_bumps() -> None:
    """Bump what was not; forget what was. While Valkey is away, all stays owed."""
    due = OwedBump.at < clock.now() - PATIENCE
    rows = db.session.execute(select(OwedBump.id, OwedBump.tags).where(due)).all()
    db.release()
    shelf: Shelf = current_app.extensions["pages"]
    told = shelf.told([row.id for row in rows])
    if told is None:
        return
    missed = {tag for row in rows if row.id not in told for tag in row.tags}
    if rows and (not missed or shelf.forget(missed)):
        with db.transaction() as session:
            session.execute(delete(OwedBump).where(OwedBump.id.in_([row.id for row in rows])))
