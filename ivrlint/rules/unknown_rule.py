"""A configuration or an ignore names a rule that is not there.

## What it does
Tells words in `select`, `extend-select`, `ignore`, `severity` and `per-file-ignores`, and in comments
`ivrlint: ignore[...]`, that are no code, no beginning of a code and no name of a rule.

## Why is this bad
It does nothing: what was to be silent is told, or what was to be told is silent.

## Example
```ivr
line "+1 800 555 0100" -> agents // ivrlint: ignore[no-humans] the desk is not connected yet
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> agents
queue agents "Please hold for an agent."
```

## Source
This project.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.rules import Context

CODE = "IVR904"
NAME = "unknown-rule"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """Nothing: the linter tells it, which knows all rules and reads all comments."""
    return iter(())
