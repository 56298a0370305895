"""Silence or wrong keys repeat for ever.

## What it does
Reports menus and questions to which silence, or wrong keys, only ever lead back, however often that
happens. If such steps lead to each other, the first is reported. With `presentations` set, also those that
are heard more often than that before something else happens.

## Why is this bad
The third time around the caller knows that nobody is there who could help.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s    -> repeat
  invalid       -> repeat
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
```

## Options
- `presentations` (default 0): how often a menu may be heard in a row; 0 is any number, but not for ever.

## Source
W3C COGA issue paper on voice menus: a human if the error persists (P). Ireland's public-service guidance: an
operator after two presentations (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, Step, StepKind
from ivrlint.handling import FAULTS, Fault, deeds
from ivrlint.reach import LISTENING, SYSTEM
from ivrlint.rules import Context
from ivrlint.source import Span

CODE = "IVR205"
NAME = "endless-retry"
SEVERITY = Severity.WARNING


class Options(NamedTuple):
    """What can be set."""

    presentations: Annotated[int, range(0, 100)] = 0


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu, for silence, wrong keys or both."""
    told: set[Span] = set()
    for violation in _endless(context):
        told.add(violation.step.span if violation.step else violation.span)
        yield violation
    most = context.options(CODE, Options).presentations
    for copies in context.places(*LISTENING, within=context.reach.reached) if most else ():
        if copies[0].span not in told:
            yield from _too_often(copies, most, context)


def _endless(context: Context) -> Iterator[Violation]:
    """Menus that share a handler are told once."""
    found: dict[str, list[Move]] = {}
    for fault in FAULTS:
        for step in context.handling.endless(fault):
            found.setdefault(step.id, []).extend(context.moves.out(step.id, fault))
    told: set[Span] = set()
    for copies in context.places(*LISTENING, within=found):
        handlers = [move for copy in copies for move in found[copy.id]]
        if handlers[0].span not in told:
            told.add(handlers[0].span)
            yield Violation(
                f"callers who {deeds([move.kind for move in handlers], copies[0])} in {copies[0].name} "
                "hear the same for ever",
                handlers[0].span,
                "after the second time, lead them to a person",
                step=copies[0],
            )


def _too_often(copies: list[Step], most: int, context: Context) -> Iterator[Violation]:
    heard = {fault: _Presentations(fault, context).most(copies) for fault in FAULTS}
    kinds = [fault for fault, count in heard.items() if count > most]
    moves = [move for copy in copies for move in context.moves.out(copy.id, *kinds)] if kinds else []
    if moves:
        count = max(heard[fault] for fault in kinds)
        yield Violation(
            f"callers who {deeds(kinds, copies[0])} in {copies[0].name} hear it {count} times (limit {most})",
            moves[0].span,
            f"lead them to a person after {most}",
            step=copies[0],
        )


class _Presentations:
    """How often a menu is heard by callers who make the same fault again and again."""

    def __init__(self, fault: Fault, context: Context) -> None:
        self._fault = fault
        self._moves = context.moves
        self._counted: dict[str, int] = {}

    def most(self, copies: list[Step]) -> int:
        """Of ``copies`` of one menu; 0 where that may be for ever."""
        counts = [self._from(copy) for copy in copies]
        return max(counts) if ENDLESS not in counts else 0

    def _from(self, step: Step) -> int:
        if step.id not in self._counted:
            self._counted[step.id] = ENDLESS  # if it is met again on the way
            self._counted[step.id] = max(
                (self._after(move, step) for move in self._moves.out(step.id, self._fault)), default=1
            )
        return self._counted[step.id]

    def _after(self, move: Move, step: Step) -> int:
        counts = [self._from(each) for each in self._heard_next(move) if each.span == step.span]
        return min(move.attempts + max(counts, default=0), ENDLESS)

    def _heard_next(self, move: Move) -> list[Step]:
        """Menus and questions that the call comes to by itself after ``move``."""
        steps = self._moves.steps
        passed = self._moves.beyond(
            [move.target], lambda each: each.kind in SYSTEM and steps[each.source].kind in _PASSED
        )
        return [steps[id_] for id_ in sorted(passed) if steps[id_].kind in LISTENING]


ENDLESS = 1_000_000
_PASSED = (StepKind.SAY, StepKind.CHECK)
