"""Print whether times tell who has an account, and what a crowd costs: `python -m tests.bench.accounts`."""

import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from multiprocessing import Queue, get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles

from tests.bench.shop import opened
from tests.bench.working import family, worked
from tests.characters import Person, a_category, a_product, a_variant, stocked
from tests.people import PASSWORD, an_account
from tests.races.crowd import get, post, rush
from tests.races.wire import Answer, Request
from tests.serving import LiveServer, served

TRIES = 200  # of each kind
CROWD = 400
KNOWN = 200
TURNS, TURN = 6, 4.0  # seconds
_buyers = count(1)


def main() -> None:
    with opened() as shop:
        with shop.app.app_context():
            stocked(a_variant(a_product("Cup", slug="cup", category=a_category("Cups"))), 9)
            for number in range(KNOWN):
                an_account(Person(f"P {number}", known(number), "", "", "", ""))
        log = shop.folder / "gunicorn.log"
        with served(shop.settings, log, RATE_LIMIT_ENABLED="0") as server:
            crowd_at_the_door(server)
            for door in (sign_in, forgotten, sign_up):
                tell(door.__name__, *timed(server, door))


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


def crowd_at_the_door(server: LiveServer) -> None:
    """Readers alone, and beside 400 who sign in at once again and again, in turns: others work here, too."""
    answers, p95 = list[Answer](), list[tuple[float, float]]()
    leader = {"shop": server.process.pid}
    cost = Counter[str]()
    browsed(server, None, seconds=1)  # So that everything is warm.
    for _ in range(TURNS):
        alone = browsed(server, None)
        before = worked(leader)
        beside = browsed(server, answers)
        cost.update({who: after - before[who] for who, after in worked(leader).items()})
        p95.append((_p95(alone), _p95(beside)))
    for quiet, loud in p95:
        print(f"browsing p95: {1000 * quiet:.1f} ms alone, {1000 * loud:.1f} ms beside, {loud / quiet:.2f} x")
    ratios = sorted(loud / quiet for quiet, loud in p95)
    print(f"{median(ratios):.2f} x in the middle, {ratios[0]:.2f} x at best (goal 2)")
    print(f"the crowd was told: {dict(Counter(answer.status for answer in answers))}")
    each = {who: 1000 * seconds / len(answers) for who, seconds in cost.items()}
    print(f"for each of them the shop worked {each['shop']:.1f} ms, the crowd itself {each['buyers']:.1f} ms")
    print(f"most memory of a process: {max(map(peak, family(server.process.pid))) / 1024:.0f} MiB")


def browsed(server: LiveServer, answers: list[Answer] | None, seconds: float = TURN) -> list[float]:
    """How long a reader waited for each page; the answers of a crowd are added to what was heard."""
    here = get_context("fork")
    stop, queue = here.Event(), here.Queue()
    reader = here.Process(target=browse, args=(server.url, stop, queue))
    reader.start()
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if answers is None:
            time.sleep(0.1)
        else:
            answers += rush(server.url, [sign_in(known(n % KNOWN)) for n in range(CROWD)])
    stop.set()
    waited: list[float] = queue.get()
    reader.join()
    return waited


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def peak(pid: int) -> int:
    """KiB, as Linux counts it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


main()
