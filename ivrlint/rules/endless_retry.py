"""Silence or wrong keys repeat for ever.

## What it does
Reports menus and questions to which silence, or wrong keys, only ever lead back, however often that
happens. If such steps lead to each other, the first is reported.

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

## Source
W3C COGA issue paper on voice menus: a human if the error persists (P). Ireland's public-service guidance: an
operator after two presentations (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, Step
from ivrlint.handling import FAULTS, deeds
from ivrlint.rules import Context

CODE = "IVR205"
NAME = "endless-retry"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per place, for silence, wrong keys or both."""
    found: dict[str, list[tuple[Step, Move]]] = {}
    for fault in FAULTS:
        for step in context.handling.endless(fault):
            handler = context.moves.out(step.id, fault)[0]
            found.setdefault(step.place, []).append((step, handler))
    for handlers in found.values():
        step, first = handlers[0]
        yield Violation(
            f"callers who {deeds([move.kind for _, move in handlers])} in {step.name} hear the same for ever",
            first.span,
            "after the second time, lead them to a person",
            step=step,
        )
