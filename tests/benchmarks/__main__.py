"""One table of what whole runs cost: work, time, memory, and the same of a peer or a floor.

    python -m tests.benchmarks [--asterisklint PATH] [--connect-flow PATH] [--runs N] [--large] [FILE ...]

Time is processor time, user and system, which other work on the machine disturbs least; told is the median.
What is compared runs in turn. Peers are run where they are given. ``--large`` checks a million moves, which
takes minutes; FILEs are checked beside what is made here.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import inputs
from tests.benchmarks.cost import ROOT, Cost, cost


class Work(NamedTuple):
    """What is done, our command, and what it is compared with: a name and a command."""

    told: str
    ours: list[str]
    name: str
    other: list[str]


def works(folder: Path, asterisklint: str, connect_flow: str) -> list[Work]:
    """Everything that is measured; its inputs are written to ``folder``."""
    given = inputs.written(folder)
    sample = str(ROOT / "sample_flows/bank.ivr")
    return [
        Work("start-up: one sample", _check(sample), "importing networkx, lark, click",
             [sys.executable, "-c", "import networkx, lark, click"]),
        _beside("dialplan, 22,000 lines", given.dialplan, asterisklint, "dialplan-check"),
        _beside("Connect, 2,000 menus", given.export, connect_flow, "lint"),
        Work("Connect, 4,000 menus", _check(given.twice), "half of them", _check(given.export)),
        _read("Connect, 300 linked flows", _check(given.flows), given.flows),
        _read(".ivr, 2,000 menus", _check(given.menus), given.menus),
        _read(".ivr, a chain of 1,500 menus", _check(given.chain), given.chain),
        Work("1,000 files, a second time", _check(given.files, "--cache"), "the first time",
             _check(given.files)),
        _read("routes of the dialplan", _ours("routes", given.dialplan), given.dialplan),
        _read("diagram of one sample", _ours("diagram", sample, "-o", str(folder / "sample.svg")), sample),
    ]  # fmt: skip


def _ours(*arguments: str) -> list[str]:
    """``ivrlint`` of this checkout."""
    return [sys.executable, "-m", "ivrlint", *arguments]


def _check(path: str, cache: str = "--no-cache") -> list[str]:
    return _ours("check", cache, path)


def _beside(told: str, file: str, peer: str, command: str) -> Work:
    if not peer:
        return _read(told, _check(file), file)
    return Work(told, _check(file), Path(peer).name, [peer, command, file])


def _read(told: str, command: list[str], path: str) -> Work:
    """Beside reading the bytes."""
    files = "[f.read_bytes() for f in (p.iterdir() if p.is_dir() else [p])]"
    floor = f"import sys, pathlib; p = pathlib.Path(sys.argv[1]); {files}"
    return Work(told, command, "reading the bytes", [sys.executable, "-c", floor, path])


def _typical(costs: list[Cost]) -> Cost:
    return Cost(statistics.median(each.seconds for each in costs), max(each.memory for each in costs))


def _row(work: Work, runs: int, cache: Path) -> str:
    pairs = [(cost(work.ours, cache), cost(work.other, cache)) for _ in range(runs + 1)]
    counted = pairs[1:] or pairs  # the first fills caches
    mine, theirs = (_typical([pair[side] for pair in counted]) for side in (0, 1))
    return (
        f"{work.told:<30} {mine.seconds:7.2f} s {mine.memory:5.0f} MiB   {work.name:<32} "
        f"{theirs.seconds:6.2f} s {theirs.memory:5.0f} MiB   {mine.seconds / theirs.seconds:6.2f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--asterisklint", default="", help="path of asterisklint")
    parser.add_argument("--connect-flow", default="", help="path of connect-flow")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="a million moves, once")
    parser.add_argument("files", nargs="*", metavar="FILE")
    given = parser.parse_args()
    print(f"{'work':<30} {'ivrlint':>19}   {'peer or floor':<32} {'':>18}    ratio")
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name), Path(name, "cache")
        for work in works(folder, given.asterisklint, given.connect_flow):
            print(_row(work, given.runs, cache), flush=True)
        for file in given.files:
            print(_row(_read(Path(file).name[-30:], _check(file), file), given.runs, cache), flush=True)
        if given.large:
            path = inputs.large(folder)
            print(_row(_read("Connect, a million moves", _check(path), path), 0, cache), flush=True)


if __name__ == "__main__":
    main()
