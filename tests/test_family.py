"""What the supervisor does when starting again does not help, and what an operator reads then."""

import sys
from pathlib import Path

import pytest

from storefront.embedded import patience, place
from storefront.embedded.child import Child
from storefront.embedded.trouble import Trouble
from storefront.up import door, family
from storefront.up.family import Family


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between starts take no time."""
    monkeypatch.setattr(family, "pause", lambda _seconds: None)


def test_what_ends_again_and_again_stops_the_shop_with_its_last_words(var: Path, quick: None) -> None:
    place.data_folder(var)
    starts: list[Child] = []

    def start() -> Child:
        starts.append(family.child("worker", var))
        starts[-1].start([sys.executable, "-c", "raise SystemExit('no ink left')"], env={})
        return starts[-1]

    members = Family()
    members.add(start)
    with pytest.raises(Trouble, match="worker ended 6 times within a minute: no ink left. Its log is"):
        members.watch()

    assert len(starts) == family.TOO_OFTEN
    members.stop()


def test_a_second_signal_hurries_the_stop(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.data_folder(var)
    slow = family.child("web", var)
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    slow.start([sys.executable, "-c", f"{script} print(1, flush=True); time.sleep(60)"], env={})
    while not slow.said():
        assert slow.ended() is None
    monkeypatch.setattr(patience, "_calls", [2, 2])

    slow.stop(patience=60)

    assert slow.ended() == -9


def test_a_signal_ends_any_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_calls", [])
    patience._note(2, None)
    with pytest.raises(patience.CalledOff):
        patience.pause(60)


def test_the_door_is_open_on_both_kinds_of_addresses() -> None:
    with door.opened("::", 0) as listening:
        assert door.address(listening).startswith("http://[::1]:")
    with door.opened("0.0.0.0", 0) as listening:
        assert door.address(listening).startswith("http://127.0.0.1:")


def test_a_name_nobody_knows_is_no_address() -> None:
    with (
        pytest.raises(Trouble, match="HOST=no.such.host.invalid is no address"),
        door.opened("no.such.host.invalid", 0),
    ):
        pass
