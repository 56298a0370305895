"""The system can decide that a caller gets nobody.

## What it does
Reports an outcome that the system decides on (the office is closed, the customer is unknown) after which no
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
from ivrlint.flow import MoveKind
from ivrlint.rules import Context
from ivrlint.words import deed as outcome

CODE = "IVR110"
NAME = "not-guaranteed"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per outcome, whatever the way on which calls meet it."""
    reach, moves = context.reach, context.moves
    for step in moves.steps.values():
        if step.id not in reach.willing:
            continue
        outcomes = moves.out(step.id, MoveKind.WHEN)
        served = [move for move in outcomes if move.target in reach.hopeful]
        judged = step.id in reach.at_once or any(move.target in reach.direct for move in served)
        for move in outcomes if served and judged else ():
            if move.target not in reach.hopeful | reach.trapped:
                yield Violation(
                    f"if {outcome(move)}, callers get no human, no voicemail and no callback",
                    move.span,
                    "let them at least leave a message or a number",
                    step=step,
                )
