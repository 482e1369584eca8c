"""Look at everything the shop stands on, one line each, and name the remedy for what is not well."""

from collections.abc import Callable, Iterator

from sqlalchemy.exc import OperationalError

from storefront.office.checkups import database, finding, machine, merchant, services
from storefront.office.checkups.symptom import Symptom
from storefront.platform import db

CHECKUPS: dict[str, Callable[[], Symptom]] = {
    "versions": machine.versions,
    "settings": machine.environment,
    "disk": machine.disk,
    "backup": machine.backup,
    "PostgreSQL": services.postgres,
    "transactions": services.idle_transactions,
    "clock": database.moment,
    "migrations": database.migrations,
    "indexes": database.indexes,
    "tables": database.sizes,
    "Valkey": services.valkey,
    "worker": services.worker,
    "mail": services.mail,
    "shop": merchant.facts,
    "tax rates": merchant.tax_rates,
    "catalog": merchant.goods,
    "searches": finding.searches,
}


def examine() -> Iterator[tuple[str, Symptom]]:
    """Each subject and how it is; a look that fails tells that."""
    for subject, look in CHECKUPS.items():
        try:
            yield subject, look()
        except OperationalError:
            yield subject, Symptom("cannot be told without the database", "Mend that first.")
        except Exception as error:  # noqa: BLE001 - whatever is broken, the other lines must be told too
            yield (
                subject,
                Symptom(f"cannot be told ({_first_line(error)})", "Report this: it is a mistake of ours."),
            )
        finally:
            db.release_quietly()


def _first_line(error: Exception) -> str:
    words = str(error).strip() or type(error).__name__
    return words.splitlines()[0]
