"""How often orders usually come at this hour of this day of the week, from the last four weeks."""

from dataclasses import dataclass

from sqlalchemy import text

from storefront.platform import db

_RHYTHM = text("""
    WITH weeks AS (
        SELECT now() - week * interval '7 days' AS middle FROM generate_series(1, 4) AS week
        WHERE now() - week * interval '7 days' > (SELECT min(placed_at) FROM orders)
    )
    SELECT (SELECT count(*) FROM orders WHERE placed_at > now() - interval '1 hour') AS last_hour,
        extract(epoch FROM now() - (SELECT max(placed_at) FROM orders)) AS since_last,
        count(orders.id) / nullif(3.0 * (SELECT count(*) FROM weeks), 0) AS usual
    FROM weeks
    LEFT JOIN orders ON placed_at >= middle - interval '90 minutes'
        AND placed_at < middle + interval '90 minutes'
""")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Orders of the last hour, and how many an hour like this one usually has (None in a young shop)."""

    last_hour: int
    since_last: float | None
    usual: float | None

    @property
    def usual_gap(self) -> float | None:
        """Seconds between two orders."""
        return 3600 / self.usual if self.usual else None


def read() -> Rhythm:
    """As it is now."""
    row = db.session.execute(_RHYTHM).one()
    since = None if row.since_last is None else float(row.since_last)
    return Rhythm(row.last_hour, since, None if row.usual is None else float(row.usual))
