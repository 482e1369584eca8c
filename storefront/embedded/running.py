"""Where the servers of a running shop are, for a command in another terminal."""

from pathlib import Path

from storefront.embedded import postgres, valkey
from storefront.embedded.account import Account
from storefront.embedded.place import Place
from storefront.embedded.trouble import Trouble


def addresses(var: Path) -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of the servers below a data folder. Raises Trouble."""
    servers = var.absolute() / "servers"
    try:
        place = Place(var.absolute(), servers.resolve(), Account.for_folder(servers))
        if not postgres.child(place).running():
            raise Trouble(
                f"No shop runs from {var.absolute()}: start it with `make run` in another terminal,"
                " or set DATABASE_URL to a server of yours."
            )
        found = {"DATABASE_URL": postgres.address(place)}
        return found | ({"REDIS_URL": valkey.address(place)} if valkey.child(place).running() else {})
    except PermissionError:
        raise Trouble(
            f"The shop in {var.absolute()} belongs to another user: run this command as that user or as root."
        ) from None
