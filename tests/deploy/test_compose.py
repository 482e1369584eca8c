"""The compose file is one, and every container is shut in as tightly as its program allows."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from psycopg.conninfo import make_conninfo

from storefront.config import Settings
from storefront.embedded import place as places
from storefront.embedded import postgres, programs
from storefront.platform import ROOT
from tests.deploy.front import DEPLOY

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {"prepare", "migrate"}


def test_it_is_a_compose_file() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run(
        [*command, ROOT / "docker-compose.yml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_everything_is_there() -> None:
    assert set(SERVICES) == {
        *ONCE, "postgres", "valkey", "web-a", "web-b", "worker", "nginx", "certificate",
        "prometheus", "alertmanager", "grafana",
    }  # fmt: skip
    assert SERVICES["postgres"]["image"] == "postgres:18"
    assert SERVICES["valkey"]["image"] == "valkey/valkey:9"
    assert SERVICES["worker"]["command"] == ["storefront", "worker"]
    assert {"--save", "--appendonly"} <= set(SERVICES["valkey"]["command"])


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_container_may_do_as_little_as_it_can(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert name == "prepare" or not service["user"].startswith("0:")
    assert {"cpus", "memory", "pids"} <= set(service["deploy"]["resources"]["limits"])
    assert name in ONCE or "healthcheck" in service
    assert ":latest" not in service["image"].replace("storefront:${STOREFRONT_VERSION:-latest}", "")


def test_no_database_is_published_and_no_password_is_known() -> None:
    published = {name: service.get("ports", []) for name, service in SERVICES.items() if service.get("ports")}
    assert set(published) == {"nginx", "prometheus", "grafana"}
    assert all(
        port.startswith("127.0.0.1:") for name in ("prometheus", "grafana") for port in published[name]
    )
    assert COMPOSE["networks"]["back"] == {"internal": True}
    for service in SERVICES.values():
        for setting, value in (service.get("environment") or {}).items():
            if re.search("PASSWORD|SECRET|TOKEN", setting):
                assert setting.endswith("FILE"), setting
                assert str(value).startswith("/keys/")


def test_the_settings_are_the_shops_own() -> None:
    known = {name.upper() for name in Settings.model_fields}
    for name in ("web-a", "worker"):
        for setting in SERVICES[name]["environment"]:
            assert setting.removesuffix("_FILE") in known, setting


def test_the_image_is_built_of_what_is_locked_and_runs_as_nobody_special() -> None:
    said = (ROOT / "Dockerfile").read_text()
    assert said.count("FROM ") == 2
    assert said.count("--require-hashes") == 2
    assert f"USER {SERVICES['worker']['user']}" in said

    assert "storefront.server" in said
    ignored = (ROOT / ".dockerignore").read_text()
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", said, re.MULTILINE):
        for name in source.split():
            assert f"!{name}" in ignored, name


def test_what_postgres_puts_away_can_be_read_by_whoever_restores() -> None:
    assert SERVICES["worker"]["user"] == SERVICES["postgres"]["user"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_volume_lies_in_a_folder_that_its_program_must_write(name: str) -> None:
    """Whoever mounts it makes the folders around it, as root."""
    service = SERVICES[name]
    fleeting = [place.partition(":")[0] for place in service.get("tmpfs", [])]
    mounted = [volume.split(":")[1] for volume in service.get("volumes", [])]
    assert [place for place in mounted if place.startswith(tuple(f"{one}/" for one in fleeting))] == []


def test_what_is_prepared_once_stays_as_it_is(tmp_path: Path) -> None:
    def prepare() -> dict[str, str]:
        subprocess.run([sys.executable, DEPLOY / "prepare.py", tmp_path], check=True)
        found = [path for path in tmp_path.rglob("*") if path.is_file()]
        return {path.relative_to(tmp_path).as_posix(): path.read_text() for path in found}

    first = prepare()
    assert prepare() == first
    assert first["keys/shop/postgres"] == first["keys/postgres/shop"]
    assert first["keys/watch/metrics"] == first["keys/shop/metrics"]
    assert first["keys/valkey/valkey.conf"] == f"requirepass {first['keys/shop/valkey']}\n"
    assert len(set(first.values())) == len(first) - 2
    assert "keys/postgres/boss" in first
    Settings.load(
        {"STOREFRONT_ENV": "production", "SECRET_KEY_FILE": str(tmp_path / "keys/shop/secret"),
         "POSTGRES_HOST": "postgres", "POSTGRES_PASSWORD_FILE": str(tmp_path / "keys/shop/postgres")}
    )  # fmt: skip


def test_keys_are_made_anew_for_all_who_need_them(tmp_path: Path) -> None:
    def prepare(anew: str) -> dict[str, str]:
        told = os.environ | {"ANEW": anew}
        subprocess.run([sys.executable, DEPLOY / "prepare.py", tmp_path], check=True, env=told)
        found = [path for path in (tmp_path / "keys").rglob("*") if path.is_file()]
        return {path.relative_to(tmp_path).as_posix(): path.read_text() for path in found}

    first, later = prepare(""), prepare("secret valkey")
    changed = {name for name in first if first[name] != later[name]}
    assert changed == {
        "keys/shop/secret",
        "keys/shop/secret-before",
        "keys/shop/valkey",
        "keys/valkey/valkey.conf",
    }
    assert (first["keys/shop/secret-before"], later["keys/shop/secret-before"]) == (
        "",
        first["keys/shop/secret"],
    )
    assert later["keys/valkey/valkey.conf"] == f"requirepass {later['keys/shop/valkey']}\n"
    forgotten = prepare("secret-before")
    assert forgotten == later | {"keys/shop/secret-before": ""}
    fallbacks = {"SECRET_KEY_FALLBACKS_FILE": str(tmp_path / "keys/shop/secret-before")}
    assert Settings.load(fallbacks).secret_key_fallbacks == ()
    with pytest.raises(subprocess.CalledProcessError):
        prepare("postgre")


@pytest.mark.processes
def test_postgres_is_opened_for_the_shop_alone(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the image does in an empty folder, on a server of ours."""
    where = places.prepare(var)
    server = postgres.start(where, more=postgres.THROW_AWAY)
    try:
        boss = postgres.address(where, "postgres", role="postgres")
        with psycopg.connect(boss, autocommit=True) as connection:
            connection.execute("DROP DATABASE storefront")
            connection.execute("REVOKE ALL ON DATABASE postgres FROM storefront")
            connection.execute("DROP OWNED BY storefront")
            connection.execute("DROP ROLE storefront")
        (var / "password").write_text("secret'\"word")
        (var / "pg_hba.conf").touch()
        tools = programs.postgres("psql", where.account).parent
        told = {"PATH": f"{tools}:/usr/bin:/bin", "PGHOST": str(where.sockets), "PGDATA": str(var)}
        more = {"SHOP_PASSWORD_FILE": str(var / "password")}
        subprocess.run(["/bin/sh", DEPLOY / "postgres" / "open.sh"], env=told | more, check=True)
        assert "host replication storefront samenet scram-sha-256" in (var / "pg_hba.conf").read_text()
        shop = make_conninfo(postgres.address(where), password="secret'\"word")
        with psycopg.connect(shop) as connection:
            [[owner, boss_, copies]] = connection.execute(
                "SELECT pg_get_userbyid(datdba), rolsuper, rolreplication FROM pg_database, pg_roles"
                " WHERE datname = current_database() AND rolname = current_user"
            ).fetchall()
            connection.execute("SELECT count(*) FROM pg_stat_statements")
        assert (owner, boss_, copies) == ("storefront", False, True)
    finally:
        server.stop()


def test_dashboards_are_whole() -> None:
    for path in (DEPLOY / "grafana" / "dashboards").glob("*.json"):
        board = json.loads(path.read_text())
        numbers = [panel["id"] for panel in board["panels"]]
        assert len(numbers) == len(set(numbers)) > 5
        assert all(target["expr"] for panel in board["panels"] for target in panel["targets"])
