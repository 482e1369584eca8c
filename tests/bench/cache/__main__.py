"""Print what kept pages cost and save: `python -m tests.bench.cache`, or some of it by name."""

import sys

from tests.bench.cache import cold, comparing, day, starting, thinking

PARTS = {"starting": starting, "comparing": comparing, "thinking": thinking, "cold": cold, "day": day}


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        PARTS[name].main()


if __name__ == "__main__":
    main()
