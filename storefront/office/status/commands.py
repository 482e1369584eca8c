"""`storefront status`."""

from collections.abc import Callable, Iterator

import click


@click.command()
def status() -> None:
    """How the shop does right now, on one screen; what asks for somebody is marked."""
    from sqlalchemy.exc import SQLAlchemyError

    from storefront.platform import db

    for title, tell in SUBJECTS.items():
        try:
            lines = list(tell())
        except SQLAlchemyError:
            lines = [(False, "cannot be told without the database")]
        finally:
            db.release_quietly()
        for number, (well, line) in enumerate(lines):
            mark = " " if well else click.style("!", fg="red", bold=True)
            click.echo(f"{mark} {title if number == 0 else '':11} {line}")


Line = tuple[bool, str]
"""Whether it is well, and what is told."""


def _orders() -> Iterator[Line]:
    from storefront.office import rhythm
    from storefront.platform import clock
    from storefront.shop import queries as shop_queries

    found = rhythm.read()
    usual = "nothing to compare with yet" if found.usual is None else f"usually {found.usual:.1f}"
    last = "never" if found.since_last is None else f"{_ago(found.since_last)} ago"
    late = bool(found.usual_gap and (found.since_last or 0) > max(900, 3 * found.usual_gap))
    yield not late, f"{found.last_hour} in the last hour ({usual}), the last one {last}"
    if shop_queries.read().is_closed(clock.now()):
        yield False, "none are taken: the shop is closed on purpose (storefront open)"


def _errors() -> Iterator[Line]:
    from storefront.platform import noticed

    errors = noticed.errors()
    if errors is None:
        yield False, "cannot be told without Valkey"
        return
    told = ", ".join(f"{number} {route}" for route, number in errors)
    yield (
        not errors,
        f"{sum(number for _route, number in errors)} in the last two hours" + (f": {told}" if told else ""),
    )


def _refused() -> Iterator[Line]:
    from storefront.platform import noticed

    refused = noticed.refused()
    told = ", ".join(f"{address} ({number})" for address, number in refused or [])
    yield True, told or "nobody was too fast in the last two hours"


def _running() -> Iterator[Line]:
    from storefront.office.status import questions

    found = questions.running()
    for one in found:
        waits = f", waits for {one.by}" if one.by else (f", waits: {one.waits}" if one.waits else "")
        yield False, f"{one.seconds:.1f} s, request {one.who}, pid {one.pid}{waits}: {one.said}"
    if not found:
        yield True, "nothing takes longer than a second or waits for a lock"


def _slowest() -> Iterator[Line]:
    from storefront.office.status import questions

    found = questions.slowest()
    if found is None:
        yield True, "CREATE EXTENSION pg_stat_statements, to see them"
    for one in found or []:
        yield True, f"{one.ms:8.1f} ms × {one.calls:<7} {one.said}"


def _jobs() -> Iterator[Line]:
    from storefront.office.status import questions

    oldest, failed = questions.oldest_job(), questions.failed_jobs()
    told = "none is due"
    if oldest:
        asked = f", asked for by request {oldest.who}" if oldest.who else ""
        begun = " and is being done" if oldest.begun else ""
        told = f"the oldest, {oldest.name}, is due since {_ago(oldest.seconds)}{begun}{asked}"
    yield not failed and not (oldest and oldest.late), f"{told}; {failed} failed"


def _backup() -> Iterator[Line]:
    from storefront.office.checkups import machine

    symptom = machine.backup()
    yield symptom.remedy is None, symptom.says


def _ago(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


SUBJECTS: dict[str, Callable[[], Iterator[Line]]] = {
    "Orders": _orders,
    "Errors": _errors,
    "Right now": _running,
    "Slowest": _slowest,
    "Jobs": _jobs,
    "Backup": _backup,
    "Too fast": _refused,
}
