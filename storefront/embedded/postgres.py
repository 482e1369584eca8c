"""PostgreSQL: make its data folder, start it, and say plainly what keeps it from starting."""

import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from signal import SIGINT
from urllib.parse import quote

from storefront.embedded import programs
from storefront.embedded.child import Child
from storefront.embedded.patience import pause
from storefront.embedded.place import Place
from storefront.embedded.trouble import Trouble

NAME = "storefront"  # the role and the database of the shop; the superuser is `postgres`
SETUP = f"""\
CREATE ROLE {NAME} LOGIN CREATEDB REPLICATION;
GRANT pg_read_all_stats TO {NAME};
CREATE EXTENSION pg_stat_statements;
CREATE DATABASE {NAME} OWNER {NAME};
"""
MODEST = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",  # Nobody's shop stands on spinning disks any more.
    "jit": "off",  # It plans short statements longer than they run.
    "shared_preload_libraries": "pg_stat_statements",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
ARCHIVING = {
    "archive_mode": "on",
    "archive_library": "basic_archive",
    "archive_timeout": "300",  # seconds that a quiet shop may lose with its disk
}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def child(place: Place) -> Child:
    """PostgreSQL of this place, running or not. Its SIGINT rolls back what is open and stops."""
    return Child("postgres", place.var, SIGINT)


def address(place: Place, database: str = NAME, role: str = NAME) -> str:
    """Where clients find it: a socket that only its own account and root may use."""
    return f"postgresql://{role}@/{database}?host={quote(str(place.sockets), safe='')}"


def start(
    place: Place,
    *,
    connections: int = 50,
    durable: bool = True,
    patience: float = 120,
    more: Mapping[str, str] | None = None,
) -> Child:
    """Start it, with more settings where there are any, making its data folder first. Raises Trouble."""
    server = child(place)
    folder = place.servers / "postgres"
    if not folder.exists():
        _create(place, folder, durable=durable)
    _refuse_foreign(folder)
    settings = (
        MODEST | {"max_connections": str(connections)} | ({} if durable else THROW_AWAY) | dict(more or {})
    )
    settings["unix_socket_directories"] = '"{}"'.format(str(place.sockets).replace('"', '""'))
    command: list[str | Path] = [programs.postgres("postgres", place.account), "-D", folder]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with server.or_stopped():
        _launch(server, place, command)
        while not _ready(server, folder, patience) and _number_was_reused(server, folder):
            _launch(server, place, command)
        if server.ended() is not None:
            raise Trouble(_why(server, folder))
    return server


def archiving(place: Place, archive: Path) -> dict[str, str]:
    """The settings with which it hands each piece of its log to a second place. Raises Trouble."""
    folder = archive.absolute() / "wal"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        place.account.own(folder)
    except OSError as error:
        raise Trouble(f"WAL_ARCHIVE={archive} cannot be used ({error.strerror}).") from None
    if not place.account.may("-w", folder):
        raise Trouble(
            f"{place.account.name}, whom PostgreSQL runs as, cannot write to WAL_ARCHIVE={archive}."
        )
    return ARCHIVING | {"basic_archive.archive_directory": str(folder)}


def _create(place: Place, folder: Path, *, durable: bool) -> None:
    """Make the data folder beside its place and move it there whole, so that a kill leaves no half."""
    for left in folder.parent.glob("postgres.new.*"):
        shutil.rmtree(left, ignore_errors=True)
    building = place.account.own(folder.with_name(f"postgres.new.{secrets.token_hex(4)}"))
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
    options += ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST", "--locale=C"]
    _run(place, [programs.postgres("initdb", place.account), "-D", building, "--no-sync", *options])
    single: list[str | Path] = [programs.postgres("postgres", place.account), "--single", "-D", building]
    preload = ["-c", "shared_preload_libraries=pg_stat_statements"]
    _run(place, [*single, *preload, "-c", "exit_on_error=on", "template1"], says=SETUP)
    if durable:
        _run(place, [programs.postgres("initdb", place.account), "--sync-only", "-D", building])
    building.rename(folder)


def _run(place: Place, command: list[str | Path], says: str = "") -> None:
    done = subprocess.run(
        command,
        input=says.encode(),
        env=place.environment,
        cwd=place.servers,
        capture_output=True,
        check=False,
        start_new_session=True,  # Ctrl-C is for us; we call it off between two steps.
        **place.account.as_arguments(),
    )
    if done.returncode != 0:
        words = _words(done.stderr.decode(errors="replace").splitlines())
        raise Trouble(f"PostgreSQL cannot make its data folder in {place.servers}: {words}.")
    pause(0)


def _launch(server: Child, place: Place, command: list[str | Path]) -> None:
    server.start(command, env=place.environment, account=place.account, cwd=place.servers)


def _refuse_foreign(folder: Path) -> None:
    try:
        major = (folder / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise Trouble(
            f"{folder} is no PostgreSQL data folder any more (PG_VERSION is missing):"
            " put a backup in its place, or move it away to begin anew."
        ) from None
    if major != programs.postgres_major():
        raise Trouble(
            f"{folder} was written by PostgreSQL {major}, and this shop brings {programs.postgres_major()}:"
            f" dump it with {major} and restore it, or set STOREFRONT_VAR to a new folder."
        )


def _ready(server: Child, folder: Path, patience: float) -> bool:
    """Wait until it takes connections; it says so in the eighth line of postmaster.pid."""
    deadline = time.monotonic() + patience
    while server.ended() is None:
        lines = _pid_file(folder)
        if len(lines) > 7 and lines[0] == str(server.pid) and lines[7].strip() == "ready":
            return True
        if time.monotonic() >= deadline:
            raise Trouble(f"PostgreSQL did not become ready within {patience:.0f} s: see {server.log}.")
        pause()
    return False


def _pid_file(folder: Path) -> list[str]:
    try:
        return (folder / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _number_was_reused(server: Child, folder: Path) -> bool:
    """Whether it refused to start only because a stranger now bears a former process number of its own."""
    for line in server.said()[-3:]:
        if found := re.search(r'lock file "(.+)" already exists', line):
            left = folder / found.group(1)  # postmaster.pid, or the lock beside the socket
            if b"postgres" in _command_of(left.read_text().split()[0]):
                return False
            left.unlink()
            return True
    return False


def _command_of(pid: str) -> bytes:
    linux = Path("/proc", pid, "cmdline")
    if linux.exists():
        return linux.read_bytes()
    return subprocess.run(["/bin/ps", "-o", "command=", "-p", pid], capture_output=True, check=False).stdout


def _why(server: Child, folder: Path) -> str:
    return (
        f"PostgreSQL does not start from {folder}: {_words(server.said())}. Its log is {server.log};"
        " put a backup in the folder's place, or set STOREFRONT_VAR to a new one."
    )


def _words(said: list[str]) -> str:
    """PostgreSQL's own reason among what it said, without its date and full stop."""
    reasons = [line for line in said if re.search(r"\b(FATAL|PANIC|ERROR|error):|^(postgres|initdb):", line)]
    if not reasons:
        return "it gave no reason"
    return re.sub(r"^.*?(FATAL|PANIC|ERROR|error|postgres|initdb):\s+", "", reasons[-1]).rstrip(".")
