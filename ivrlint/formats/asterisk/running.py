"""What one instruction does to a call: where it goes on, and on what that depends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ivrlint.explore import Facts
from ivrlint.flow import AT_ONCE, Duration
from ivrlint.formats.asterisk.arithmetic import is_true
from ivrlint.formats.asterisk.computed import STATUSES
from ivrlint.formats.asterisk.dialplan import Priority
from ivrlint.formats.asterisk.machine import Machine, Values
from ivrlint.formats.asterisk.state import Onward, Place, Way, assign
from ivrlint.formats.asterisk.values import is_unknown

_SIMPLE = re.compile(r'\$\[\s*"?\$\{(\w+)\}"?\s*=\s*"?([\w*#.-]*)"?\s*\]$')


@dataclass(slots=True, eq=False)
class Run:
    """One instruction about to run."""

    machine: Machine
    place: Place
    facts: Facts
    priority: Priority
    app: str
    raw: str
    ruled_out: Values = frozenset()
    """Statuses that a condition excludes on the side that is being followed."""

    @property
    def args(self) -> str:
        """Arguments with their expressions filled in."""
        return self.machine.expand(self.raw, self.place, self.facts) if "$" in self.raw else self.raw

    def expand(self, source: str) -> str:
        """``source`` as it reads here."""
        return self.machine.expand(source, self.place, self.facts)

    def on(self, facts: Facts | None = None, number: int | None = None) -> Onward:
        """To the next priority."""
        known = self.facts if facts is None else facts
        return self.machine.after(self.place, known, self.priority.span, number)

    def goto(self, destination: str, facts: Facts | None = None) -> list[Way]:
        """Where a jump leads; "" is the next priority."""
        known = self.facts if facts is None else facts
        if not destination.strip():
            return [Way("", self.on(known))]
        return self.machine.goto(self.place, known, destination, self.priority.span, self.ruled_out)


@dataclass(slots=True, eq=False)
class Decision:
    """Where the call goes on, after ``waited``; ``condition`` decides if there are several ways (``by_time``:
    the clock).
    """

    ways: list[Way]
    condition: str = ""
    by_time: bool = False
    waited: Duration = AT_ONCE


def on(run: Run, facts: Facts | None = None) -> Decision:
    """To the next priority, whatever happens."""
    return Decision([Way("", run.on(facts))])


def either(
    run: Run, then: Callable[[Facts], list[Way]], otherwise: Callable[[Facts], list[Way]], raw: str
) -> Decision:
    """By a condition: one side if it is known, else both."""
    truth = is_true(run.expand(raw))
    condition = _told(raw)
    if truth is not None:
        return Decision(then(run.facts) if truth else otherwise(run.facts), condition)
    known = run.facts
    match = _SIMPLE.match(raw.strip())
    if match and is_unknown(run.expand(f"${{{match[1]}}}")) and match[1] in run.machine.outline.interesting:
        known = assign(known, match[1], match[2])
    run.ruled_out = _ruled_out(run, raw, True)
    yes = [Way(both("yes", way.label), way.onward, way.usual) for way in then(known)]
    run.ruled_out = _ruled_out(run, raw, False)
    no = [Way(both("no", way.label), way.onward, way.usual) for way in otherwise(run.facts)]
    run.ruled_out = frozenset()
    return Decision([*yes, *no], condition)


def _ruled_out(run: Run, condition: str, met: bool) -> Values:
    """The statuses with which ``condition`` is surely not ``met`` (or, if False, surely is)."""
    if "STATUS}" not in condition:
        return frozenset()
    return frozenset(
        (name, value)
        for name, values in STATUSES.items()
        if f"${{{name}}}" in condition
        for value in values
        if is_true(run.machine.expand(condition, run.place, assign(run.facts, name, value))) is (not met)
    )


@cache
def _told(raw: str) -> str:
    """A condition for people."""
    condition = " ".join(raw.strip().split())
    return condition[2:-1].strip() if condition.startswith("$[") and condition.endswith("]") else condition


def both(side: str, label: str) -> str:
    """Two labels as one."""
    return f"{side}, {label}" if label else side
