"""The same name is defined twice.

## What it does
Reports a step, line or condition whose name is taken already, and a setting given twice in one step.

## Why is this bad
Only the first one counts: the other looks as if it did something.

## Example
```ivr
line "+1 800 555 0100" -> agents
queue agents "Please hold for an agent."
queue agents "Thank you for waiting."
```

## Use instead
```ivr
line "+1 800 555 0100" -> agents
queue agents "Please hold for an agent." "Thank you for waiting."
```

## Source
The definition of the language: a name stands for one thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import ProblemKind
from ivrlint.rules import Context, reported

CODE = "IVR503"
NAME = "duplicate-name"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per problem the readers met."""
    return reported(context, ProblemKind.DUPLICATE_NAME)
