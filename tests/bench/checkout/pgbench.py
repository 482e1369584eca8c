"""The same statements without us: what PostgreSQL does when nobody thinks between them."""

import re
import subprocess
from pathlib import Path

from storefront.embedded import place, programs
from storefront.embedded.postgres import NAME
from tests.bench.shop import BenchShop


def run(shop: BenchShop, script: str, *, clients: int, seconds: int, name: str) -> float:
    """Orders in a second of a script, with statements prepared as our driver prepares them."""
    where = place.prepare(shop.folder)
    file = shop.folder / "order.sql"
    file.write_text(script)
    file.chmod(0o644)
    command: list[str | Path] = [
        programs.postgres("pgbench", where.account),
        "--no-vacuum",
        "--protocol=prepared",
    ]
    command += [f"--client={clients}", f"--time={seconds}", f"--file={file}"]
    command += [
        "--define=n=-1",
        f"--define=run={name}",
        f"--host={where.sockets}",
        f"--username={NAME}",
        NAME,
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", **where.account.as_arguments()
    )
    found = re.search(r"tps = ([0-9.]+)", done.stdout)
    assert found, f"pgbench: {done.stdout}{done.stderr}"
    assert "ERROR" not in done.stderr, f"pgbench: {done.stderr}"
    return float(found[1])
