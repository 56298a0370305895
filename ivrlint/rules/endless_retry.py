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
from ivrlint.flow import Move
from ivrlint.handling import FAULTS, deeds
from ivrlint.reach import LISTENING
from ivrlint.rules import Context
from ivrlint.source import Span

CODE = "IVR205"
NAME = "endless-retry"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu, for silence, wrong keys or both; menus that share a handler are told once."""
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
