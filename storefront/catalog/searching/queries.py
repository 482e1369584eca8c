"""Questions of the merchant about searches."""

from datetime import timedelta

from sqlalchemy import func, select

from storefront.catalog.searching.models import MissedSearch, Synonym
from storefront.platform import clock, db


def missed(days: int, limit: int = 50) -> list[tuple[str, int]]:
    """What was looked for in vain in the last days, most often first."""
    times = func.sum(MissedSearch.times).label("times")
    rows = db.session.execute(
        select(MissedSearch.words, times)
        .where(MissedSearch.day > (clock.now() - timedelta(days=days)).date())
        .group_by(MissedSearch.words)
        .order_by(times.desc(), MissedSearch.words)
        .limit(limit)
    )
    return [(row.words, int(row.times)) for row in rows]


def synonyms() -> list[tuple[str, str]]:
    """All pairs of phrases that mean the same, each once."""
    rows = db.session.execute(select(Synonym.words, Synonym.others).order_by(Synonym.words, Synonym.others))
    return list(dict.fromkeys((min(row), max(row)) for row in (tuple(row) for row in rows)))
