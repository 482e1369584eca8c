"""Read the operator's settings from the environment, once, and refuse to start on a bad one."""

import os
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

from flask import current_app
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

DEVELOPMENT_KEY = "development only: not a secret"  # Production refuses it by its length and name.


SCHEMES = {
    "base_url": ("http", "https"),
    "database_url": ("postgresql", "postgres", "postgresql+psycopg"),
    "redis_url": ("redis", "rediss", "unix"),
    "smtp_url": ("smtp", "smtps"),
}


class BadSetting(Exception):
    """A variable of the environment cannot be used; the message names it and says why."""


COUNTS = "PROMETHEUS_MULTIPROC_DIR"
Count = Annotated[int, Field(ge=1)]
Rate = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,8}/([1-9][0-9]{0,5} )?(second|minute|hour|day)s?$")]
"""How often something may be done: 10/minute, 3/day, 10/5 minutes."""


class Settings(BaseModel):
    """Everything the operator may set; `.env.example` explains each one.

    Amounts are minor units of the shop's currency, durations are seconds.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    storefront_env: Literal["development", "production", "test"] = "development"
    storefront_var: Path = Path("var")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    worker_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    base_url: str = ""
    trusted_proxies: Annotated[int, Field(ge=0, le=10)] = 0
    web_workers: Count = 2
    web_threads: Count = 6

    database_url: str = ""
    postgres_host: str = ""
    postgres_port: Annotated[int, Field(ge=1, le=65535)] = 5432
    postgres_db: str = "storefront"
    postgres_user: str = "storefront"
    postgres_password: SecretStr = SecretStr("")
    db_pool_size: Count = 2
    db_max_overflow: Annotated[int, Field(ge=0)] = 0
    db_pool_timeout: Annotated[float, Field(gt=0)] = 2.0
    db_pool_recycle: Annotated[int, Field(ge=-1)] = 1800

    redis_url: str = ""
    redis_host: str = ""
    redis_port: Annotated[int, Field(ge=1, le=65535)] = 6379
    redis_db: Annotated[int, Field(ge=0)] = 0
    redis_password: SecretStr = SecretStr("")
    redis_enabled: bool = True
    redis_cache_ttl: Count = 300
    cache_home: Count = 60
    cache_list: Count = 60
    cache_product: Count = 300
    cache_search: Count = 60
    cache_suggestions: Count = 300
    cache_content: Count = 300
    cache_machines: Count = 300
    cache_stale: Count = 60
    cache_memory: Annotated[int, Field(ge=0, le=1024)] = 16
    cache_shared: Annotated[int, Field(ge=0)] = 10

    secret_key: SecretStr = SecretStr(DEVELOPMENT_KEY)
    secret_key_fallbacks: tuple[SecretStr, ...] = ()
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    commit: str = ""
    metrics_token: SecretStr = SecretStr("")
    tls_probe: str = ""
    wal_archive: Path | None = None
    backup_nightly: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    rate_limit_enabled: bool = True
    rate_limit_calls: Count = 100
    rate_limit_period: Count = 60
    rate_limit_search: Rate = "30/minute"
    rate_limit_suggestions: Rate = "120/minute"
    rate_limit_change_cart: Rate = "60/minute"
    rate_limit_place_order: Rate = "10/minute"
    rate_limit_sign_up: Rate = "5/minute"
    rate_limit_sign_in: Rate = "10/5 minutes"
    rate_limit_reset: Rate = "3/day"
    rate_limit_find_order: Rate = "5/minute"
    rate_limit_review: Rate = "3/minute"
    rate_limit_api: Rate = "60/minute"
    rate_limit_api_key: Rate = "600/minute"
    pagination_max_limit: Annotated[int, Field(ge=1, le=1000)] = 100

    min_price: Annotated[int, Field(ge=0)] = 0
    max_price: Annotated[int, Field(ge=1, le=10**12)] = 100_000_000
    max_line_quantity: Annotated[int, Field(ge=1, le=10_000)] = 99
    max_cart_lines: Annotated[int, Field(ge=1, le=1000)] = 100
    cart_days: Annotated[int, Field(ge=1)] = 30
    bank_transfer_days: Annotated[int, Field(ge=1, le=60)] = 7
    few_left: Annotated[int, Field(ge=1)] = 3

    @field_validator("secret_key_fallbacks", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part for part in value.split(",") if part) if isinstance(value, str) else value

    @field_validator("storefront_env", "log_level", mode="before")
    @classmethod
    def _known_word(cls, value: object, info: Any) -> object:
        if isinstance(value, str):
            return value.upper() if info.field_name == "log_level" else value.lower()
        return value

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Settings from the environment; `NAME_FILE` reads NAME from a file. Raises BadSetting."""
        environ = os.environ if environ is None else environ
        values = {name: found for name in cls.model_fields if (found := _look_up(environ, name.upper()))}
        try:
            settings = cls.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            raise BadSetting(f"{str(first['loc'][0]).upper()}: {first['msg']}.") from None
        settings.refuse_unsafe()
        return settings

    def refuse_unsafe(self) -> None:
        """Settings that are readable, and yet cannot be meant. Raises BadSetting."""
        if self.min_price > self.max_price:
            raise BadSetting("MIN_PRICE: is above MAX_PRICE.")
        for name, schemes in SCHEMES.items():
            _refuse_other_schemes(name.upper(), getattr(self, name), schemes)
        secret = self.secret_key.get_secret_value()
        if self.production and (len(secret) < 32 or secret == DEVELOPMENT_KEY):
            raise BadSetting("SECRET_KEY: production needs a random one of at least 32 characters.")

    @property
    def production(self) -> bool:
        return self.storefront_env == "production"

    @property
    def secure_cookies(self) -> bool:
        """Whether shoppers come by https, so that cookies can be bound to it."""
        return self.base_url.startswith("https://")

    @property
    def public_url(self) -> str:
        """Where people find the shop, for links in letters."""
        host = "localhost" if self.host in ("0.0.0.0", "::") else self.host  # noqa: S104 - compared, not bound
        return self.base_url.rstrip("/") or f"http://{host}:{self.port}"

    @cached_property
    def sqlalchemy_url(self) -> str:
        """Where PostgreSQL is, in SQLAlchemy's spelling; empty when none was named."""
        if self.database_url:
            scheme, _, rest = self.database_url.partition("://")
            return f"postgresql+psycopg://{rest}" if scheme.startswith("postgres") else self.database_url
        if not self.postgres_host:
            return ""
        password = quote(self.postgres_password.get_secret_value(), safe="")
        user = f"{quote(self.postgres_user, safe='')}:{password}"
        return f"postgresql+psycopg://{user}@{self.postgres_host}:{self.postgres_port}/{self.postgres_db}"

    @cached_property
    def libpq_url(self) -> str:
        """The same address for programs that speak libpq's own dialect."""
        return self.sqlalchemy_url.replace("postgresql+psycopg://", "postgresql://", 1)

    @cached_property
    def valkey_url(self) -> str:
        """Where Valkey or Redis is; empty when none was named or it is switched off."""
        if not self.redis_enabled:
            return ""
        if self.redis_url or not self.redis_host:
            return self.redis_url
        password = quote(self.redis_password.get_secret_value(), safe="")
        return f"redis://:{password}@{self.redis_host}:{self.redis_port}/{self.redis_db}"


def _refuse_other_schemes(name: str, address: str | SecretStr, schemes: tuple[str, ...]) -> None:
    text = address.get_secret_value() if isinstance(address, SecretStr) else address
    scheme, found, _rest = text.partition("://")
    if text and not (found and scheme in schemes):
        raise BadSetting(f"{name}: must start with {' or '.join(f'{one}://' for one in schemes)}.")


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def _look_up(environ: Mapping[str, str], name: str) -> str | None:
    path = environ.get(f"{name}_FILE")
    if not path:
        return environ.get(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{name}_FILE: cannot read {path}: {error}.") from None


def count_together() -> Path:
    """The folder in which this process and its children count together, for prometheus_client.

    It reads the variable when it is imported, so this comes before.
    """
    if COUNTS not in os.environ:
        os.environ[COUNTS] = tempfile.mkdtemp(prefix="storefront-counts-")
    return Path(os.environ[COUNTS])


def counts_together() -> bool:
    """Whether several processes count."""
    return COUNTS in os.environ


def child_environment(**changes: str) -> dict[str, str]:
    """This process's environment with changes, for a child that reads its own settings from it."""
    return {**os.environ, **changes}
