"""A line whose every way to a human runs through something unknown.

## What it does
Reports an entry for which it cannot be told whether callers reach a human: every way that might lead there
passes, or ends in, a step that the files do not explain (code, a transfer to a flow that was not given, a
computed jump). Calls that the platform makes itself are not judged. Numbers that only seem to be lines (in
dialplans, which do not say where calls come in) are reported once for a file.

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

from collections.abc import Iterable, Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Step
from ivrlint.routes import Verdict
from ivrlint.rules import Context
from ivrlint.source import Span
from ivrlint.words import plural

CODE = "IVR103"
NAME = "human-unknown"
SEVERITY = Severity.WARNING

_NOT_FOR_CUSTOMERS = frozenset({"outgoing", "staff"})
"""Tags of entries."""


def check(context: Context) -> Iterator[Violation]:
    """One violation for the entries that depend on the same unknown steps, naming the first on the way; and
    one for those of a file that are only supposed to be lines.
    """
    found: dict[object, list[tuple[Step, list[Step]]]] = {}
    for entry in context.routes.entries:
        if context.routes.verdict(entry.id) is Verdict.UNKNOWN and entry.tags.isdisjoint(_NOT_FOR_CUSTOMERS):
            steps = _written(context.routes.unknowns_from(entry.id))
            cause = entry.span.path if "supposed" in entry.tags else frozenset(steps)
            found.setdefault(cause, []).append((entry, list(steps.values())[:3]))
    for (entry, unknown), *others in found.values():
        also = f" (and to {plural(len(others), 'other line')})" if others else ""
        reasons = dict.fromkeys((step.detail or step.name, step.span) for step in unknown)
        yield Violation(
            f"whether a caller to {entry.name}{also} can reach a human is unknown: it depends on "
            + ", ".join(dict.fromkeys(step.name for step in unknown)),
            entry.span,
            "give ivrlint the files that these lead to, or add a way to a human that does not pass them",
            entry=entry,
            related=(*reasons, *((_also(other), other.span) for other, _ in others)),
        )


def _also(entry: Step) -> str:
    return (
        f"nor is it known of {entry.name}" if "supposed" in entry.tags else f"{entry.name} comes the same way"
    )


def _written(steps: Iterable[Step]) -> dict[Span, Step]:
    """The first of ``steps`` at each place where they are written."""
    found: dict[Span, Step] = {}
    for step in steps:
        found.setdefault(step.span, step)
    return found
