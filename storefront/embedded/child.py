"""A process that outlives surprises: known not by its number, but by a lock it inherits.

The child and all its descendants hold the lock file open. So the lock tells the truth after a
kill -9, a reboot or a reused process number, and whoever finds it held may stop what holds it:
a process group's number is never reused while one of its members lives.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import Signals
from typing import Self

from storefront.embedded.account import Account
from storefront.embedded.patience import TICK, hurried, pause
from storefront.embedded.trouble import Trouble

MOST_LOG = 64 * 2**20  # bytes


class Child:
    """One process with its lock and its log, started by us or left behind by an earlier start."""

    def __init__(self, name: str, folder: Path, stop_signal: Signals = Signals.SIGTERM) -> None:
        self.name = name
        self.lock = folder / "run" / f"{name}.lock"
        self.log = folder / "log" / f"{name}.log"
        self.stop_signal = stop_signal
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    def start(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        account: Account | None = None,
        cwd: Path | None = None,
        keep: Sequence[int] = (),
    ) -> None:
        """Start the command as `account`, in a session of its own, keeping some open files.

        Raises Trouble when an earlier one still lives.
        """
        lock = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if not take(lock, patience=1.0):  # Somebody may just be looking whether it runs.
                raise Trouble(f"{self.name} still runs from an earlier start; stop it first.")
            os.truncate(lock, 0)
            with self.log.open("ab") as log:
                self._log_start = log.tell()
                self._process = subprocess.Popen(
                    [str(part) for part in command],
                    env=dict(env),
                    cwd=cwd,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    pass_fds=(lock, *keep),
                    **(account.as_arguments() if account else {}),
                )
            os.write(lock, str(self._process.pid).encode())
        finally:
            os.close(lock)

    @property
    def pid(self) -> int | None:
        """The number of the process that leads it, as written down when it was started."""
        with suppress(OSError, ValueError):
            return int(self.lock.read_text())
        return None

    def running(self) -> bool:
        """Whether it or anything it started still lives."""
        if not self.lock.exists():
            return False
        lock = os.open(self.lock, os.O_RDONLY)
        try:
            return not take(lock, how=fcntl.LOCK_SH)  # Two who look at once do not see each other.
        finally:
            os.close(lock)

    def ended(self) -> int | None:
        """How the process we started ended, as subprocess tells it; None while it runs."""
        return self._process.poll() if self._process else None

    def finish(self, patience: float) -> int:
        """Wait for a process that ends by itself. Raises Trouble when it does not."""
        deadline = time.monotonic() + patience
        try:
            while (code := self.ended()) is None and time.monotonic() < deadline:
                pause()
        finally:
            self.stop(5)
        if code is None:
            raise Trouble(f"{self.name} took longer than {patience:.0f} s: see {self.log}.")
        return code

    def stop(self, patience: float = 15.0) -> None:
        """Ask it to end; after `patience` seconds end it. Raises Trouble if even that fails."""
        if self.running():
            self.send(self.stop_signal)
        if not self.wait_until_gone(patience) and not self._killed():
            raise Trouble(f"{self.name} (process {self.pid}) cannot be stopped; end it by hand.")

    def send(self, number: Signals, *, group: bool = False) -> None:
        """Signal the leader, or its whole group, if it still lives."""
        if (pid := self.pid) is not None:
            with suppress(ProcessLookupError, PermissionError):
                (os.killpg if group else os.kill)(pid, number)

    @contextmanager
    def or_stopped(self) -> Iterator[Self]:
        """Stop it again if what follows its start fails."""
        try:
            yield self
        except BaseException:
            self.stop()
            raise

    def wait_until_gone(self, patience: float) -> bool:
        """Whether everything of it has ended within `patience` seconds."""
        deadline = time.monotonic() + patience
        while self.running():
            self.ended()  # Reaps it, so that it leaves no zombie behind.
            if hurried() or time.monotonic() >= deadline:
                return False
            time.sleep(TICK)
        if self._process is not None:
            self._process.wait()
        return True

    def _killed(self) -> bool:
        """Whether it is gone after the signal that nothing survives, hurried or not."""
        self.send(signal.SIGKILL, group=True)
        for _ in range(int(10 / TICK)):
            if self.wait_until_gone(0):
                return True
            time.sleep(TICK)
        return False

    def trim_log(self, most: int = MOST_LOG) -> None:
        """Begin the log anew when it is longer than so many bytes; what it held stays beside it, once."""
        with suppress(OSError):
            if self.log.stat().st_size > most:
                shutil.copyfile(self.log, self.log.with_suffix(".old.log"))
                os.truncate(self.log, 0)  # Whoever writes into it appends, so it goes on at the beginning.
                self._log_start = 0

    def said(self) -> list[str]:
        """The lines it has logged since it was started."""
        with suppress(OSError), self.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace").splitlines()
        return []


def take(lock: int, patience: float = 0.0, how: int = fcntl.LOCK_EX) -> bool:
    """Whether the open lock file is now locked by whoever holds it open."""
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(lock, how | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(TICK)
        else:
            return True
