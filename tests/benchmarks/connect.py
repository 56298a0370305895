"""What a whole `ivrlint check` of one large Connect export costs beside another program's check of it.

    python -m tests.benchmarks.connect EXPORT OTHER [ARGUMENT]...

``OTHER ARGUMENT... EXPORT`` is the command compared with, for example ``connect-flow lint``. Both are run in
turn, whole processes, and their medians compared; the first run of each is not counted.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time

from tests.conftest import ROOT

RUNS = 5


def seconds(command: list[str]) -> float:
    """Wall time of one process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main(export: str, *other: str) -> None:
    """Print the table."""
    commands = {"ivrlint": [sys.executable, "-m", "ivrlint", "check", export], other[0]: [*other, export]}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):
        for name, command in commands.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
    for name, median in medians.items():
        print(f"{name:<40} {median * 1000:6.0f} ms   ratio {median / medians[other[0]]:.2f}")
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main(*sys.argv[1:])
