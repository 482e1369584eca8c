"""Make sure there is a Chromium for the browser tests: the machine's own, Debian's, or Playwright's."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")  # as tests/browsing.py looks for them


def main() -> int:
    if any(shutil.which(name) for name in NAMES):
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get") and _from_debian():
        return 0
    print("Installing Playwright's Chromium (once) …", flush=True)
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if done.returncode != 0:
        print("There is no Chromium for the browser tests: install one (Debian: apt-get install chromium).")
    return done.returncode


def _from_debian() -> bool:
    print("Installing Debian's Chromium (once) …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "--yes", "chromium"]):
        done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return done.returncode == 0 and shutil.which("chromium") is not None


sys.exit(main())
