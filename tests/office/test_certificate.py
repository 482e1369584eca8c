"""The monitor sees how long the shop's certificate is good."""

import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from socketserver import BaseRequestHandler, TCPServer
from typing import Any

import pytest

from storefront.office import watch
from storefront.platform import clock, jobs
from tests.deploy.front import DEPLOY


class Silent(TCPServer):
    """It shakes hands, and says nothing more."""

    allow_reuse_address = True
    context: ssl.SSLContext

    def finish_request(self, request: Any, client_address: Any) -> None:
        with self.context.wrap_socket(request, server_side=True):
            pass

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has seen enough."""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where a server with a certificate for 30 days listens."""
    subprocess.run([sys.executable, DEPLOY / "prepare.py", tmp_path], check=True)
    with Silent(("127.0.0.1", 0), BaseRequestHandler) as server:
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(tmp_path / "certs/fullchain.pem", tmp_path / "certs/privkey.pem")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_its_last_moment_is_told(
    database: None, told: Callable[..., None], port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "_seen", {})
    assert watch.look_at_certificate() is None
    told(base_url="https://kiln.example", tls_probe=f"127.0.0.1:{port}")
    jobs.run_now("office.certificate")
    [(name, _meaning, _labels, value)] = watch.found()
    assert name == "storefront_certificate_expires_timestamp_seconds"
    month = (clock.now() + timedelta(days=30)).timestamp()
    assert value == pytest.approx(month, abs=3600)


def test_dates_beyond_2049_are_read_and_nonsense_is_refused() -> None:
    later = b"\x30\x22\x18\x0f20260101000000Z\x18\x0f20550101000000Z"
    assert watch.last_moment(b"noise" + later).year == 2055
    with pytest.raises(ValueError, match="no certificate"):
        watch.last_moment(b"nonsense")
