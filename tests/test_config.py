"""Settings are read once, and a bad one is refused by its name."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from storefront import config
from storefront.config import BadSetting, Settings

LONG_SECRET = "an-operator-s-own-secret-of-32-characters"


def test_without_any_the_defaults_are_for_development() -> None:
    settings = Settings.load({})
    assert not settings.production
    assert (settings.host, settings.port, settings.web_workers) == ("127.0.0.1", 8000, 2)
    assert settings.sqlalchemy_url == settings.valkey_url == ""


def test_an_empty_variable_is_an_unset_one() -> None:
    assert Settings.load({"PORT": "", "BASE_URL": ""}).port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("WEB_WORKERS", "0"),
        ("DB_POOL_TIMEOUT", "-1"),
        ("REDIS_ENABLED", "perhaps"),
        ("LOG_LEVEL", "LOUD"),
        ("STOREFRONT_ENV", "staging"),
        ("BASE_URL", "kiln.example"),
        ("BASE_URL", "ftp://kiln.example"),
        ("DATABASE_URL", "mysql://localhost/shop"),
        ("DATABASE_URL", "localhost"),
        ("REDIS_URL", "http://localhost"),
        ("SMTP_URL", "mail.kiln.example"),
        ("PAGINATION_MAX_LIMIT", "1e3"),
        ("RATE_LIMIT_SEARCH", "30"),
        ("RATE_LIMIT_PLACE_ORDER", "0/minute"),
    ],
)
def test_a_bad_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=f"^{name}: "):
        Settings.load({name: value})


def test_prices_that_leave_no_room_are_refused() -> None:
    with pytest.raises(BadSetting, match="MIN_PRICE: is above MAX_PRICE"):
        Settings.load({"MIN_PRICE": "500", "MAX_PRICE": "400"})


@pytest.mark.parametrize("secret", ["", "short", config.DEVELOPMENT_KEY])
def test_production_refuses_a_weak_secret(secret: str) -> None:
    with pytest.raises(BadSetting, match=r"^SECRET_KEY: production needs a random one"):
        Settings.load({"STOREFRONT_ENV": "production", "SECRET_KEY": secret})


def test_no_refusal_repeats_a_secret() -> None:
    with pytest.raises(BadSetting) as refused:
        Settings.load({"SMTP_URL": "imap://ada:sesame@kiln.example"})
    assert "sesame" not in str(refused.value)
    assert "sesame" not in repr(Settings.load({"SMTP_URL": "smtp://ada:sesame@kiln.example"}))


def test_production_takes_a_strong_one() -> None:
    assert Settings.load({"STOREFRONT_ENV": "Production", "SECRET_KEY": LONG_SECRET}).production


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{LONG_SECRET}\n")
    settings = Settings.load({"SECRET_KEY_FILE": str(tmp_path / "key"), "SECRET_KEY": "from the environment"})
    assert settings.secret_key.get_secret_value() == LONG_SECRET


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadSetting, match="^SECRET_KEY_FILE: cannot read"):
        Settings.load({"SECRET_KEY_FILE": str(path)})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_database_may_be_named_in_any_dialect(scheme: str) -> None:
    settings = Settings.load({"DATABASE_URL": f"{scheme}://ada@db/shop"})
    assert settings.sqlalchemy_url == "postgresql+psycopg://ada@db/shop"
    assert settings.libpq_url == "postgresql://ada@db/shop"


def test_the_database_may_be_named_in_parts() -> None:
    parts = {"POSTGRES_HOST": "db", "POSTGRES_USER": "a@b", "POSTGRES_PASSWORD": "p/w", "POSTGRES_DB": "shop"}
    assert Settings.load(parts).sqlalchemy_url == "postgresql+psycopg://a%40b:p%2Fw@db:5432/shop"


def test_valkey_may_be_named_in_parts_or_switched_off() -> None:
    parts = {"REDIS_HOST": "cache", "REDIS_PASSWORD": "p/w", "REDIS_DB": "3"}
    assert Settings.load(parts).valkey_url == "redis://:p%2Fw@cache:6379/3"
    assert Settings.load(parts | {"REDIS_ENABLED": "0"}).valkey_url == ""
    assert Settings.load({"REDIS_URL": "unix:///run/valkey.sock"}).valkey_url == "unix:///run/valkey.sock"


def test_older_secrets_are_still_known() -> None:
    fallbacks = Settings.load({"SECRET_KEY_FALLBACKS": "old,older,"}).secret_key_fallbacks
    assert [fallback.get_secret_value() for fallback in fallbacks] == ["old", "older"]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"BASE_URL": "https://kiln.example/"}, "https://kiln.example"),
        ({"PORT": "8001"}, "http://127.0.0.1:8001"),
        ({"HOST": "0.0.0.0"}, "http://localhost:8000"),
    ],
)
def test_letters_lead_to_where_people_find_the_shop(given: dict[str, str], address: str) -> None:
    assert Settings.load(given).public_url == address


def test_cookies_are_bound_to_https_where_there_is_https() -> None:
    assert Settings.load({"BASE_URL": "https://kiln.example"}).secure_cookies
    assert not Settings.load({"BASE_URL": "http://kiln.example"}).secure_cookies


def test_nobody_changes_them_later() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings.load({}).port = 9


def test_the_environment_itself_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8123")
    assert Settings.load().port == 8123
    assert config.child_environment(PORT="8124")["PORT"] == "8124"
