"""`storefront up` as an operator meets it: real processes, killed, started again, side by side."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from storefront.config import child_environment
from storefront.demo import mark
from storefront.embedded import place, postgres
from storefront.up import family
from tests import leftovers

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]

PATIENCE = 150  # seconds, on a busy machine


class Shop:
    """One `storefront up`, what it said, and its family."""

    def __init__(self, var: Path, **environment: str) -> None:
        self.var = var
        told = {"STOREFRONT_VAR": str(var), "PORT": "0", "HOST": "127.0.0.1"} | environment
        self.said_to = var.with_name(f"{var.name}-said.{time.monotonic_ns()}")
        with self.said_to.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "storefront", "up"],
                env=child_environment(**told),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.said_to.read_text()

    def until(self, holds: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def opened(self) -> "Shop":
        self.until(lambda: "Ctrl-C stops it" in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()
        return self

    def answers(self) -> bool:
        host, port = self.said().rpartition("http://")[2].split()[0].split(":")
        line = http.client.HTTPConnection(host, int(port), timeout=10)
        try:
            line.request("GET", "/livez")
            return line.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            line.close()

    def pid(self, name: str) -> int:
        pid = family.child(name, self.var).pid
        assert pid is not None
        return pid

    def revived(self, name: str, killed: int) -> None:
        """Wait until a killed member of the family is back and shoppers are served."""
        told = f"{name} ended (killed by SIGKILL); starting it again."
        self.until(lambda: told in self.said())
        self.until(lambda: family.child(name, self.var).pid not in (None, killed) and self.answers())

    def living(self) -> list[str]:
        return [name for name in family.STOPPED if family.child(name, self.var).running()]

    def ends(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@pytest.fixture
def opening(var: Path) -> Iterator[Callable[..., Shop]]:
    """Start shops; those a test leaves running are stopped."""
    shops: list[Shop] = []

    def start(folder: Path = var, *, with_goods: bool = False, **environment: str) -> Shop:
        if not with_goods:
            mark.settle(folder)
        shops.append(Shop(folder, **environment))
        return shops[-1]

    yield start
    for shop in shops:
        if shop.process.poll() is None:
            shop.ends()
        leftovers.clear(shop.var)


def database(var: Path) -> str:
    return postgres.address(place.prepare(var))


def takes_connections(address: str) -> bool:
    try:
        psycopg.connect(address).close()
    except psycopg.OperationalError:  # It still reads what the killed one had written.
        return False
    return True


def test_one_command_opens_the_shop_and_ctrl_c_leaves_no_orphan(opening: Callable[..., Shop]) -> None:
    shop = opening(with_goods=True).opened()
    assert shop.answers()
    assert shop.living() == ["worker", "web", "valkey", "postgres"]
    for step in ("PostgreSQL", "Valkey", "migrations", "first catalog", "web (2 processes) and worker"):
        assert f"  {step} ." in shop.said()

    second = opening()
    assert second.process.wait(PATIENCE) == 1
    assert f"runs from {shop.var} already (process {shop.process.pid})" in second.said()

    verify = [sys.executable, "-m", "storefront", "verify"]  # as in another terminal
    environment = child_environment(STOREFRONT_VAR=str(shop.var))
    assert subprocess.run(verify, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0

    assert shop.answers()
    assert shop.ends(signal.SIGINT) == 0

    assert shop.living() == []
    assert shop.said().endswith("Stopping …\nStopped.\n")


def test_whatever_is_killed_comes_back(opening: Callable[..., Shop]) -> None:
    shop = opening().opened()
    for name in ("web", "worker", "valkey", "postgres"):
        killed = shop.pid(name)
        os.kill(killed, signal.SIGKILL)
        shop.revived(name, killed)
    assert "worker ended (exit code" not in shop.said(), "it did not outlive PostgreSQL"

    shop.until(lambda: takes_connections(database(shop.var)))
    assert shop.ends() == 0
    assert shop.living() == []


def test_a_killed_shop_opens_again_with_all_it_had_acknowledged(opening: Callable[..., Shop]) -> None:
    shop = opening().opened()
    with psycopg.connect(database(shop.var)) as connection:
        connection.execute("CREATE TABLE acknowledged AS SELECT 42 AS answer")
    assert shop.ends(signal.SIGKILL) == -signal.SIGKILL
    assert shop.living() == ["worker", "web", "valkey", "postgres"]

    again = opening().opened()

    for name in again.living():
        assert f"stopping the {name} of an earlier start" in again.said()
    assert again.answers()

    for pid in [again.process.pid, *(again.pid(name) for name in again.living())]:
        os.kill(pid, signal.SIGKILL)
    again.process.wait()

    assert opening().opened().answers()
    with psycopg.connect(database(shop.var)) as connection:
        assert connection.execute("SELECT answer FROM acknowledged").fetchall() == [(42,)]


def test_two_shops_side_by_side_and_one_is_stopped_by_a_command(
    opening: Callable[..., Shop], var: Path
) -> None:
    one, other = opening(), opening(var / "other")
    assert one.opened().answers()
    assert other.opened().answers()

    stop = [sys.executable, "-m", "storefront", "stop"]
    assert subprocess.run(stop, env=child_environment(STOREFRONT_VAR=str(var)), check=False).returncode == 0

    assert one.process.wait(PATIENCE) == 0
    assert one.living() == []
    assert other.answers()


def test_servers_of_the_operator_are_used(
    opening: Callable[..., Shop], database_url: str, valkey_url: str
) -> None:
    shop = opening(DATABASE_URL=database_url, REDIS_URL=valkey_url, SECRET_KEY="ours " * 8).opened()
    assert shop.living() == ["worker", "web"]
    assert shop.answers()
    assert not (shop.var / "secret_key").exists()


def test_a_start_is_called_off_at_any_moment(opening: Callable[..., Shop]) -> None:
    shop = opening()
    shop.until(lambda: "migrations" in shop.said())

    assert shop.ends() == 0

    assert shop.living() == []


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (
            {"PORT": "{taken}"},
            "Port {taken} of 127.0.0.1 is in use by another program: stop that one, or choose",
        ),
        ({"HOST": "203.0.113.7"}, "HOST=203.0.113.7 is no address of this machine"),
        ({"PORT": "eighty"}, "PORT: "),
        ({"STOREFRONT_VAR": "/dev/null/var"}, "The data folder /dev/null/var cannot be used"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "check DATABASE_URL"),
        ({"DATABASE_URL": "postgrsql://typo"}, "DATABASE_URL: must start with postgresql://"),
        ({"DATABASE_URL": "{database}", "GUNICORN_CMD_ARGS": "--no-such"}, "The web server does not answer"),
    ],
    ids=["port in use", "no address", "no number", "no folder", "no server", "no database", "no web"],
)
def test_what_cannot_work_is_told_in_one_sentence(
    opening: Callable[..., Shop],
    environment: dict[str, str],
    sentence: str,
    database_url: str,
    valkey_url: str,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        known = {"taken": taken.getsockname()[1], "database": database_url}
        told = {name: value.format(**known) for name, value in environment.items()}
        shop = opening(**({"REDIS_URL": valkey_url} | told))
        assert shop.process.wait(PATIENCE) == 1
    last = shop.said().splitlines()[-1]
    assert last.startswith("storefront: ")
    assert sentence.format(**known) in last
    assert last.count("storefront: ") == 1
    assert shop.living() == []
