"""Forget uploaded catalogs, their reports and their refused rows when they are old."""

from datetime import datetime

from sqlalchemy import delete

from storefront.catalog.uploaded import files
from storefront.catalog.uploaded.models import Upload
from storefront.platform import db


@db.retried
def sweep_uploads(before: datetime) -> int:
    """Remove all that came before a moment; how many they were."""
    with db.transaction() as session:
        gone = session.execute(delete(Upload).where(Upload.at < before).returning(Upload.id)).all()
    files.forget_older(before)
    return len(gone)
