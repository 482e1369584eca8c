"""Make sure there is what the deployment is tried with: nginx and Prometheus' own tools, from Debian."""

import os
import shutil
import subprocess
import sys

PACKAGES = {"nginx": "nginx", "promtool": "prometheus", "amtool": "prometheus-alertmanager"}


def main() -> int:
    missing = {program: package for program, package in PACKAGES.items() if shutil.which(program) is None}
    if not missing:
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing Debian's {', '.join(missing.values())} (once) …", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *missing.values()]
        for command in (["apt-get", "-qq", "update"], install):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    for program, package in missing.items():
        if shutil.which(program) is None:
            print(
                f"There is no {program} here, so its tests are skipped (Debian: apt-get install {package})."
            )
    return 0


sys.exit(main())
