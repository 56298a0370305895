"""What one instruction does to a call: where it goes on, and on what that depends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ivrlint.explore import Facts
from ivrlint.flow import AT_ONCE, Duration
from ivrlint.formats.asterisk.arguments import split
from ivrlint.formats.asterisk.arithmetic import is_true
from ivrlint.formats.asterisk.computed import STATUSES
from ivrlint.formats.asterisk.dialplan import Priority
from ivrlint.formats.asterisk.machine import Machine, Values
from ivrlint.formats.asterisk.state import Nowhere, Onward, Place, Way, assign
from ivrlint.formats.asterisk.values import is_known, is_unknown, shown

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

    def gosub(self, destination: str, facts: Facts) -> list[Way]:
        """Where a call leads. It leaves no macro, and knows of no ``i`` or ``e``: what is not there ends it
        (app_stack.c, ``gosub_exec``; app_macro.c).
        """
        context, wanted = self._named(destination)
        ways = self.machine.led(self.place, facts, destination, self.priority.span, self.ruled_out)
        return [
            way if _is_there(way.onward, context, wanted) else self._lost(way, context, wanted)
            for way in ways
        ]

    def _named(self, destination: str) -> tuple[str, str]:
        """The context and extension that ``destination`` names, or leaves out."""
        context, exten, _ = ("", "", *split(destination)[:3])[-3:]
        return context or self.place.context, exten or self.place.exten

    def _lost(self, way: Way, context: str, wanted: str) -> Way:
        facts, span = way.onward.facts, self.priority.span
        reason = f"`{shown(wanted)}` of {shown(context)} is not there to be called"
        if is_known(wanted):
            return Way(way.label, self.machine.undefined(reason, self.place, facts, span), way.usual)
        return Way(
            way.label,
            Onward(Nowhere(f"{reason}: Asterisk hangs up", self.place.name, span), facts),
            way.usual,
        )


def _is_there(onward: Onward, context: str, wanted: str) -> bool:
    """Is ``onward`` what was asked for, not what a jump does where that is missing?"""
    there = onward.place
    if isinstance(there, Nowhere):
        return True
    if is_known(wanted) and is_known(context):
        return (there.context, there.exten) == (context, wanted)
    return there.exten not in ("i", "e")


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
