"""Ask others what they know of our packages and image; who cannot be asked is named, and fails nothing."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AWAY = re.compile(
    "ConnectionError|Max retries|NameResolution|unreachable|timed out|ProxyError|dial tcp|no such host"
    "|Docker daemon|40[34] |SSLError|error sending request|unknown (command|flag)|is not a docker command"
    "|ServiceError|Failed to (fetch|download)"
)
"""What they say when it is not about us."""


def main() -> int:
    """How many of them found something."""
    found = [
        asked("pip-audit", packages()),
        asked("hadolint", ["hadolint", str(ROOT / "Dockerfile")]),
        asked("trivy, what it knows of our files", ["trivy", "config", "--exit-code", "1", str(ROOT)]),
        asked(
            "trivy, what it knows of the image", ["trivy", "image", "--exit-code", "1", "storefront:latest"]
        ),
        asked(
            "docker compose",
            ["docker", "compose", "--file", str(ROOT / "docker-compose.yml"), "config", "-q"],
        ),
    ]
    return min(1, sum(found))


def packages() -> Sequence[str]:
    locked = ["--requirement", str(ROOT / "requirements.txt"), "--require-hashes", "--disable-pip"]
    return [
        str(Path(sys.executable).with_name("uv")),
        "tool",
        "run",
        "pip-audit",
        "--progress-spinner",
        "off",
        *locked,
    ]


def asked(name: str, command: Sequence[str]) -> int:
    """1 when it found something; what it said is printed."""
    if shutil.which(command[0]) is None:
        print(f"NOT SEEN  {name}: there is no {command[0]} here")
        return 0
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = f"{done.stdout}{done.stderr}".strip()
    if done.returncode == 0:
        print(f"well      {name}: {(said.splitlines() or ['nothing found'])[-1]}")
        return 0
    if AWAY.search(said):
        print(f"NOT SEEN  {name}: {said.splitlines()[-1][:150]}")
        return 0
    print(f"FOUND     {name}:\n{said}")
    return 1


sys.exit(main())
