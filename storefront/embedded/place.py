"""Where the servers keep their files, so that whoever runs them can reach them.

Inside the data folder lies `servers`: a folder of its own, or, when root runs the shop below a home
that `nobody` cannot enter, a link to a folder in /var/lib/storefront. No parent of anybody is opened.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from storefront.embedded import programs
from storefront.embedded.account import Account
from storefront.embedded.trouble import Trouble

SOCKET_PATH_LIMIT = 103  # bytes: what macOS allows; Linux allows four more


@dataclass(frozen=True, slots=True)
class Place:
    """The data folder, the servers' part of it, and whom they run as."""

    var: Path
    servers: Path
    account: Account

    @property
    def sockets(self) -> Path:
        return self.servers / "sockets"

    @property
    def environment(self) -> dict[str, str]:
        """What the servers see of our environment: nothing that could change how they behave."""
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def data_folder(var: Path) -> Path:
    """The data folder, made if it is not there yet. Raises Trouble when it cannot be used."""
    var = var.absolute()
    try:
        for folder in (var, var / "run", var / "log"):
            folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        (var / "run" / ".writable").touch()
    except OSError as error:
        raise Trouble(
            f"The data folder {var} cannot be used ({error.strerror}):"
            " give it to the user who runs the shop, or set STOREFRONT_VAR to another folder."
        ) from None
    return var


def prepare(var: Path) -> Place:
    """The place below a data folder, ready for the servers. Raises Trouble when it cannot be."""
    home = data_folder(var) / "servers"
    account = Account.for_folder(home)
    try:
        if not home.exists():
            _make(home, account)
    except OSError as error:
        raise Trouble(
            f"The servers' folder cannot be made ({error.strerror}: {error.filename}):"
            " set STOREFRONT_VAR to a folder that every user may enter."
        ) from None
    place = Place(var.absolute(), home.resolve(), account)
    if not account.may("-x", place.servers):
        raise Trouble(
            f"{account.name}, whom the servers run as, cannot enter {place.servers}:"
            " run the shop as the folder's owner, or set STOREFRONT_VAR to another folder."
        )
    _refuse_long_paths(place)
    account.own(place.sockets)
    return place


def _make(home: Path, account: Account) -> None:
    if account.is_us or account.may("-x", home.parent):
        account.own(home)
        return
    programs.SHARED.mkdir(mode=0o755, parents=True, exist_ok=True)
    elsewhere = account.own(programs.SHARED / secrets.token_hex(4))
    if home.is_symlink():  # It led to a folder that is gone, and its data with it.
        home.unlink()
    home.symlink_to(elsewhere)


def _refuse_long_paths(place: Place) -> None:
    longest = len(os.fsencode(place.sockets / ".s.PGSQL.5432"))
    if longest > SOCKET_PATH_LIMIT:
        raise Trouble(
            f"The path {place.sockets} is too long for a socket ({longest} of {SOCKET_PATH_LIMIT} bytes):"
            " set STOREFRONT_VAR to a folder with a shorter path."
        )
