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
from ivrlint.flow import CHOICES, MoveKind, Step, StepKind
from ivrlint.handling import nor_here
from ivrlint.menus import EVERY_KEY, keys_of
from ivrlint.reach import LISTENING
from ivrlint.rules import Context
from ivrlint.words import plural

CODE = "IVR203"
NAME = "no-invalid-handling"
SEVERITY = Severity.WARNING

_DIGITS = EVERY_KEY - frozenset("*#")

_MOST_WORDS = 4
"""Last words, one after the other."""


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
    """Is every digit offered, or are these last words?"""
    keys = {key for move in context.moves.out(step.id, MoveKind.KEY) for key in keys_of(move)}
    return keys >= _DIGITS or _says_goodbye(step, context, ())


def _says_goodbye(step: Step, context: Context, before: tuple[str, ...]) -> bool:
    """Is nothing offered at ``step`` but to hear last words (those of the places ``before`` too), and does
    silence end the call as well? Lines that could be dialled meanwhile are no offer of an announcement.
    """
    silence = context.moves.out(step.id, MoveKind.SILENCE)
    dialled = () if step.id in context.reach.passing else (MoveKind.DIAL,)
    typed = context.moves.out(step.id, *CHOICES, *dialled)
    said = (*before, step.place)
    if len({context.moves.steps[move.target].place for move in typed} - {*said}) > 1:
        return False  # there is something to choose from, though nobody is behind it
    return bool(silence) and all(_is_over(move.target, context, said) for move in (*silence, *typed))


def _is_over(start: str, context: Context, said: tuple[str, ...]) -> bool:
    """Does a call at ``start`` just end, or hear last words?"""
    step = context.moves.steps[start]
    if start in context.reach.dropped or step.place in said:
        return True
    return step.kind is StepKind.MENU and len(said) < _MOST_WORDS and _says_goodbye(step, context, said)
