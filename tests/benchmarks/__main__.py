"""One table of what whole runs cost: work, time, memory, and the same of a peer or a floor.

    python -m tests.benchmarks [--asterisklint PATH] [--connect-flow PATH] [--runs N]

Time is processor time, user and system, which other work on the machine disturbs least; told is the median.
What is compared runs in turn. Peers are run where they are given.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import inputs
from tests.benchmarks.cost import Cost, cost
from tests.conftest import ROOT

Work = tuple[str, list[str], str, list[str]]
"""What is done, our command, the name of what it is compared with, its command (empty: nothing)."""


def ours(*arguments: str) -> list[str]:
    """``ivrlint`` of this checkout."""
    return [sys.executable, "-m", "ivrlint", *arguments]


def works(folder: Path, asterisklint: str, connect_flow: str) -> list[Work]:
    """Everything that is measured; its inputs are written to ``folder``."""
    read = "reading the bytes"
    dialplan, export, menus, chain = inputs.written(folder)
    return [
        ("one sample", ours("check", str(ROOT / "sample_flows/bank.ivr")), "importing networkx, lark, click",
         [sys.executable, "-c", "import networkx, lark, click"]),
        _peer("dialplan, 22,000 lines", dialplan, asterisklint, "dialplan-check"),
        _peer("Connect export, 2,000 menus", export, connect_flow, "lint"),
        (".ivr, 2,000 menus", ours("check", menus), read, _reading(menus)),
        (".ivr, a chain of 1,500 menus", ours("check", chain), read, _reading(chain)),
        ("routes of the dialplan", ours("routes", dialplan), read, _reading(dialplan)),
    ]  # fmt: skip


def _peer(work: str, file: str, peer: str, command: str) -> Work:
    floor = [peer, command, file] if peer else _reading(file)
    return work, ours("check", file), Path(peer).name if peer else "reading the bytes", floor


def _reading(file: str) -> list[str]:
    return [sys.executable, "-c", "import sys; open(sys.argv[1], 'rb').read()", file]


def _typical(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(each.seconds for each in costs), max(each.memory for each in costs))


def _row(work: Work, runs: int) -> str:
    told, command, name, other = work
    pairs = [(cost(command), cost(other)) for _ in range(runs + 1)][1:]  # the first fills caches
    mine, theirs = (_typical([pair[side] for pair in pairs]) for side in (0, 1))
    return (
        f"{told:<30} {mine.seconds:7.2f} s {mine.memory:5.0f} MiB   {name:<32} {theirs.seconds:6.2f} s "
        f"{theirs.memory:5.0f} MiB   {mine.seconds / theirs.seconds:6.2f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--asterisklint", default="", help="path of asterisklint")
    parser.add_argument("--connect-flow", default="", help="path of connect-flow")
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    print(f"{'work':<30} {'ivrlint':>19}   {'peer or floor':<32} {'':>18}    ratio")
    with tempfile.TemporaryDirectory() as folder:
        for work in works(Path(folder), given.asterisklint, given.connect_flow):
            print(_row(work, given.runs), flush=True)


if __name__ == "__main__":
    main()
