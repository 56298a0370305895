"""The prompt promises a person, and there is none.

## What it does
Reports keys said to lead to somebody ("to speak to an agent, press 0") from where, proved, no human can be
reached by any way at all. A promise of voicemail or of being called back is none of a person. Where something
unknown or undefined (IVR501) lies on the way, nothing is said.

## Why is this bad
Callers who want a person and get a machine have lost their trust as well as their time.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. To speak to an agent, press 2. For the front desk, press 0."
  1 "billing" -> billing
  2 "agent" -> box
  0 "front desk" -> desk
  timeout 5s x2 -> desk
  invalid x3 -> desk
}
queue billing "Please hold for the billing team."
queue desk "Please hold for the front desk."
voicemail box "Please leave a message." -> hangup
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. To leave a message, press 2. To speak to an agent, press 0."
  1 "billing" -> billing
  2 "message" -> box
  0 "agent" -> desk
  timeout 5s x2 -> desk
  invalid x3 -> desk
}
queue billing "Please hold for the billing team."
queue desk "Please hold for an agent."
voicemail box "Please leave a message." -> hangup
```

## Source
The customer-service writers this tool follows: don't make promises you can't keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import ProblemKind, StepKind
from ivrlint.menus import Menu
from ivrlint.rules import Context

CODE = "IVR403"
NAME = "broken-promise"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per key and menu."""
    people = context.moves.of_kind(StepKind.HUMAN, StepKind.UNKNOWN)
    may_meet_people = context.moves.before(step.id for step in people)
    for menu in context.menus.all:
        told = set()
        for key, action in _promised(context, menu):
            moves = menu.options.get(key, [])
            if key in told or not moves or any(move.target in may_meet_people for move in moves):
                continue
            if _leads_nowhere(context, moves[0].target):
                continue
            told.add(key)
            yield Violation(
                f'{menu.step.name} promises a person ("{action}"), but {key} leads to none',
                moves[0].span,
                "lead it to a queue or a person, or say what it really does",
                step=menu.step,
            )


def _promised(context: Context, menu: Menu) -> Iterator[tuple[str, str]]:
    for announcement in context.menus.announcements(menu):
        for each in announcement.reading.instructions:
            if each.promises_person:
                yield each.key, each.action


def _leads_nowhere(context: Context, step: str) -> bool:
    """Is what follows ``step`` not there? That is said by a rule of its own."""
    lost = {problem.span for problem in context.problems(ProblemKind.UNDEFINED_TARGET)}
    return bool(lost) and any(context.moves.steps[each].span in lost for each in context.moves.beyond([step]))
