"""A caller is handed over without a word.

## What it does
Reports a queue, a person or a transfer to which an option leads with nothing said in between. Not reported
are hand-overs during which the platform itself speaks, and calls that were answered by a human at once.

## Why is this bad
After pressing a key callers hear music, or nothing, and do not know whether it worked. Some press again,
some hang up.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing
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
The customer-service writers this tool follows: let customers know what you are doing at every step.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import MoveKind, Step, StepKind
from ivrlint.reach import LISTENING, SYSTEM
from ivrlint.rules import Context

CODE = "IVR111"
NAME = "silent-handover"
SEVERITY = Severity.INFO


def check(context: Context) -> Iterator[Violation]:
    """One violation per hand-over that some choice leads to without a word."""
    moves, reach = context.moves, context.reach
    chosen = [
        move.target
        for step in moves.of_kind(*LISTENING)
        if step.id in reach.unserved
        for move in moves.out(step.id, MoveKind.KEY, MoveKind.SPEECH)
    ]
    unheard = moves.beyond(chosen, lambda move: move.kind in SYSTEM and _is_silent(moves.steps[move.source]))
    for copies in context.places(StepKind.HUMAN, within=unheard):
        if _is_silent(copies[0]):
            yield Violation(
                f"callers are handed over to {copies[0].name} without a word",
                copies[0].span,
                "say first who will answer",
                step=copies[0],
            )


def _is_silent(step: Step) -> bool:
    passed = step.kind in (StepKind.SAY, StepKind.CHECK, StepKind.HUMAN)
    return passed and not step.prompts and "announced" not in step.tags
