"""A line whose every way to a human runs through something unknown.

## What it does
Reports an entry for which it cannot be told whether callers reach a human: every way that might lead there
passes, or ends in, a step that the files do not explain (code, a transfer to a flow that was not given, a
computed jump).

## Why is this bad
It need not be bad. But nobody reading these files, ivrlint included, can promise that a caller will ever
speak to a person.

## Example
```ivr
line "+1 800 555 0100" -> router
code router "chosen by the customer system"
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "To have your order looked up, press 1. To speak with us, press 0."
  1 "order" -> router
  0 "speak with us" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
code router "chosen by the customer system"
queue agents "Please hold for an agent."
```

## Source
This project: unknown is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.routes import Verdict
from ivrlint.rules import Context

CODE = "IVR103"
NAME = "human-unknown"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per entry of unknown verdict, naming the first unknown steps on the way."""
    for entry in context.routes.entries:
        if context.routes.verdict(entry.id) is not Verdict.UNKNOWN:
            continue
        unknown = context.routes.unknowns_from(entry.id)
        yield Violation(
            f"whether a caller to {entry.name} can reach a human is unknown: it depends on "
            + ", ".join(dict.fromkeys(step.name for step in unknown[:3])),
            entry.span,
            "give ivrlint the files that these lead to, or add a way to a human that does not pass them",
            entry=entry,
            related=tuple(dict.fromkeys((step.detail or step.name, step.span) for step in unknown[:3])),
        )
