"""PostgreSQL's own programs for backups: those of the embedded server, else the machine's."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from storefront.config import child_environment
from storefront.embedded import programs
from storefront.embedded.account import Account
from storefront.embedded.trouble import Trouble


def run(program: str, address: str, *arguments: str | Path) -> None:
    """Run one against a database; its password goes by the environment, where no list of processes shows it.

    Raises Trouble with the program's own words.
    """
    password = conninfo_to_dict(address).get("password")
    secret = {"PGPASSWORD": str(password)} if password else {}
    place = make_conninfo(address, password=None)
    command: Sequence[str | Path] = [_found(program), f"--dbname={place}", *arguments]
    done = subprocess.run(
        command, env=child_environment(**secret), capture_output=True, text=True, check=False, cwd="/"
    )
    if done.returncode != 0:
        words = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise Trouble(f"{program} failed: {words}")


def _found(program: str) -> str | Path:
    try:
        return programs.postgres(program, Account(os.geteuid(), os.getegid()))
    except Trouble:
        found = shutil.which(program)
        if found is None:
            raise Trouble(f"There is no {program} here: install PostgreSQL's client programs.") from None
        return found
