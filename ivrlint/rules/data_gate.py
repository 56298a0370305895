"""Nobody gets to a human without typing a number.

## What it does
Reports a line on which every route to a human demands typed data: an account number, a card number. A
key of a menu is no data, nor is an input of one or two digits, nor an extension that the caller knows.

## Why is this bad
Whoever is not a customer yet, has not got the number at hand, or cannot type it reaches nobody.

## Example
```ivr
line "+1 800 555 0100" -> number
ask number {
  prompt "Please enter your three-digit customer number."
  digits 3
  done          -> agents
  timeout 8s x2 -> message
  invalid x3    -> message
}
queue agents "We are connecting you with an agent."
voicemail message "Please leave a message after the tone."
```

## Use instead
```ivr
line "+1 800 555 0100" -> number
ask number {
  prompt "Please enter your three-digit customer number, or hold the line."
  digits 3
  done          -> agents
  timeout 8s x2 -> agents
  invalid x3    -> agents
}
queue agents "We are connecting you with an agent."
```

## Source
Brazil, Decreto 11.034/2022 art. 4 para. 4 (P). Portugal, Decreto-Lei 134/2009 art. 4(2), allows the strictly
necessary (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.rules import Context

CODE = "IVR109"
NAME = "data-gate"
SEVERITY = Severity.WARNING

_A_CHOICE = 2
"""Inputs of so many digits at most are choices, not data."""


def check(context: Context) -> Iterator[Violation]:
    """One violation per line, at the line; lines behind the same questions are told together."""
    reach, moves = context.reach, context.moves
    free = reach.passable.before(reach.goals, lambda move: not _data(move, context))
    told: dict[str, list[Step]] = {}
    for line in moves.of_kind(StepKind.ENTRY):
        if line.id in reach.human and line.id not in free:
            told.setdefault(moves.out(line.id)[0].target, []).append(line)
    for begin, (line, *others) in told.items():
        asked = _gates(begin, context)
        yield Violation(
            f"nobody who calls {line.name} reaches a human without typing data first, "
            f"at {', '.join(dict.fromkeys(step.name for step in asked))}",
            line.span,
            "lead callers who type nothing to a person, or offer a key for one",
            entry=line,
            related=(
                *((f"{step.name} asks for data", step.span) for step in asked),
                *((f"{other.name} comes the same way", other.span) for other in others),
            ),
        )


def _data(move: Move, context: Context) -> bool:
    """Is it data that is typed, and no choice? Nor a password: such a line is not for everybody."""
    step = context.moves.steps[move.source]
    if "lock" in step.tags:
        return False
    listening = step.listening
    most = listening.most if listening else None
    return move.kind is MoveKind.DIGITS and (most is None or most > _A_CHOICE)


def _gates(begin: str, context: Context) -> list[Step]:
    """Steps that ask for the data, as far as a caller gets from ``begin`` without giving any; one a place."""
    reach, moves = context.reach, context.moves
    open_ = reach.passable.beyond([begin], lambda move: not _data(move, context))
    gates: dict[str, Step] = {}
    for id_, step in moves.steps.items():
        leads = (move for move in moves.out(id_) if _data(move, context) and move.target in reach.human)
        if id_ in open_ and any(leads):
            gates.setdefault(step.place, step)
    return list(gates.values())
