"""What `create_app()` costs beside importing the libraries it stands on, in the same process."""

import os
import subprocess
import sys
import tempfile
from statistics import median

ROUNDS = 9
NOWHERE = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1"}
PROGRAM = """
import sys, time
sys.modules["rich"] = None  # It comes with the tools of who develops; no shop has it.
began = time.process_time()
import flask, flask_sqlalchemy, psycopg, flask_limiter, flask_caching, redis
imported = time.process_time()
from storefront import create_app
create_app()
print(imported - began, time.process_time() - imported)
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sf-bench-") as compiled:
        _started(compiled)  # So that everything is compiled, as in the image, and read from the disk.
        rounds = [_started(compiled) for _ in range(ROUNDS)]
    libraries, shop = (median(column) for column in zip(*rounds, strict=True))
    print(
        f"Start: {libraries:.2f} s of processor for the libraries, {shop:.2f} s for create_app()"
        f" = {shop / libraries:.2f} x (goal 1.25)"
    )


def _started(compiled: str) -> tuple[float, ...]:
    """Seconds of processor that a new process took for each; it keeps what it compiles."""
    program = [sys.executable, "-c", PROGRAM]
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
    env = os.environ | NOWHERE | kept
    said = subprocess.run(program, check=True, capture_output=True, text=True, env=env)
    return tuple(map(float, said.stdout.split()))
