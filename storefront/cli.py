"""The `storefront` command: a table of its parts, each imported only when it is asked for."""

import getpass
import sys
from collections.abc import Callable
from copy import copy
from functools import wraps
from importlib import import_module
from typing import Any, NoReturn

import click

from storefront.config import BadSetting, Settings
from storefront.embedded.trouble import Trouble

# The name people type → module:attribute of a click command below `storefront`.
COMMANDS = {
    "up": "up.commands:up",
    "stop": "up.commands:stop",
    "worker": "platform.commands:worker",
    "migrate": "office.migrate:migrate",
    "check-migrations": "platform.commands:check_migrations",
    "import": "catalog.commands:import_catalog",
    "export": "catalog.commands:export_catalog",
    "pictures": "catalog.commands:pictures",
    "demo": "demo.commands:demo",
    "reindex": "catalog.searching.commands:reindex",
    "searches": "catalog.searching.commands:searches",
    "synonyms": "catalog.searching.commands:synonyms",
    "shop": "office.shop_facts:shop",
    "close": "shop.commands:close_command",
    "open": "shop.commands:open_command",
    "taxes": "taxes.commands:taxes",
    "page": "shop.commands:page",
    "logo": "shop.commands:logo",
    "colours": "catalog.commands:colours",
    "orders": "checkout.commands:orders",
    "order": "checkout.commands:order",
    "create-staff": "accounts.commands:create_staff",
    "staff": "accounts.commands:staff",
    "openapi": "platform.json_api.commands:openapi",
    "create-key": "platform.keys.commands:create_key",
    "keys": "platform.keys.commands:keys",
    "revoke-key": "platform.keys.commands:revoke_key",
    "verify": "office.commands:verify",
    "cache": "platform.commands:kept_pages",
    "doctor": "office.commands:doctor",
    "backup": "office.backups.commands:backup",
    "restore": "office.backups.commands:restore",
    "drill": "office.backups.commands:drill",
    "base-backup": "office.backups.commands:base_backup",
    "restore-to": "office.backups.commands:restore_to",
    "status": "office.status.commands:status",
    "upgrade": "office.backups.commands:upgrade",
}
OUTSIDE = {
    "up",
    "stop",
    "restore-to",
}  # These run around the shop; all others run inside an application context.


class Table(click.Group):
    """A group whose commands live where their subject lives."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"storefront.{module}"), attribute)
        return command if cmd_name in OUTSIDE else _inside_the_shop(command)


@click.group(cls=Table, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="storefront")
def storefront() -> None:
    """A web shop that never sells what it does not have."""


def main() -> None:
    """Run a command; whatever keeps it from running is told in one sentence."""
    try:
        storefront(prog_name="storefront")
    except (BadSetting, Trouble) as trouble:
        _give_up(str(trouble))
    except PermissionError as error:
        _give_up(f"{error.filename} belongs to another user: be that user, or give it to the one you are.")


def _give_up(sentence: str) -> NoReturn:
    click.echo(f"storefront: {sentence}", err=True)
    sys.exit(1)


def _inside_the_shop(command: click.Command) -> click.Command:
    """A copy of the command, whose body runs inside an application context; `--help` does without."""
    command = copy(command)
    if isinstance(command, click.Group):
        command.commands = {name: _inside_the_shop(part) for name, part in command.commands.items()}
    elif command.callback is not None:
        command.callback = _with_application(command.callback)
    return command


def _with_application(body: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(body)
    def run(*args: Any, **kwargs: Any) -> Any:
        from sqlalchemy.exc import ArgumentError, OperationalError

        from storefront import create_app
        from storefront.platform import acting
        from storefront.platform.errors import Refusal

        try:
            with (
                create_app(_settings()).app_context(),
                acting.acting_as(acting.Actor("cli", getpass.getuser()), acting.new_id()),
            ):
                return body(*args, **kwargs)
        except (ArgumentError, OperationalError) as error:
            words = str(getattr(error, "orig", None) or error).strip().splitlines()
            raise Trouble(f"The database cannot be used ({words[0]}): check DATABASE_URL.") from error
        except Refusal as refusal:
            raise Trouble(refusal.message()) from refusal

    return run


def _settings() -> Settings:
    """The settings; where they name no servers, those of the shop that runs from the data folder."""
    from storefront.config import child_environment
    from storefront.embedded import running
    from storefront.up import secret

    settings = Settings.load()
    if settings.sqlalchemy_url:
        return settings
    found = running.addresses(settings.storefront_var)
    return Settings.load(child_environment(**found, **secret.known(settings)))
