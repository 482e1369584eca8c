"""How the database is kept: migrations, indexes, sizes, and whether it knows what time it is."""

from datetime import datetime

from sqlalchemy import text

from storefront.office.checkups.symptom import Symptom
from storefront.platform import clock, db
from storefront.platform import migrations as steps

DRIFT = 2.0  # seconds between two clocks that agree

# A foreign key without an index makes every delete or key change above it read the whole table. One that
# passes over rows without a key serves as well, because nobody looks for those.
_UNINDEXED = text("""
    SELECT conrelid::regclass || '.' || conname
    FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace
      AND conrelid::regclass::text NOT LIKE 'procrastinate_%'  -- the job queue knows its own needs
      AND NOT EXISTS (
        SELECT FROM pg_index
        WHERE indrelid = conrelid AND indisvalid
          AND (indpred IS NULL OR cardinality(conkey) = 1 AND pg_get_expr(indpred, indrelid) =
               '(' || (SELECT quote_ident(attname) FROM pg_attribute
                       WHERE attrelid = conrelid AND attnum = conkey[1]) || ' IS NOT NULL)')
          AND (indkey::int2[])[0 : cardinality(conkey) - 1] @> conkey
      )
    ORDER BY 1
""")
_INVALID = text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1")
_LARGEST = text("""
    SELECT relname AS name, pg_size_pretty(pg_total_relation_size(relid)) AS size,
        n_dead_tup > 10000 AND n_dead_tup > n_live_tup AS worn
    FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC, relname
""")


def migrations() -> Symptom:
    """Whether the tables are those of this version."""
    missing = steps.pending()
    if missing:
        return Symptom(f"{len(missing)} missing: {', '.join(missing)}", "Run: storefront migrate.")
    return Symptom("none missing")


def indexes() -> Symptom:
    """Whether every foreign key has an index, and every index works."""
    with db.engine().connect() as connection:
        unindexed = list(connection.scalars(_UNINDEXED))
        invalid = list(connection.scalars(_INVALID))
    if unindexed:
        return Symptom(f"none for {', '.join(unindexed)}", "Add one for each: CREATE INDEX CONCURRENTLY.")
    if invalid:
        return Symptom(f"invalid: {', '.join(invalid)}", "Build each again: REINDEX INDEX CONCURRENTLY.")
    return Symptom("every foreign key has one")


def sizes() -> Symptom:
    """The largest tables, and those that autovacuum does not keep up with."""
    with db.engine().connect() as connection:
        tables = connection.execute(_LARGEST).all()
    worn = [table.name for table in tables if table.worn]
    says = ", ".join(f"{table.name} {table.size}" for table in tables[:4]) or "no tables"
    return Symptom(says, f"Run: VACUUM ANALYZE {', '.join(worn)}." if worn else None)


def moment() -> Symptom:
    """Whether the database's clock and ours agree."""
    with db.engine().connect() as connection:
        before = clock.now()
        theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        after = clock.now()
    drift = (theirs - (before + (after - before) / 2)).total_seconds()
    wrong = abs(drift) > DRIFT
    return Symptom(f"the database is {drift:+.2f} s off", "Run NTP on both machines." if wrong else None)
