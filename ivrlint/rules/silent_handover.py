"""A caller is handed over without a word.

## What it does
Reports a queue, a person or a transfer to which an option leads with nothing said in between. Not reported
are hand-overs during which the platform itself speaks, and calls that were answered by a human at once, and
people to whom waiting leads too, after a recording whose words are not known.

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

from collections.abc import Iterable, Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, Step, StepKind
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
        if step.id in reach.unserved and step.id not in moves.unasked
        for move in moves.out(step.id, MoveKind.KEY, MoveKind.SPEECH)
        if not _is_told(move, step, context)
    ]
    unheard = _unheard(chosen, context)
    for copies in context.places(StepKind.HUMAN, within=unheard):
        if _is_silent(copies[0]):
            yield Violation(
                f"callers are handed over to {copies[0].name} without a word",
                copies[0].span,
                "say first who will answer",
                step=copies[0],
            )


def _unheard(starts: Iterable[str], context: Context) -> set[str]:
    """Where the call comes to from ``starts`` with nothing said."""
    steps = context.moves.steps
    return context.moves.beyond(starts, lambda move: move.kind in SYSTEM and _is_silent(steps[move.source]))


def _is_told(choice: Move, step: Step, context: Context) -> bool:
    """May a recording have said who answers? Where waiting leads to the same people, it does."""
    if all(prompt.text for prompt in step.prompts):
        return False
    waited = {move.target for move in context.moves.out(step.id, MoveKind.SILENCE)}
    humans = {id_ for id_ in _unheard([choice.target], context) if _kind(id_, context) is StepKind.HUMAN}
    return bool(humans) and humans <= waited


def _kind(id_: str, context: Context) -> StepKind:
    return context.moves.steps[id_].kind


def _is_silent(step: Step) -> bool:
    passed = step.kind in (StepKind.SAY, StepKind.CHECK, StepKind.HUMAN)
    return passed and not step.prompts and "announced" not in step.tags
