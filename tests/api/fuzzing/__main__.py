"""Fuzz the API of a shop of its own: `python -m tests.api.fuzzing --as guest|customer|SCOPE|all`.

Prints, for each operation, how often it answered with what, and fails when Schemathesis found anything or
when an operation that this caller may do never once succeeded.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from storefront.platform import ROOT
from storefront.platform.json_api.operations import Operation, operation_of, scopes
from storefront.platform.keys import actions
from tests.bench.shop import BenchShop, opened
from tests.characters import ada
from tests.people import PASSWORD, an_account
from tests.programs import a_token
from tests.serving import UNMEASURED, LiveServer, served

HERE = Path(__file__).parent
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
PHASES = "examples,coverage,fuzzing,stateful"
HOOKS = {"SCHEMATHESIS_HOOKS": "tests.api.fuzzing.hooks", "PYTHONPATH": str(ROOT)}


@click.command()
@click.option("--as", "who", multiple=True, help="guest, customer, a scope, or all; each in turn.")
@click.option("--examples", default=100, show_default=True, help="For each operation.")
@click.option("--phases", default=PHASES, show_default=True)
@click.option("--operation", "only", multiple=True, help="Only these; all, if nothing is said.")
@click.option("--mine", is_flag=True, help="Only what is open to this caller.")
@click.option("--seed", default=1, show_default=True)
def main(
    who: tuple[str, ...], examples: int, phases: str, only: tuple[str, ...], mine: bool, seed: int
) -> None:
    """Run Schemathesis for each caller, one after the other."""
    words = ["--max-examples", str(examples), "--seed", str(seed)]
    failed = []
    with _a_shop() as (shop, server):
        with shop.app.app_context():
            known = scopes(shop.app)
        everybody = ["guest", "customer", *known]
        for name in everybody if "all" in who else who or ["guest"]:
            if name not in everybody:
                raise click.BadParameter(f"one of {', '.join(everybody)}, or all")
            caller = _caller(shop, name, known, only, mine=mine)
            # Without a link there is nothing to follow, which Schemathesis calls an error.
            led = phases if caller.leads else phases.replace(",stateful", "")
            if not _fuzz(shop, server, caller, [*words, "--phases", led]):
                failed.append(name)
    if failed:
        raise SystemExit(f"Not clean: {', '.join(failed)}")


@contextmanager
def _a_shop() -> Iterator[tuple[BenchShop, LiveServer]]:
    with opened() as shop:
        unlimited = {"RATE_LIMIT_ENABLED": "0", "WEB_WORKERS": "2"}
        with served(shop.settings, shop.folder / "web.log", **unlimited, **UNMEASURED) as server:
            yield shop, server


@dataclass(frozen=True)
class Caller:
    """Somebody who calls, what they show, and what they try."""

    name: str
    shown: str | None
    rows_key: str
    customer: int
    may: tuple[str, ...]
    tries: tuple[str, ...]
    leads: bool
    """Whether one of these leads to another, so that there is something to follow."""


def _caller(shop: BenchShop, name: str, known: list[str], only: tuple[str, ...], *, mine: bool) -> Caller:
    """Make what they show; the customer is always the same Ada."""
    operations = [one for view in shop.app.view_functions.values() if (one := operation_of(view))]
    may = tuple(one.name for one in operations if _may(one, name))
    opened_by = tuple(one.name for one in operations if name in (one.scope, one.more))
    tries = only or (opened_by or may if mine else tuple(one.name for one in operations))
    with shop.app.app_context():
        customer = an_account(ada).id
        rows_key = actions.create_key(f"rows for {name}", known, known).shown
        match name:
            case "guest":
                shown = None
            case "customer":
                shown = a_token(customer)
            case _:
                shown = actions.create_key(f"only {name}", [name], known).shown
    linked = {one.name: set(one.links or ()) for one in operations}
    leads = any(linked[here] & {*tries} for here in tries)
    return Caller(name, shown, rows_key, customer, may, tries, leads)


def _may(one: Operation, caller: str) -> bool:
    if one.name == "log_out":
        return caller == "customer"
    return one.scope is None or one.scope == caller or (caller == "customer" and one.customers)


def _fuzz(shop: BenchShop, server: LiveServer, caller: Caller, words: list[str]) -> bool:
    """Whether nothing was found, the server's log is clean and all that may be done was done."""
    report = shop.folder / "answers.json"
    report.unlink(missing_ok=True)
    told = asdict(caller) | {
        "api": f"{server.url}/api/v1",
        "credentials": {"email": ada.email, "password": PASSWORD},
        "report": str(report),
    }
    before = len(server.said())
    click.echo(f"\n===== as {caller.name} =====")
    done = subprocess.run(
        [
            *(SCHEMATHESIS, "--config-file", HERE / "schemathesis.toml"),
            *("run", f"{server.url}/api/v1/openapi.json", "--checks", "all", "--mode", "all"),
            *("--continue-on-failure", "--no-color", "--generation-database", "none", *words),
            *(word for name in caller.tries for word in ("--include-operation-id", name)),
        ],
        env=os.environ | HOOKS | {"FUZZING": json.dumps(told)},
        cwd=shop.folder,
        check=False,
    )
    said = server.said()[before:]
    if "Traceback" in said:
        click.echo(said[said.index("Traceback") :][:8000])
    answers = json.loads(report.read_text()) if report.exists() else {}
    return _all_done(caller, answers) and "Traceback" not in said and done.returncode == 0


def _all_done(caller: Caller, answers: dict[str, dict[str, int]]) -> bool:
    """Print what was answered; whether everything that this caller may do was done at least once."""
    never = []
    for name in caller.tries:
        found = answers.get(name, {})
        counts = "  ".join(f"{status}: {times}" for status, times in sorted(found.items()))
        click.echo(f"{name:24} {sum(found.values()):5}  {counts}")
        if name in caller.may and not any(status.startswith("2") for status in found):
            never.append(name)
    if never:
        click.echo(f"Never seen to succeed: {', '.join(never)}")
    return not never


if __name__ == "__main__":
    main()
