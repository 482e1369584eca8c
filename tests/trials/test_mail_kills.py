"""kill -9 of the worker while it sends mail: none is lost, and a second copy is the same one and counted."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select, text

from storefront import create_app
from storefront.config import Settings, child_environment
from storefront.platform import db
from storefront.platform.mail import Message
from tests import characters
from tests.characters import a_kettle
from tests.closing import hang_up
from tests.letters.smtp import Post, a_server
from tests.races.town import violations
from tests.servers import Servers
from tests.serving import UNMEASURED
from tests.shopping import an_order
from tests.sweeping import sweep
from tests.trials.nursery import Nursery, a_nursery

pytestmark = pytest.mark.processes
ROUNDS = int(os.environ.get("TRIAL_ROUNDS", "100"))
ORDERS = 3  # of each round; every order is a letter to its buyer and one to the shop
PATIENCE = 60  # seconds for a worker to do something
STALE = text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
RESCUE = text("""
    SELECT procrastinate_defer_jobs_v1(ARRAY[
        ROW('default', 'jobs.rescue', 0, NULL, NULL, '{"timestamp": 0}', NULL)::procrastinate_job_to_defer_v1
    ])
""")
# A letter that is owed, or an order of which the shop was not told yet.
WAITING = text("""
    SELECT (SELECT count(*) FROM messages WHERE state = 'waiting') + (
        SELECT count(*) FROM orders
        WHERE NOT EXISTS (SELECT FROM messages WHERE dedupe_key = 'order-new:' || orders.id)
    )
""")


@dataclass
class Office:
    """A worker that sends mail, which somebody kills again and again."""

    nursery: Nursery
    post: Post = field(default_factory=Post)
    kills: int = 0

    def start(self) -> None:
        self.nursery.start()

    def kill(self) -> None:
        """Whatever the worker was about, it does not live to note it."""
        self.nursery.end(signal.SIGKILL)
        self.kills += 1

    def has(self, letters: int) -> None:
        """Wait until so many letters came."""
        deadline = time.monotonic() + PATIENCE
        while len(self.post.letters) < letters:
            assert time.monotonic() < deadline, f"{len(self.post.letters)} letters of {letters}"
            time.sleep(0.005)


@pytest.fixture
def office(settings: Settings, servers: Servers) -> Iterator[Office]:
    """Kiln & Common with a mail server, in a database of its own."""
    post = Post()
    with a_server(post):
        facts = {
            "database_url": servers.database(f"mail_kills_{servers.worker}"),
            "smtp_url": f"smtp://127.0.0.1:{post.port}",
        }
        own = Settings.model_validate(settings.model_dump() | facts)
        told = {
            "STOREFRONT_ENV": "test",
            "STOREFRONT_VAR": str(settings.storefront_var),
            "DATABASE_URL": own.database_url,
            "SMTP_URL": facts["smtp_url"],
            "REDIS_ENABLED": "0",
        }
        app = create_app(own)
        with app.app_context():
            sweep(db.engine())
            characters.open_shop()
            with a_nursery(child_environment(**told, **UNMEASURED)) as nursery:
                yield Office(nursery, post)
            hang_up()


@contextmanager
def at_the_next_yes(office: Office, seconds: float) -> Iterator[None]:
    """The worker dies so long after the server has taken a letter, before or after it could note that."""
    done = threading.Event()

    def strike(_name: str) -> None:
        office.post.after = lambda _name: None
        threading.Timer(seconds, fall).start()

    def fall() -> None:
        office.kill()
        done.set()

    office.post.after = strike
    yield
    assert done.wait(PATIENCE)


def a_round(office: Office) -> None:
    """Some order, a worker sends, and dies at a moment that nobody chose."""
    kettle = a_kettle(ORDERS)
    for _ in range(ORDERS):
        an_order((kettle, 1))
    before = len(office.post.letters)
    if random.random() < 0.5:
        with at_the_next_yes(office, random.uniform(0, 0.01)):
            office.start()
    else:
        office.start()
        office.has(before + random.randint(1, 3))
        time.sleep(random.uniform(0, 0.05))
        office.kill()
    its_jobs_are_taken_up()


def its_jobs_are_taken_up() -> None:
    """What a killed worker had begun is seen after half a minute; here the half minute is over."""
    with db.transaction() as session:
        session.execute(STALE)
        session.execute(RESCUE)


def everything_is_sent(office: Office) -> None:
    """A last worker that nobody kills does what is left, and never does nothing for long."""
    office.start()
    left, deadline = None, 0.0
    while waiting := db.session.scalar(WAITING):
        db.release()
        if waiting != left:
            left, deadline = waiting, time.monotonic() + PATIENCE
        assert time.monotonic() < deadline, "mail is lost"
        time.sleep(0.1)
    office.nursery.end(signal.SIGTERM)


def look(office: Office, orders: int) -> None:
    """Every letter came; those that came again are the ones that were counted."""
    db.release()
    copies = office.post.copies()
    messages = db.session.scalars(select(Message)).all()
    assert {f"<{it.dedupe_key.replace(':', '.')}@kiln.example>" for it in messages} == set(copies)
    assert len([it for it in messages if it.dedupe_key.startswith("order-")]) == 2 * orders
    again = {name: number - 1 for name, number in copies.items() if number > 1}
    counted = {f"<{it.dedupe_key.replace(':', '.')}@kiln.example>": it.repeats for it in messages}
    assert {name: extra for name, extra in again.items() if extra > counted[name]} == {}
    assert violations() == []
    print(f"{office.kills} kills, {len(copies)} letters, {sum(again.values())} came again")


def storm(office: Office, rounds: int) -> None:
    for _ in range(rounds):
        a_round(office)
    everything_is_sent(office)
    look(office, rounds * ORDERS)
    assert office.kills == rounds


@pytest.mark.timeout(300)
def test_a_killed_worker_loses_no_mail(office: Office) -> None:
    storm(office, 3)


@pytest.mark.timeout(300)
def test_killed_between_the_servers_yes_and_the_note_it_is_sent_again_and_counted(office: Office) -> None:
    an_order()
    with at_the_next_yes(office, 0):
        office.start()
    its_jobs_are_taken_up()
    everything_is_sent(office)
    db.release()
    look(office, 1)
    assert max(office.post.copies().values()) == 2
    assert db.session.scalar(select(func.sum(Message.repeats)))


@pytest.mark.trial
@pytest.mark.timeout(7200)
def test_a_worker_killed_a_hundred_times_loses_no_mail(office: Office) -> None:
    storm(office, ROUNDS)
