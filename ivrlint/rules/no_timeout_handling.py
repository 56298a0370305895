"""Nothing is done for callers who keep silent.

## What it does
Reports menus and questions where nothing is written for the case that a caller presses nothing, so that the
platform drops the call. What a flow does on purpose is judged by IVR204 and IVR205.

## Why is this bad
People who do not know what to press, cannot press, or did not hear the menu, keep silent. They are cut off.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  invalid x3    -> agents
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
GetHuman standard 1.0, item 8; the platforms' documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import MoveKind
from ivrlint.handling import nor_here
from ivrlint.reach import LISTENING
from ivrlint.rules import Context
from ivrlint.words import plural

CODE = "IVR202"
NAME = "no-timeout-handling"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation for the menus that one handler would serve; parts of a menu are told together."""
    unhandled = {step.id for step in context.handling.unhandled(MoveKind.SILENCE)}
    groups = context.places(*LISTENING, within=unhandled)
    for menus in context.handling.by_cause(groups, MoveKind.SILENCE):
        step = menus[0][0]
        others = f" (and in {plural(len(menus) - 1, 'other place')})" if len(menus) > 1 else ""
        yield Violation(
            f"nothing is written for callers who keep silent in {step.name}{others}: the call is dropped",
            step.span,
            "say what happens after the timeout: repeat once, then lead to a person",
            step=step,
            related=nor_here(step, menus),
        )
