"""Print whether times tell who has an account, and what a crowd costs: `python -m tests.bench.accounts`."""

import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from multiprocessing import Queue, get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles

from tests.bench.shop import BenchShop, opened
from tests.bench.working import family
from tests.characters import Person, a_category, a_product, a_variant, stocked
from tests.people import PASSWORD, an_account
from tests.races.crowd import get, post, rush
from tests.races.wire import Answer, Request
from tests.serving import LiveServer, served

TRIES = 200  # of each kind
CROWD = 400
KNOWN = 200
_buyers = count(1)


def main() -> None:
    with opened() as shop:
        with shop.app.app_context():
            stocked(a_variant(a_product("Cup", slug="cup", category=a_category("Cups"))), 9)
            for number in range(KNOWN):
                an_account(Person(f"P {number}", known(number), "", "", "", ""))
        log = shop.folder / "gunicorn.log"
        with served(shop.settings, log, RATE_LIMIT_ENABLED="0") as server:
            for door in (sign_in, forgotten, sign_up):
                tell(door.__name__, *timed(server, door))
            crowd_at_the_door(shop, server)


def known(number: int) -> str:
    return f"known{number}@example.com"


def sign_in(email: str) -> Request:
    return post("/account/sign-in", {"email": email, "password": "not this one"}, buyer=next(_buyers))


def forgotten(email: str) -> Request:
    return post("/account/forgotten", {"email": email}, buyer=next(_buyers))


def sign_up(email: str) -> Request:
    form = {"name": "Ada", "email": email, "phone": "", "password": PASSWORD}
    return post("/account/sign-up", form, buyer=next(_buyers))


def timed(server: LiveServer, door: Callable[[str], Request]) -> tuple[list[float], list[float]]:
    """Seconds of tries with addresses that are known and that are not, in turn."""
    times: tuple[list[float], list[float]] = [], []
    for number in range(TRIES):
        pair = list(enumerate((known(number), f"unknown{number}@example.com")))
        for which, email in pair[:: 1 if number % 2 else -1]:  # Each comes first as often as the other.
            (answer,) = rush(server.url, [door(email)])
            times[which].append(answer.seconds)
    return times


def tell(name: str, there: list[float], nowhere: list[float]) -> None:
    ratio = median(there) / median(nowhere)
    print(
        f"{name}: {1000 * median(there):.1f} ms known, {1000 * median(nowhere):.1f} ms unknown, {ratio:.3f} x"
    )


def browse(url: str, stop: Event, told: "Queue[list[float]]") -> None:
    """One reader who asks for pages of all kinds, in a process that the crowd does not hold up."""
    seconds = list[float]()
    while not stop.is_set():
        for path in ("/", "/products", "/products/cup", "/cart", "/search?q=cup"):
            (answer,) = rush(url, [get(path, buyer=next(_buyers))])
            seconds.append(answer.seconds)
    told.put(seconds)


def crowd_at_the_door(shop: BenchShop, server: LiveServer) -> None:
    """Readers alone, then beside 400 who sign in at once, again and again."""
    here, answers, told = get_context("fork"), list[Answer](), list[list[float]]()
    for loud in (False, True):
        stop, queue = here.Event(), here.Queue()
        reader = here.Process(target=browse, args=(server.url, stop, queue))
        reader.start()
        ends = time.monotonic() + 15
        while time.monotonic() < ends:
            if loud:
                answers += rush(server.url, [sign_in(known(n % KNOWN)) for n in range(CROWD)])
            else:
                time.sleep(0.2)
        stop.set()
        told.append(queue.get())
        reader.join()
    quiet, beside = told
    p95 = [quantiles(seconds, n=20)[-1] for seconds in (quiet, beside)]
    print(
        f"browsing p95: {1000 * p95[0]:.1f} ms alone, {1000 * p95[1]:.1f} ms beside, {p95[1] / p95[0]:.2f} x"
    )
    print(f"the crowd was told: {dict(Counter(answer.status for answer in answers))}")
    print(f"most memory of a process: {max(map(peak, family(server.process.pid))) / 1024:.0f} MiB")


def peak(pid: int) -> int:
    """KiB, as Linux counts it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


main()
