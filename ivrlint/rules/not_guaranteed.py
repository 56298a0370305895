"""The system can decide that a caller gets nobody.

## What it does
Reports an outcome of opening hours, staffing or customer data (closed, nobody there, unknown) after which no
human, voicemail or callback can be reached, where another outcome has one. Judged are decisions before the
caller has chosen anything, and decisions on whether the call is handed over.

## Why is this bad
The caller did everything right, and is sent away with the question unanswered and nowhere to leave it.

## Example
```ivr
line "+1 800 555 0100" -> opening
hours office "Mon-Fri 08:00-18:00"
check opening office {
  open   -> agents
  closed -> bye
}
queue agents "We are connecting you with an agent."
end bye "We are closed. Please call again."
```

## Use instead
```ivr
line "+1 800 555 0100" -> opening
hours office "Mon-Fri 08:00-18:00"
check opening office {
  open   -> agents
  closed -> message
}
queue agents "We are connecting you with an agent."
voicemail message "We are closed. Please leave a message after the tone."
```

## Source
GetHuman standard 1.0, item 4 (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, Step
from ivrlint.rules import Context
from ivrlint.source import Span
from ivrlint.words import deed

CODE = "IVR110"
NAME = "not-guaranteed"
SEVERITY = Severity.WARNING


_JUDGED = {"hours", "staffing", "data"}
"""What a check must ask for: other conditions are the telephone system's own affairs."""


def check(context: Context) -> Iterator[Violation]:
    """One violation per place where such outcomes lead, at the first of them."""
    refused: dict[Span, dict[Span, Move]] = {}
    for step in context.moves.steps.values():
        if step.id in context.reach.willing and step.tags & _JUDGED:
            for move in _refusals(step, context):
                target = context.moves.steps[move.target]
                refused.setdefault(target.span, {}).setdefault(move.span, move)
    for moves in refused.values():
        first, *others = moves.values()
        yield Violation(
            f"if {deed(first)}, callers get no human, no voicemail and no callback",
            first.span,
            "let them at least leave a message or a number",
            step=context.moves.steps[first.source],
            related=tuple((f"also if {deed(move)}", move.span) for move in others),
        )


def _refusals(step: Step, context: Context) -> list[Move]:
    """Outcomes that leave nothing, where another one leaves something."""
    reach = context.reach
    outcomes = context.moves.out(step.id, MoveKind.WHEN)
    served = [move for move in outcomes if move.target in reach.hopeful]
    judged = step.id in reach.at_once or any(move.target in reach.direct for move in served)
    if not (served and judged):
        return []
    return [move for move in outcomes if move.target in reach.lost and move.target not in reach.undefined]
