"""Check that models and migrations agree, and that each migration is safe on a running shop.

Run by `make check`: alembic compares them on a throw-away database, squawk reads the SQL.
"""

import re
import subprocess
import sys
from pathlib import Path

from storefront.config import child_environment
from tests import leftovers
from tests.servers import Servers

STOREFRONT = [sys.executable, "-m", "storefront"]
FOREIGN = {"0002"}  # procrastinate wrote this one; we take it as it is.


def main() -> int:
    """Both questions, both answered even if the first answer is no."""
    with leftovers.folder() as folder:
        servers = Servers(folder, "main")
        told = {
            "DATABASE_URL": servers.database("checked"),
            "REDIS_ENABLED": "0",
            "STOREFRONT_VAR": str(folder),
        }
        environment = child_environment(**told)
        same = subprocess.run([*STOREFRONT, "check-migrations"], env=environment, check=False)
        shown = subprocess.run(
            [*STOREFRONT, "migrate", "--sql"], env=environment, capture_output=True, check=True
        )
        scripts = _one_file_each(shown.stdout.decode(), folder)
        safe = subprocess.run([Path(sys.executable).with_name("squawk"), *scripts], check=False)
        servers.leave()
    return same.returncode or safe.returncode


def _one_file_each(sql: str, folder: Path) -> list[Path]:
    _, *parts = re.split(r"^-- Running upgrade .*-> (\S+)$", sql, flags=re.MULTILINE)
    scripts = []
    for revision, statements in zip(parts[::2], parts[1::2], strict=True):
        if revision not in FOREIGN:
            scripts.append(folder / f"{revision}.sql")
            inside = statements.strip().removesuffix("COMMIT;")
            scripts[-1].write_text(f"SET LOCAL lock_timeout = '3s';\n{inside}")
    return scripts


if __name__ == "__main__":
    sys.exit(main())
