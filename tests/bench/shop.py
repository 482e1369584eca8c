"""A shop of its own for a bench: durable PostgreSQL, Valkey and gunicorn, as `make run` starts them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from flask import Flask

from storefront import create_app
from storefront.config import Settings
from storefront.embedded import place, postgres, valkey
from storefront.embedded.child import Child
from storefront.platform import migrations
from tests import characters


@dataclass
class BenchShop:
    """The servers, an application on them in this process, and a connection of a superuser."""

    app: Flask
    settings: Settings
    folder: Path
    postgres: Child
    valkey: Child
    connection: psycopg.Connection


@contextmanager
def opened() -> Iterator[BenchShop]:
    """Start the servers and open a shop with empty shelves; clear everything away at the end."""
    with tempfile.TemporaryDirectory(prefix="sf-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        where = place.prepare(folder)
        database, cache = postgres.start(where), valkey.start(where)
        try:
            settings = Settings(
                storefront_env="test",
                storefront_var=folder,
                database_url=postgres.address(where),
                redis_url=valkey.address(where),
            )
            app = create_app(settings)
            with app.app_context():
                migrations.upgrade()
                characters.open_shop()
            boss = postgres.address(where, role="postgres")
            with psycopg.connect(boss, autocommit=True) as connection:
                yield BenchShop(app, settings, folder, database, cache, connection)
        finally:
            cache.stop()
            database.stop()
