"""The shop as it runs for people: gunicorn with several processes, on this test process's own database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import pytest

from storefront.config import Settings
from storefront.platform import ROOT

PATIENCE = 90  # seconds until the first answer, also on a busy machine
UNMEASURED = {"COVERAGE_PROCESS_CONFIG": ""}
"""A storm's servers: coverage would make them three times as slow, and others have told of their lines."""


@dataclass
class LiveServer:
    """A running gunicorn, its address and what it said."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def said(self) -> str:
        return self.log.read_text(errors="replace")


@contextmanager
def served(
    settings: Settings, log: Path, *, app: str = "wsgi:app", **environment: str
) -> Iterator[LiveServer]:
    """Run the shop with a production's gunicorn settings; buyers are told apart by X-Forwarded-For."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as door, log.open("wb") as output:
        door.set_inheritable(True)
        gunicorn = [sys.executable, "-m", "gunicorn", "--config", "python:storefront.server"]
        process = subprocess.Popen(
            [*gunicorn, "--chdir", str(ROOT), "--bind", f"fd://{door.fileno()}", app],
            env=os.environ | told(settings) | environment,
            cwd=ROOT,
            pass_fds=[door.fileno()],
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        server = LiveServer(f"http://127.0.0.1:{door.getsockname()[1]}", log, process)
        try:
            _wait_for_answer(server)
            yield server
        finally:
            _stop(process)


def told(settings: Settings) -> dict[str, str]:
    return {
        "STOREFRONT_ENV": settings.storefront_env,
        "STOREFRONT_VAR": str(settings.storefront_var),
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "TRUSTED_PROXIES": "1",
        "WEB_WORKERS": "2",
        "RATE_LIMIT_CALLS": str(settings.rate_limit_calls),
        "RATE_LIMIT_API": settings.rate_limit_api,
        "RATE_LIMIT_API_KEY": settings.rate_limit_api_key,
        "LOG_LEVEL": "INFO",
    }


def _wait_for_answer(server: LiveServer) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.url}/livez", timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"gunicorn does not answer:\n{server.said()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="session")
def _gunicorn(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with served(settings, tmp_path_factory.mktemp("gunicorn") / "log") as server:
        yield server


@pytest.fixture
def live_server(database: None, _gunicorn: LiveServer) -> Iterator[LiveServer]:
    """The shop behind real HTTP, at least two processes; fails the test when one of them broke."""
    before = len(_gunicorn.said())
    yield _gunicorn
    said = _gunicorn.said()[before:]
    assert "Traceback" not in said, f"the server said:\n{said}"
