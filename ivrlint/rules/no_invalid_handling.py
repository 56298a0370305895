"""Nothing is done for callers who press a wrong key.

## What it does
Reports menus where nothing is written for the case that a caller presses a key that is not offered, so that
the platform drops the call. What a flow does on purpose is judged by IVR204 and IVR205. Nothing is
said where every digit is offered, or where nothing else is and the call ends anyway.

## Why is this bad
A finger slips, and the call is over.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
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
GetHuman standard 1.0, item 8; the platforms' documentation.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import CHOICES, MoveKind, Step
from ivrlint.handling import nor_here
from ivrlint.menus import EVERY_KEY, keys_of
from ivrlint.reach import LISTENING
from ivrlint.rules import Context
from ivrlint.words import plural

CODE = "IVR203"
NAME = "no-invalid-handling"
SEVERITY = Severity.WARNING

_DIGITS = EVERY_KEY - frozenset("*#")


def check(context: Context) -> Iterator[Violation]:
    """One violation for the menus that one handler would serve; parts of a menu are told together."""
    steps = context.handling.unhandled(MoveKind.WRONG)
    unhandled = {step.id for step in steps if not _loses_nothing(step, context)}
    groups = context.places(*LISTENING, within=unhandled)
    for menus in context.handling.by_cause(groups, MoveKind.WRONG):
        step = menus[0][0]
        others = f" (and in {plural(len(menus) - 1, 'other place')})" if len(menus) > 1 else ""
        yield Violation(
            f"nothing is written for wrong keys in {step.name}{others}: the call is dropped",
            step.span,
            "say what happens after a wrong key: repeat once, then lead to a person",
            step=step,
            related=nor_here(step, menus),
        )


def _loses_nothing(step: Step, context: Context) -> bool:
    """Is every digit offered, or nothing but to hear a last word again, and does silence end the call too?
    Lines that could be dialled meanwhile are no offer of an announcement.
    """
    moves = context.moves
    if {key for move in moves.out(step.id, MoveKind.KEY) for key in keys_of(move)} >= _DIGITS:
        return True
    silence = moves.out(step.id, MoveKind.SILENCE)
    dialled = () if step.id in context.reach.passing else (MoveKind.DIAL,)
    typed = moves.out(step.id, *CHOICES, *dialled)
    ended = silence and all(move.target in context.reach.dropped for move in silence)
    return bool(ended) and all(moves.steps[move.target].place == step.place for move in typed)
