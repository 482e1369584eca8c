"""The key that signs sessions: the operator's, or a random one that this data folder keeps."""

import os
import secrets
from pathlib import Path

from storefront.config import DEVELOPMENT_KEY, Settings

NAME = "secret_key"


def known(settings: Settings) -> dict[str, str]:
    """The key of the shop that runs from the data folder, for a command in another terminal."""
    path = settings.storefront_var.absolute() / NAME
    own = settings.secret_key.get_secret_value() != DEVELOPMENT_KEY
    return {} if own or not path.exists() else {"SECRET_KEY_FILE": str(path)}


def environment(settings: Settings, var: Path) -> dict[str, str]:
    """What to tell the children about the key, if the operator told us none."""
    if settings.secret_key.get_secret_value() != DEVELOPMENT_KEY:
        return {}
    path = var / NAME
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        with fresh.open("w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    return {"SECRET_KEY_FILE": str(path)}
