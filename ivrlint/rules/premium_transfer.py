"""A free line hands callers to a number that costs money.

## What it does
Reports a transfer to a number marked `charged` or `premium` that calls to a `toll-free` line can get to.

## Why is this bad
Callers who dialled a free number find the talk on their bill.

## Example
```ivr
line "+1 800 555 0100" toll-free -> main
menu main {
  prompt "For technical help, press 1. For an agent, press 0."
  1 "technical help" -> help
  0 "agent"          -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
transfer help "We are connecting you with technicians." to "+1 900 555 0142" premium
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" toll-free -> main
menu main {
  prompt "For technical help, press 1. For an agent, press 0."
  1 "technical help" -> help
  0 "agent"          -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
transfer help "We are connecting you with technicians." to "+1 800 555 0142" toll-free
queue agents "We are connecting you with an agent."
```

## Source
Spain, Ley 10/2025 art. 10(4) (P). Portugal, Decreto-Lei 134/2009 art. 5(1)(a) (P). France, L121-16 (P).
(P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import StepKind
from ivrlint.rules import Context

CODE = "IVR603"
NAME = "premium-transfer"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per transfer, naming the first free line that leads there."""
    moves = context.moves
    lines = [line for line in moves.of_kind(StepKind.ENTRY) if "toll-free" in line.tags]
    for copies in context.places(StepKind.HUMAN, within=moves.beyond(line.id for line in lines)):
        human = copies[0]
        costs = [tag for tag in ("premium", "charged") if tag in human.tags]
        if costs:
            before = moves.before(copy.id for copy in copies)
            line = next(line for line in lines if line.id in before)
            yield Violation(
                f"{line.name} is free, and {human.name} hands its callers to a {costs[0]} number",
                human.span,
                "hand them to a number that is free as well, or warn them and let them choose",
                step=human,
                related=(("the free line", line.span),),
            )
