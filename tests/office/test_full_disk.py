"""A disk that is full: changes are politely refused, pages stay, and nothing that was told is lost."""

import errno
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from storefront import create_app
from storefront.catalog.models import Product
from storefront.config import Settings
from storefront.embedded import place as places
from storefront.embedded import postgres
from storefront.embedded.child import Child
from storefront.office import verify
from storefront.orders.models import Order
from storefront.platform import db, migrations
from storefront.platform.limits import limiter
from tests.characters import a_kettle, open_shop
from tests.inspecting import Answer, InspectingClient
from tests.till import buy, put

pytestmark = pytest.mark.processes
DISK = "220m"


@contextmanager
def a_small_disk(place: Path) -> Iterator[Path]:
    """A file system of its own; only root may make one."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0755", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("NOT SEEN: a small disk can only be made by root, where mounting is allowed")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def disk(var: Path) -> Iterator[Path]:
    with a_small_disk(var / "disk") as place:
        yield place


@pytest.fixture
def shop(disk: Path, valkey_url: str) -> Iterator[Flask]:
    """A shop whose PostgreSQL has that disk for itself."""
    where = places.prepare(disk)
    server = start(disk)
    settings = Settings(
        storefront_env="test",
        storefront_var=disk,
        database_url=postgres.address(where),
        redis_url=valkey_url,
        rate_limit_enabled=False,
    )
    counting = vars(limiter).copy()  # It counts for all applications where the last one told it to.
    app = create_app(settings)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        migrations.upgrade()
        open_shop()
        yield app
        db.release_quietly()
        db.engine().dispose()
    vars(limiter).update(counting)
    server.stop()
    postgres.child(where).stop()


def start(disk: Path) -> Child:
    more = postgres.THROW_AWAY | {"max_wal_size": "48MB", "min_wal_size": "32MB", "shared_buffers": "16MB"}
    return postgres.start(places.prepare(disk), more=more)


def fill(disk: Path) -> Path:
    """Not one byte is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (2**20, 2**12, 1):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
    assert shutil.disk_usage(disk).free == 0
    return ballast


@pytest.mark.timeout(240)
def test_changes_are_refused_pages_stay_and_nothing_is_lost(shop: Flask, disk: Path) -> None:
    client = InspectingClient(shop, Answer)
    kettle = a_kettle(1000, title="Kettle")
    slug = db.session.scalars(select(Product.slug).where(Product.id == kettle.product_id)).one()
    db.release()
    told = {sold(client, kettle.sku, kettle)}
    pages = ("/", "/products", f"/products/{slug}")
    for page in pages:
        assert client.get(page).status_code == 200
    ballast = fill(disk)
    answers = full_until_refused(client, kettle.sku)
    assert answers[-1] == 503
    assert set(answers) <= {303, 503}
    for page in pages:
        assert client.get(page).status_code == 200
    ballast.unlink()
    revive(disk)
    told.add(soon(lambda: sold(client, kettle.sku, kettle)))
    db.release_quietly()
    with verify.snapshot() as connection:
        assert not [found for found in verify.examine(connection) if found.violations]
    assert told <= set(db.session.scalars(select(Order.token)))


def sold(client: InspectingClient, sku: str, kettle: object) -> str:
    """Buy one; the order's token."""
    put(client, kettle, 1)  # type: ignore[arg-type]  # A variant.
    answer = buy(client, client.see("/checkout"))
    assert answer.status_code == 303, answer.status_code
    return str(answer.headers["Location"]).rpartition("/")[2]


def full_until_refused(client: InspectingClient, sku: str) -> list[int]:
    """Everybody puts kettles into carts of their own."""
    answers = []
    for _ in range(20_000):
        client.delete_cookie("sf_cart")
        answers.append(client.post("/cart/lines", data={"variant": sku, "quantity": "1"}).status_code)
        if answers[-1] != 303:
            break
    return answers


def revive(disk: Path) -> None:
    """Where PostgreSQL gave up itself, somebody starts it again, as `storefront up` and containers do."""
    if not postgres.child(places.prepare(disk)).running():
        start(disk)


def soon(does: Callable[[], str], seconds: float = 30) -> str:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return does()
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_a_file_that_cannot_be_written_is_as_polite(another_app: Callable[..., Flask], number: int) -> None:
    app = another_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.post("/write")
    def write() -> str:
        raise OSError(number, os.strerror(number))

    answer = InspectingClient(app, Answer).post("/write")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
