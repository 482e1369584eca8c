"""Whom the servers run as: ourselves, or somebody humble when we are root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine, by number."""

    uid: int
    gid: int

    @classmethod
    def for_folder(cls, folder: Path) -> Self:
        """Ourselves; for root the folder's owner, or `nobody` where root owns it or it is new.

        PostgreSQL refuses to run as root. A folder that its user once started without root keeps
        that owner, so that it can be started either way.
        """
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        if folder.exists() and (owner := folder.stat()).st_uid != 0:
            return cls(owner.st_uid, owner.st_gid)
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)

    @property
    def is_us(self) -> bool:
        return self.uid == os.geteuid()

    @property
    def name(self) -> str:
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return f"user {self.uid}"

    def as_arguments(self) -> dict[str, Any]:
        """The arguments with which subprocess starts something as this account."""
        return {} if self.is_us else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may(self, test: str, path: Path) -> bool:
        """Ask the machine itself (`test -x`, `test -r`), which knows every parent and list."""
        command = ["/bin/sh", "-c", f'test {test} "$1"', "sh", str(path)]
        return subprocess.run(command, check=False, cwd="/", **self.as_arguments()).returncode == 0

    def own(self, folder: Path) -> Path:
        """A folder that only this account (and root) may enter."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if not self.is_us:
            os.chown(folder, self.uid, self.gid)
        return folder
