"""What a whole `ivrlint check` of a large dialplan costs beside `asterisklint dialplan-check` of it.

    python -m tests.benchmarks.dialplan FILE PATH/TO/asterisklint

FILE is a dialplan of about 20,000 lines. Both are run in turn, whole processes, their output thrown away, and
their medians compared; peak memory is that of the largest run of each.
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


class Cost(NamedTuple):
    """Of one process: wall time in seconds and peak memory in MiB."""

    seconds: float
    memory: float


def cost(command: list[str]) -> Cost:
    """Run ``command`` to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
    )
    _, _, usage = os.wait4(process.pid, 0)
    return Cost(time.perf_counter() - start, usage.ru_maxrss / 1024)


def main(file: str, other: str) -> None:
    """Print the table."""
    path = os.path.abspath(file)
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(cost([sys.executable, "-m", "ivrlint", "check", path]))
        theirs.append(cost([other, "dialplan-check", path]))
    for name, costs in (("ivrlint check", ours), ("asterisklint dialplan-check", theirs)):
        seconds = statistics.median(each.seconds for each in costs)
        print(f"{name:<28} {seconds:6.2f} s {max(each.memory for each in costs):6.0f} MiB")
    times = [statistics.median(each.seconds for each in costs) for costs in (ours, theirs)]
    memory = [max(each.memory for each in costs) for costs in (ours, theirs)]
    print(f"{'ratio':<28} {times[0] / times[1]:6.2f}   {memory[0] / memory[1]:6.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:3])
