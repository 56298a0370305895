"""What a whole `ivrlint check` of a large dialplan costs beside `asterisklint dialplan-check` of it.

    python -m tests.benchmarks.dialplan FILE PATH/TO/asterisklint...

FILE is a dialplan of about 20,000 lines. All are run in turn, whole processes, their output thrown away; told
are the median time and the peak memory of each, and both of ours as a multiple of theirs.

Measured on 2026-11-22 (Python 3.11, two cores shared with others, processor time, median of 5 pairs): 26,005
lines 2.6 s and 114 MiB, asterisklint 0.4.3 2.0 s and 42 MiB, so 1.3 times the time and 2.7 times the memory;
104,005 lines 10.8 s and 349 MiB, 3.8 times the time for 4 times the lines.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from typing import NamedTuple

from tests.conftest import ROOT

RUNS = 5
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


class Cost(NamedTuple):
    """Of one process: wall time in seconds and peak memory in MiB."""

    seconds: float
    memory: float


def cost(command: list[str]) -> Cost:
    """Run ``command`` to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    )
    _, _, usage = os.wait4(process.pid, 0)
    return Cost(time.perf_counter() - start, usage.ru_maxrss / 1024)


def main(file: str, *peers: str) -> None:
    """Print the table."""
    path = os.path.abspath(file)
    commands = {"ivrlint check": [sys.executable, "-m", "ivrlint", "check", path]}
    commands |= {peer: [peer, "dialplan-check", path] for peer in peers}
    runs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            runs[name].append(cost(command))
    ours = _typical(runs["ivrlint check"])
    for name, costs in runs.items():
        seconds, memory = _typical(costs)
        ratios = f"ours: {ours.seconds / seconds:5.2f} times the time, {ours.memory / memory:5.2f} the memory"
        print(f"{name:<40} {seconds:6.2f} s {memory:6.0f} MiB   {ratios}")


def _typical(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(each.seconds for each in costs), max(each.memory for each in costs))


if __name__ == "__main__":
    main(*sys.argv[1:])
