"""Changes about searching: what was missed, and which words mean the same."""

from datetime import datetime
from itertools import permutations
from zoneinfo import ZoneInfo

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from storefront.catalog.searching.models import MissedSearch, Synonym
from storefront.platform import audit, db
from storefront.shop.queries import facts

MAX_KEPT = 100  # characters of one


@db.retried
def count_missed(words: str) -> None:
    """Remember that somebody looked for this in vain."""
    zone = ZoneInfo(facts().time_zone)
    with db.transaction() as session:
        today = db.inside().now.astimezone(zone).date()
        put = insert(MissedSearch).values(words=" ".join(words.lower().split())[:MAX_KEPT], day=today)
        session.execute(
            put.on_conflict_do_update(
                index_elements=[MissedSearch.words, MissedSearch.day], set_={"times": MissedSearch.times + 1}
            )
        )


def forget_missed(before: datetime) -> int:
    """Forget what was missed before that day; how many words it was."""
    with db.transaction() as session:
        old = delete(MissedSearch).where(MissedSearch.day < before.date()).returning(MissedSearch.day)
        return len(session.execute(old).all())


@db.retried
def say_the_same(*phrases: str) -> None:
    """From now on, whoever looks for one of these finds the others, too."""
    pairs = permutations(dict.fromkeys(" ".join(phrase.lower().split()) for phrase in phrases), 2)
    rows = [{"words": words, "others": others} for words, others in pairs if words and others]
    if rows:
        with db.transaction() as session:
            session.execute(insert(Synonym).on_conflict_do_nothing(), rows)
            audit.note("synonyms", rows[0]["words"], None, {"same": sorted({row["words"] for row in rows})})
            db.inside().tag("catalog")


@db.retried
def forget_synonym(words: str, others: str) -> bool:
    """Let two phrases mean two things again, in both directions; False when they did."""
    with db.transaction() as session:
        gone = session.execute(
            delete(Synonym)
            .where(Synonym.words.in_((words, others)), Synonym.others.in_((words, others)))
            .returning(Synonym.words)
        ).all()
        if gone:
            audit.note("synonyms", words, {"same": sorted((words, others))}, None)
        db.inside().tag("catalog")
        return bool(gone)
