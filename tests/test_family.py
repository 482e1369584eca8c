"""What the supervisor does when starting again does not help, and what an operator reads then."""

import errno
import socket
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from storefront.embedded import patience, place
from storefront.embedded.account import Account
from storefront.embedded.child import Child
from storefront.embedded.place import Place
from storefront.embedded.trouble import Trouble
from storefront.up import door, family, say
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


def test_a_port_only_root_may_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = PermissionError(errno.EACCES, "Permission denied")
    monkeypatch.setattr(socket, "create_server", Mock(side_effect=refused))
    with pytest.raises(Trouble, match="Port 80 is only for root"), door.opened("127.0.0.1", 80):
        pass


def test_a_web_server_that_answers_with_an_error_is_no_shop(var: Path) -> None:
    place.data_folder(var)
    broken = family.child("web", var)
    script = "import socket; door = socket.socket(fileno={0}); line = door.accept()[0]; line.recv(99);"
    script += "line.sendall(b'HTTP/1.0 500 Broken'); print('the kiln is cold', flush=True); line.recv(99)"
    with door.opened("127.0.0.1", 0) as listening:
        code = script.format(listening.fileno())
        broken.start([sys.executable, "-c", code], env={}, keep=[listening.fileno()])
        with pytest.raises(Trouble, match="The web server does not answer: the kiln is cold. Its log is"):
            door.wait_for_answer(listening, broken)
    broken.stop()


def test_an_operator_reads_where_the_servers_files_are(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say.elsewhere(Place(var, Path("/var/lib/storefront/1a2b"), Account(12345, 12345)))
    assert "the servers run as user 12345" in capsys.readouterr().out
    say.elsewhere(Place(var, var / "servers", Account(12345, 12345)))
    assert capsys.readouterr().out == ""
