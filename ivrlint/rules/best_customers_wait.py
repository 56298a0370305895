"""The best customers stand in a menu like everybody else.

## What it does
Reports a line marked `priority` on which a caller is asked for something before a human can be reached.

## Why is this bad
A number of their own promises the best customers that somebody will answer it.

## Example
```ivr
line "+1 800 555 0100" -> main
line "+1 800 555 0199" "best customers" priority -> main
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

## Use instead
```ivr
line "+1 800 555 0100" -> main
line "+1 800 555 0199" "best customers" priority -> agents
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
The customer-service writers this tool follows: the best customers have a direct line.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import StepKind
from ivrlint.rules import Context

CODE = "IVR107"
NAME = "best-customers-wait"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per line marked ``priority`` with something to do before a human."""
    reach = context.reach
    for line in context.moves.of_kind(StepKind.ENTRY):
        if "priority" in line.tags and line.id in reach.human - reach.direct:
            yield Violation(
                f"{line.name} is for the best customers, and nobody answers it before they have chosen "
                "or typed something",
                line.span,
                "lead it straight to people",
                entry=line,
            )
