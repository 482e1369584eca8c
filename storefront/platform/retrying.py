"""When a job that failed is tried again."""

from procrastinate import RetryDecision, RetryStrategy
from procrastinate.jobs import Job
from sqlalchemy.exc import OperationalError

from storefront.platform import db

SOON = 3  # seconds


class Patience(RetryStrategy):
    """Ever more seldom, eight times; but soon, and as often as it takes, when only the database was away.

    That is no fault of the job, and nobody should wait an hour for a mail because of a few bad minutes.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if _database_was_away(exception):
            return RetryDecision(retry_in={"seconds": SOON})
        return super().get_retry_decision(exception=exception, job=job)


RETRY = Patience(max_attempts=8, exponential_wait=3)  # about 3 s up to an hour and a half


def _database_was_away(error: BaseException) -> bool:
    """It went away, or was not back yet: no answer of its own says so."""
    return isinstance(error, OperationalError) and (error.connection_invalidated or not db.sqlstate(error))
