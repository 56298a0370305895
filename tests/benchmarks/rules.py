"""What the rules cost beside reading a large project.

    python -m tests.benchmarks.rules [STEPS] [ivr|dialplan|connect]

Told is the processor time of reading, of each rule (the first that needs something pays for it), and of all
rules as a multiple of reading.

Measured on 2026-11-22 (Python 3.11, two cores, little else running): `.ivr` 100,400 steps 0.74 times
reading, a dialplan of 111,111 steps 1.42 times, Connect exports of 102,009 steps and 714,009 moves 1.77
times. With every prompt different, Connect's 5,003 steps took 2.5 times (on a busy machine): reading the
words is the largest part.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from pathlib import Path

from ivrlint import linter
from ivrlint.config import Settings
from ivrlint.rules import all_rules
from tests.benchmarks import inputs

MENUS = 250
"""Menus in one file; each has two steps of its own."""

_PROMPTS = (
    "For {a}, press 1. For {b}, press 2. To hear this again, press 9. For an agent, press 0.",
    "Para {a}, pulse uno. Para {b}, pulse dos. Para repetir, pulse nueve. Para un agente, pulse cero.",
    "Press 1 for {a}, 2 for {b}, 9 to hear this again, or 0 for an agent.",
)


def text(number: int) -> str:
    """One file: a tree of menus, each with an announcement before it, and queues."""
    parts = [f'line "+1 800 {number:07}" -> say_0\nqueue agents "Please hold for an agent."\n']
    for menu in range(MENUS):
        prompt = _PROMPTS[menu % 3].format(a=f"subject {menu}", b=f"matter {menu}")
        first, second = (f"say_{2 * menu + i}" if 2 * menu + i < MENUS else "agents" for i in (1, 2))
        parts.append(
            f'say say_{menu} "You have come to part {menu} of {number}." -> menu_{menu}\n'
            f'menu menu_{menu} {{\n  prompt "{prompt}"\n  1 "one" -> {first}\n  2 "two" -> {second}\n'
            '  9 "again" -> repeat\n  0 "agent" -> agents\n'
            "  timeout 5s x2 -> agents\n  invalid x3 -> agents\n}\n"
        )
    return "".join(parts)


PER_MENU = {"dialplan": 4.5, "connect": 1}
"""Steps that a menu of :mod:`tests.benchmarks.inputs` comes to."""

MOST_MENUS = 25_000
"""In one file; a larger one might be refused."""


def project(folder: Path, steps: int, format_: str) -> None:
    """Write about ``steps`` steps to ``folder``."""
    if format_ == "ivr":
        for number in range(steps // (2 * MENUS)):
            Path(folder, f"{number:04}.ivr").write_text(text(number), encoding="utf-8")
        return
    menus = int(steps / PER_MENU[format_])
    ending, make = {"dialplan": ("conf", inputs.dialplan), "connect": ("json", inputs.export)}[format_]
    for first in range(0, menus, MOST_MENUS):
        text_ = make(min(MOST_MENUS, menus - first))
        Path(folder, f"{first}.{ending}").write_text(text_, encoding="utf-8")


def main(steps: str = "100000", format_: str = "ivr") -> None:
    """Print the table."""
    gc.disable()  # as the program does
    with tempfile.TemporaryDirectory() as folder:
        project(Path(folder), int(steps), format_)
        begun = time.process_time()
        reading = linter.read([folder], Settings())
        read = time.process_time() - begun
        print(f"{len(reading.flow.steps)} steps, {len(reading.flow.moves)} moves\nreading  {read:8.2f} s")
        total = 0.0
        for rule in all_rules():
            begun = time.process_time()
            count = sum(1 for _ in rule.check(reading.context))
            taken = time.process_time() - begun
            total += taken
            print(f"{rule.CODE}   {taken:8.2f} s   {count} violations")
    print(f"rules    {total:8.2f} s   {total / read:.2f} times reading")


if __name__ == "__main__":
    main(*sys.argv[1:])
