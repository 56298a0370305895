"""One key leads to two places.

## What it does
Reports a key that is given twice in one menu, with two targets.

## Why is this bad
Only one of them can be right, and which one a caller gets depends on the platform.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  1 "sales" -> sales
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue sales "Please hold for the sales team."
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For sales, press 2. For an agent, press 0."
  1 "billing" -> billing
  2 "sales" -> sales
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue sales "Please hold for the sales team."
queue agents "Please hold for an agent."
```

## Source
This project: a key can do one thing only.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind
from ivrlint.menus import keys_of
from ivrlint.rules import Context

CODE = "IVR301"
NAME = "duplicate-key"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per further target of a key."""
    for menu in context.menus.all:
        told = set()
        for step in menu.steps:
            for first, again, key in _twice(context, step.id):
                if (key, again.span) in told:
                    continue
                told.add((key, again.span))
                names = (context.moves.steps[move.target].name for move in (first, again))
                yield Violation(
                    f"in {step.name} key {key} leads to {' and to '.join(names)}",
                    again.span,
                    f"give one of them another key than {key}, or delete it",
                    step=step,
                    related=((f"key {key} is given here first", first.span),),
                )


def _twice(context: Context, step: str) -> Iterator[tuple[Move, Move, str]]:
    """Moves out of one copy with a key that an earlier one has, and that lead elsewhere."""
    first: dict[str, Move] = {}
    steps = context.moves.steps
    for move in context.moves.out(step, MoveKind.KEY):
        for key in keys_of(move):
            earlier = first.setdefault(key, move)
            if steps[earlier.target].place != steps[move.target].place:
                yield earlier, move, key
