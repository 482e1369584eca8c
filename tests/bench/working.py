"""How long the processes of a family have worked, as Linux counts it."""

import os
import time
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def worked(leaders: dict[str, int]) -> dict[str, float]:
    """Seconds of processor time of each family so far, and of this process, which plays the buyers."""
    families = {who: sum(map(_seconds, family(leader))) for who, leader in leaders.items()}
    return families | {"buyers": time.process_time()}


def family(leader: int) -> list[int]:
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
    return [leader, *map(int, children)]


def _seconds(pid: int) -> float:
    """Its own time, and for the dead children's sake theirs."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICK
