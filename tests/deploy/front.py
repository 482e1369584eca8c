"""nginx as it is shipped, before webs as they are shipped: the same files, as processes of this machine."""

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

import pytest

from storefront.config import Settings
from storefront.platform import ROOT
from tests.serving import UNMEASURED, told

DEPLOY = ROOT / "deploy"
PATIENCE = 90  # seconds


def needs_nginx() -> None:
    """Skip the test where there is no nginx, and say so: make test installs one where it may."""
    if shutil.which("nginx") is None:
        pytest.skip("NOT SEEN: there is no nginx here (Debian: apt-get install nginx)")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
    return port


@dataclass
class Web:
    """One gunicorn with a door of its own, as in its container."""

    settings: Settings
    log: Path
    root: Path = ROOT
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        ours = {"PYTHONPATH": str(self.root), "PORT": str(self.port), "HOST": "127.0.0.1", **UNMEASURED}
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "python:storefront.server", "wsgi:app"],
                env=os.environ | told(self.settings) | ours | self.environment,
                cwd=self.root,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """As a healthcheck does."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process and self.process.poll() is None:
            if self._is_ready():
                return
            time.sleep(0.05)
        pytest.fail(f"the web does not answer:\n{self.log.read_text(errors='replace')[-5000:]}")

    def _is_ready(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as line:
            try:
                line.request("GET", "/readyz")
                answer = line.getresponse()
                answer.read()
            except OSError:
                return False
            return answer.status == 200

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """As `docker stop` does; how it ended."""
        assert self.process is not None
        self.process.send_signal(number)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise


@dataclass(frozen=True)
class Seen:
    """What was answered."""

    status: int
    headers: Message
    body: bytes


@dataclass
class Front:
    """A running nginx and how to speak to it."""

    port: int
    plain: int
    place: Path
    process: subprocess.Popen[bytes]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def line(self) -> http.client.HTTPSConnection:
        """A connection that trusts the certificate made for trying out, as little as it is worth."""
        context = ssl.create_default_context(cafile=str(self.place / "certs" / "fullchain.pem"))
        context.check_hostname = False
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=40, context=context)

    def get(self, address: str, headers: dict[str, str] | None = None) -> Seen:
        with closing(self.line()) as line:
            line.request("GET", address, headers=headers or {})
            answer = line.getresponse()
            return Seen(answer.status, answer.headers, answer.read())


@contextmanager
def front(place: Path, webs: Sequence[Web]) -> Iterator[Front]:
    """Nginx with the shipped configuration; only names and ports are this machine's."""
    port, plain = free_port(), free_port()
    config = place / "config"
    shutil.copytree(DEPLOY / "nginx", config)
    subprocess.run([sys.executable, DEPLOY / "prepare.py", place], check=True)
    servers = "\n".join(f"server 127.0.0.1:{web.port} max_fails=0;" for web in webs)
    (config / "upstream.conf").write_text(f"upstream shop {{ {servers} }}\n")
    certs = place / "certs"
    (config / "listen.conf").write_text(
        f"listen 127.0.0.1:{port} ssl http2;\nserver_name _;\n"
        f"ssl_certificate {certs}/fullchain.pem;\nssl_certificate_key {certs}/privkey.pem;\n"
    )
    (config / "listen_plain.conf").write_text(f"listen 127.0.0.1:{plain};\nserver_name _;\n")
    log = place / "nginx.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["/bin/sh", config / "run.sh"],
            env=os.environ
            | {
                "NGINX_CONFIG": str(config),
                "NGINX_PLACE": str(place / "nginx"),
                "CERTIFICATE": str(certs / "fullchain.pem"),
                "CERTIFICATE_EVERY": "1",
                "ACME": str(place / "acme"),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(port, process, log)
        yield Front(port, plain, place, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"nginx does not answer:\n{log.read_text(errors='replace')}")
