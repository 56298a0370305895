"""What a whole `ivrlint check` of one sample costs beside importing what it stands on.

    python -m tests.benchmarks.startup

Both are run in turn, whole processes, and their medians compared; the first run of each is not counted.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

from tests.conftest import ROOT

RUNS = 11
FLOOR = ["-c", "import networkx, lark, click"]
CHECK = ["-m", "ivrlint", "check", "sample_flows/bank.ivr"]
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def seconds(arguments: list[str]) -> float:
    """Wall time of one process."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    for warm_up in (FLOOR, CHECK):
        seconds(warm_up)
    floor, check = [], []
    for _ in range(RUNS):
        floor.append(seconds(FLOOR))
        check.append(seconds(CHECK))
    base, ours = statistics.median(floor), statistics.median(check)
    print(f"{'import networkx, lark, click':<32} {base * 1000:6.0f} ms")
    print(f"{'ivrlint check sample_flows/bank.ivr':<32} {ours * 1000:6.0f} ms   ratio {ours / base:.2f}")


if __name__ == "__main__":
    main()
