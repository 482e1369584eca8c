"""The steps of a start, each told with its seconds."""

import sys
from functools import partial
from pathlib import Path
from socket import socket

from storefront.config import Settings, child_environment
from storefront.demo import mark
from storefront.embedded import place, postgres, valkey
from storefront.embedded.child import Child
from storefront.embedded.trouble import Trouble
from storefront.up import door, family, say, secret
from storefront.up.family import Family

ROOT = Path(__file__).resolve().parents[2]


def everything(settings: Settings, var: Path, listening: socket, members: Family) -> None:
    """Servers, migrations, the first catalog, web and worker. Raises Trouble."""
    told = {"STOREFRONT_VAR": str(var)} | secret.environment(settings, var)
    told |= _servers(settings, var, members)
    environment = child_environment(**told)
    with say.step("migrations"):
        _run_once("migrate", var, environment)
    if not settings.production and not mark.is_settled(var):
        with say.step("first catalog"):
            _run_once("demo", var, environment)
    with say.step(f"web ({settings.web_workers} processes) and worker"):
        web = members.add(partial(_web, var, listening.fileno(), environment))
        members.add(partial(_worker, var, environment))
        door.wait_for_answer(listening, web)


def _servers(settings: Settings, var: Path, members: Family) -> dict[str, str]:
    """Start the servers the operator did not name; what to tell the children about them."""
    told: dict[str, str] = {}
    ours = place.prepare(var) if not settings.sqlalchemy_url or _wants_valkey(settings) else None
    if ours:
        say.elsewhere(ours)
    if ours and not settings.sqlalchemy_url:
        with say.step("PostgreSQL"):
            second = settings.wal_archive
            more = postgres.archiving(ours, second) if second else None
            members.add(partial(postgres.start, ours, more=more))
        told["DATABASE_URL"] = postgres.address(ours)
    if ours and _wants_valkey(settings):
        with say.step("Valkey"):
            members.add(partial(valkey.start, ours))
        told["REDIS_URL"] = valkey.address(ours)
    return told


def _wants_valkey(settings: Settings) -> bool:
    return settings.redis_enabled and not settings.valkey_url


def _web(var: Path, listening: int, environment: dict[str, str]) -> Child:
    web = family.child("web", var)
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:storefront.server"]
    command = [*gunicorn, "--chdir", str(ROOT), "--bind", f"fd://{listening}", "wsgi:app"]
    web.start(command, env=environment, keep=[listening])
    return web


def _worker(var: Path, environment: dict[str, str]) -> Child:
    worker = family.child("worker", var)
    worker.start(_storefront("worker"), env=environment)
    return worker


def _run_once(name: str, var: Path, environment: dict[str, str]) -> None:
    once = family.child(name, var)
    once.start(_storefront(name), env=environment)
    if once.finish(patience=600) != 0:
        words = (once.said() or ["it gave no reason"])[-1].strip().removeprefix("storefront: ")
        raise Trouble(f"The step `storefront {name}` failed: {words.rstrip('.')}. Its log is {once.log}.")


def _storefront(command: str) -> list[str]:
    return [sys.executable, "-m", "storefront", command]
