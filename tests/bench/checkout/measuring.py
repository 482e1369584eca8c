"""Measure a crowd of buyers: how many orders in a second, how long each took, and who worked for it."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.checkout import purchases
from tests.bench.working import worked
from tests.races.crowd import crowd


@dataclass(frozen=True, slots=True)
class Measured:
    """One round of purchases."""

    per_second: float
    p50: float
    p95: float
    cpu: dict[str, float]
    """Milliseconds of processor time for one order, by who worked."""


def purchased(address: str, carts: range, clients: int, leaders: dict[str, int]) -> Measured:
    """Let so many buyers order all carts; `leaders` are the process families whose work is counted."""
    requests = [purchases.request(cart) for cart in carts]
    before = worked(leaders)
    began = time.perf_counter()
    answers = list(crowd(address, requests, at_once=clients, spread=True))
    seconds = time.perf_counter() - began
    after = worked(leaders)
    wrong = [answer for answer in answers if answer.status != 303]
    assert not wrong, f"{len(wrong)} not sold: {wrong[0].status} {wrong[0].trouble} {wrong[0].text[:2000]}"
    waited = [answer.seconds * 1000 for answer in answers]
    return Measured(
        per_second=len(carts) / seconds,
        p50=median(waited),
        p95=quantiles(waited, n=20)[-1],
        cpu={who: (after[who] - before[who]) * 1000 / len(carts) for who in before},
    )


def middle(rounds: Iterable[Measured]) -> Measured:
    """The middle of several rounds, figure by figure."""
    measured = list(rounds)
    return Measured(
        per_second=median(one.per_second for one in measured),
        p50=median(one.p50 for one in measured),
        p95=median(one.p95 for one in measured),
        cpu={who: median(one.cpu[who] for one in measured) for who in measured[0].cpu},
    )
