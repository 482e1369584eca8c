"""How the machine and the operator's settings are."""

import platform
import shutil
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version

from storefront.config import DEVELOPMENT_KEY, Settings, settings
from storefront.office.backups import making, manifest
from storefront.office.checkups.symptom import Symptom
from storefront.platform import clock

ROOM = 1024**3  # bytes: below this, the next import or backup may fill the disk
MOST_AGE = timedelta(hours=26)  # of the newest backup: a night may begin late


def versions() -> Symptom:
    """Which version of what runs."""
    parts = [f"{name} {_version(name)}" for name in ("storefront", "flask", "sqlalchemy", "procrastinate")]
    return Symptom(f"Python {platform.python_version()}, {', '.join(parts)}")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # A checkout that runs without having been installed.
        return "from its checkout"


def environment() -> Symptom:
    """Whether the settings fit what the shop is for."""
    given = settings()
    wrong = _unfit(given) if given.production else None
    own = given.secret_key.get_secret_value() != DEVELOPMENT_KEY
    says = (
        f"{given.storefront_env}, {given.base_url or 'no BASE_URL'}, {given.trusted_proxies} trusted proxies,"
        f" {'a secret key of its own' if own else 'the development key'}"
    )
    return Symptom(says, wrong)


def _unfit(given: Settings) -> str | None:
    if not given.base_url:
        return "Set BASE_URL to the shop's address: the links in mails need it."
    if not given.secure_cookies:
        return "Set BASE_URL to an https:// address: cookies are bound to it, and browsers refuse them else."
    if not given.rate_limit_enabled:
        return "Unset RATE_LIMIT_ENABLED: nobody is limited now."
    return None


def disk() -> Symptom:
    """Whether there is room beside the shop's data."""
    folder = settings().storefront_var
    try:
        usage = shutil.disk_usage(folder)
    except OSError as error:
        return Symptom(
            f"{folder} cannot be read ({error.strerror})", "Set STOREFRONT_VAR to a folder of ours."
        )
    says = f"{usage.free / ROOM:.1f} of {usage.total / ROOM:.1f} GiB free at {folder}"
    return Symptom(says, "Make room, or move STOREFRONT_VAR." if usage.free < ROOM else None)


def backup() -> Symptom:
    """Whether the shop could be restored as it was yesterday; a shop that is only tried out need not."""
    made = making.all_of(making.folder())
    age = clock.now() - manifest.at(made[0]) if made else None
    says = "none" if age is None else f"the newest is {age.total_seconds() / 3600:.0f} h old"
    late = age is None or age > MOST_AGE
    return Symptom(says, "Run storefront backup every night." if late and settings().production else None)
