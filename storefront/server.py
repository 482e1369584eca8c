"""gunicorn's settings: `gunicorn -c python:storefront.server wsgi:app`."""

import shutil
from typing import Any

from storefront.config import Settings, count_together

_settings = Settings.load()
_counts = count_together()

from prometheus_client import multiprocess  # noqa: E402 - it counts where it was told to before its import

from storefront.platform import journal, logging  # noqa: E402 - imports prometheus_client

bind = (
    f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"
)
workers = _settings.web_workers
worker_class = "storefront.platform.draining.DrainingWorker"
# More threads than connections: the others wait for slow clients and payment providers.
threads = _settings.web_threads
preload_app = True  # One import for all workers; a killed worker is back at once.
control_socket_disable = True
max_requests = 20_000  # Whatever a library leaks, it does not leak for ever.
max_requests_jitter = 2_000
timeout = 30
graceful_timeout = 10
keepalive = 5
# Forwarded headers are believed by the application alone, by the number of proxies it was told.
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers: dict[str, str] = {}
limit_request_line = 8190
limit_request_fields = 64
loglevel = _settings.log_level.lower()
accesslog = None
errorlog = "-"
logconfig_dict = logging.arrangement(_settings)
logging.begin_journal(_settings)


def child_exit(_arbiter: Any, worker: Any) -> None:
    """What a process that is gone had at work counts no more; what it counted does."""
    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]  # the library's


def worker_exit(_arbiter: Any, _worker: Any) -> None:
    """Its last requests are told of, too."""
    journal.flush()


def on_exit(_arbiter: Any) -> None:
    """The next start counts from nothing, as a monitor expects."""
    shutil.rmtree(_counts, ignore_errors=True)
