"""The whole shop as its operator runs it, so that whatever is killed is brought back by the shop itself."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import delete

from storefront import create_app
from storefront.config import Settings, child_environment
from storefront.demo import mark
from storefront.embedded import running
from storefront.platform import db
from storefront.shop.models import Shop
from storefront.taxes.models import TaxRate
from storefront.up import family
from tests import characters, leftovers
from tests.closing import hang_up
from tests.serving import UNMEASURED

PATIENCE = 150  # seconds until the shop is open, also on a busy machine
FROZEN = 3.0  # seconds


@dataclass
class TrialShop:
    """A running `storefront up`, and an application on its database in this process."""

    url: str
    var: Path
    app: Flask

    def kill_postgres(self) -> None:
        self._kill(self._leader("postgres"))

    def kill_worker(self) -> None:
        """One of gunicorn's processes, whichever."""
        workers = _children_of(self._leader("web"))
        if workers:  # The last one killed may not be back yet.
            self._kill(random.choice(workers))

    def kill_valkey(self) -> None:
        self._kill(self._leader("valkey"))

    def restart_postgres(self) -> None:
        """As an operator does: what is open is rolled back."""
        os.kill(self._leader("postgres"), signal.SIGINT)

    def restart_valkey(self) -> None:
        os.kill(self._leader("valkey"), signal.SIGTERM)

    def freeze_postgres(self) -> None:
        """Nobody answers and no line breaks, as when a disk hangs."""
        leader = self._leader("postgres")
        self._freeze([leader, *_children_of(leader)])

    def freeze_valkey(self) -> None:
        self._freeze([self._leader("valkey")])

    def _freeze(self, pids: list[int]) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        time.sleep(FROZEN)
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def _leader(self, name: str) -> int:
        pid = family.child(name, self.var).pid
        assert pid is not None
        return pid

    def _kill(self, pid: int) -> None:
        subprocess.run(["kill", "-9", str(pid)], check=False)


def _children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@contextmanager
def opened(var: Path) -> Iterator[TrialShop]:
    """Kiln & Common below a data folder, open for business until the end."""
    mark.settle(var)
    said = var.with_name(f"{var.name}.said")
    told = {"STOREFRONT_VAR": str(var), "HOST": "127.0.0.1", "PORT": "0", "TRUSTED_PROXIES": "1"}
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "storefront", "up"],
            env=child_environment(**told, **UNMEASURED),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = _address(process, said)
        found = running.addresses(var)
        app = create_app(
            Settings(storefront_env="test", storefront_var=var, database_url=found["DATABASE_URL"])
        )
        with app.app_context():
            _move_in()
            yield TrialShop(url, var, app)
            hang_up()
    except BaseException:
        print((var / "log" / "web.log").read_text()[-10_000:])
        raise
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        leftovers.clear(var)


def _move_in() -> None:
    """Kiln & Common in place of the shop that nobody has described yet."""
    with db.transaction() as session:
        session.execute(delete(Shop))
        session.execute(delete(TaxRate))
    characters.open_shop()


def _address(process: subprocess.Popen[bytes], said: Path) -> str:
    deadline = time.monotonic() + PATIENCE
    while "Ctrl-C stops it" not in said.read_text():
        assert process.poll() is None, said.read_text()
        assert time.monotonic() < deadline, said.read_text()
        time.sleep(0.1)
    return "http://" + said.read_text().rpartition("http://")[2].split()[0]
