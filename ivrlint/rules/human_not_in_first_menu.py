"""The first menu offers no human.

## What it does
Reports the first menu of a line if none of its options hands the call over to a person at once. Off by
default.

## Why is this bad
Some callers know from the start that they need a person. Where the law asks for one among the first options,
one in the second menu is one too late.

## Example
```ivr
line "+351 800 555 010" -> main
menu main {
  prompt "For your bill, press 1. For anything else, press 0."
  1 "bill"          -> bill
  0 "anything else" -> more
  timeout 5s x2 -> more
  invalid x3    -> more
}
say bill "Your bill is ten euros." -> main
menu more {
  prompt "For a new contract, press 1. To speak with us, press 0."
  1 "new contract"  -> contracts
  0 "speak with us" -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue contracts "We are connecting you with our contract desk."
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+351 800 555 010" -> main
menu main {
  prompt "For your bill, press 1. For a new contract, press 2. To speak with us, press 0."
  1 "bill"          -> bill
  2 "new contract"  -> contracts
  0 "speak with us" -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
say bill "Your bill is ten euros." -> main
queue contracts "We are connecting you with our contract desk."
queue agents "We are connecting you with an agent."
```

## Source
Portugal, Decreto-Lei 134/2009 art. 6(5) (P). Spain, Ley 10/2025
art. 8(2) (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import CHOICES, StepKind
from ivrlint.rules import Context

CODE = "IVR106"
NAME = "human-not-in-first-menu"
SEVERITY = Severity.WARNING
DEFAULT = False


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu that callers come to without doing anything."""
    reach, moves = context.reach, context.moves
    for copies in context.places(StepKind.MENU, within=reach.at_once & reach.reached):
        options = [move for copy in copies for move in moves.out(copy.id, *CHOICES)]
        if not any(move.target in reach.direct for move in options):
            yield Violation(
                f"{copies[0].name} is the first menu, and no option of it hands callers over to a person",
                copies[0].span,
                "offer a person among the first options",
                step=copies[0],
            )
