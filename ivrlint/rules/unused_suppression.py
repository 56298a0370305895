"""An ignore hides nothing.

## What it does
Tells each comment `ivrlint: ignore[...]`, and each `FILE#STEP` of `per-file-ignores`, that hides no finding,
or some of whose rules hide none. `ivrlint check --fix-suppressions` removes such comments.

## Why is this bad
What it hid has been mended. Left in place, it will hide the next finding there, which nobody has looked at.

## Example
```ivr
line "+1 800 555 0100" -> agents // ivrlint: ignore[IVR102] the desk is not connected yet
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> agents
queue agents "Please hold for an agent."
```

## Source
As ruff's RUF100 and mypy's warn_unused_ignores.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.rules import Context

CODE = "IVR903"
NAME = "unused-suppression"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """Nothing: what is hidden is known when all rules have spoken, and the linter tells it then."""
    return iter(())
