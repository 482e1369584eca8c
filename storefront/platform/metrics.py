"""What the processes count, in words a monitor reads (Prometheus).

Each process counts for itself in a file; whoever is asked for `/metrics` adds all of them up. What
belongs to no process, such as the queue of jobs, is asked of the servers at that moment.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from storefront.config import counts_together

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds."""

requests = Counter("storefront_requests", "Answers.", ["method", "route", "status"])
seconds = Histogram("storefront_request_seconds", "From request to answer.", ["route"], buckets=QUICK)
pages = Counter("storefront_pages", "How public pages came: kept, old, built, or only passed on.", ["how"])
lock_waits = Counter("storefront_page_lock_waits", "Readers who waited for somebody else's build.")
lock_seconds = Counter("storefront_page_lock_seconds", "How long they waited in all.")
sql = Histogram("storefront_sql_seconds", "Statements of SQL.", buckets=QUICK)
sql_failed = Counter("storefront_sql_failed", "Statements that failed, time-outs among them.", ["sqlstate"])
repeated = Counter("storefront_transactions_repeated", "Actions that were run again, and why.", ["sqlstate"])
refused = Counter("storefront_refused", "Polite refusals, by their code.", ["code"])
limited = Counter("storefront_rate_limited", "Requests that came too fast.", ["route"])
pool_in_use = Gauge("storefront_pool_in_use", "Connections at work.", multiprocess_mode="livesum")
pool_waits = Counter("storefront_pool_waits", "Requests that had to wait for a connection.")
pool_wait_seconds = Counter("storefront_pool_wait_seconds", "How long they waited in all.")
pool_given_up = Counter("storefront_pool_given_up", "Requests that waited in vain.")
steps = Counter("storefront_checkout_steps", "Steps on the way to an order.", ["step"])
jobs_done = Counter("storefront_jobs_done", "Jobs that were run.", ["task", "outcome"])
job_seconds = Histogram(
    "storefront_job_seconds", "How long jobs took.", ["task"], buckets=(*QUICK, 15, 60, 300)
)
errands_failed = Counter(
    "storefront_errands_failed", "What the worker looks after, and could not.", ["errand"]
)

_STEPS: dict[tuple[str, str, str], str] = {}


def step(name: str, method: str, route: str, *statuses: str) -> None:
    """Such an answer of this view is a step on the way to an order."""
    _STEPS.update({(method, route, status): name for status in statuses})


Answer = tuple[str, str | None, str, str]
"""The method, the view if one answered, the status, and how a public page came."""


def answered(took: Mapping[Answer, Sequence[float]]) -> None:
    """Requests were answered, each within so many seconds; equal ones are looked up and counted together."""
    for (method, route, status, came), durations in took.items():
        number, view = len(durations), route or "none"
        requests.labels(method, view, status).inc(number)
        observe = seconds.labels(view).observe
        for duration in durations:
            observe(duration)
        if came:
            pages.labels(came).inc(number)
        if taken := _STEPS.get((method, route or "", status)):
            steps.labels(taken).inc(number)


Gauges = Iterable[tuple[str, str, dict[str, str], float]]
"""Name, what it means, labels, value."""
_asked: list[Callable[[], Gauges]] = []


def asked(give: Callable[[], Gauges]) -> Callable[[], Gauges]:
    """Register what is asked of the servers each time somebody reads."""
    _asked.append(give)
    return give


class Servers(Collector):
    """What was registered, as the library wants to read it."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask each anew; equal names are one family."""
        families: dict[str, GaugeMetricFamily] = {}
        for give in _asked:
            for name, meaning, labels, value in give():
                family = families.setdefault(name, GaugeMetricFamily(name, meaning, labels=list(labels)))
                family.add_metric(list(labels.values()), value)
        yield from families.values()


def told() -> bytes:
    """Everything, in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    if counts_together():
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library's
    own = b"" if counts_together() else generate_latest(REGISTRY)
    registry.register(Servers())
    return own + generate_latest(registry)
