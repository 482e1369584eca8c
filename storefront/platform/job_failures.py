"""Why jobs failed: procrastinate keeps that they did, and this what they said, for whoever looks after it."""

import logging
import traceback
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Mapped, mapped_column

from storefront.platform import clock, db

log = logging.getLogger(__name__)
MOST = 2000  # characters of what an error says
DEPTH = 3  # of the places that led to it


class JobFailure(db.Model):
    """One try of a job that ended in an error; gone with its job."""

    __tablename__ = "job_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(index=True)
    """Of procrastinate's table, which is not ours to refer to."""
    error: Mapped[str]
    """Its class and what it says."""
    place: Mapped[str]
    """Where in the code it happened, innermost last."""
    at: Mapped[datetime]


def note(job_id: int, error: BaseException) -> None:
    """Write down why a job failed; what cannot be written down is only logged."""
    said = f"{type(error).__name__}: {error}".replace("\0", "")[:MOST]
    frames = traceback.extract_tb(error.__traceback__)[-DEPTH:]
    place = "\n".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    row = {"job_id": job_id, "error": said, "place": place, "at": clock.now()}
    try:
        with db.transaction() as session:
            session.execute(insert(JobFailure).values(row))
    except Exception:
        log.exception("why job %s failed could not be written down: %s", job_id, said)
