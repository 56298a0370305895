"""The prompt promises a person, and there is none.

## What it does
Reports keys said to lead to somebody ("to speak to an agent, press 0") from where, proved, no human can be
reached by any way at all. A promise of voicemail or of being called back is none of a person. Where something
unknown or undefined (IVR501) lies on the way, nothing is said.

Reports also menus that invite callers to dial an extension ("if you know your party's extension, dial it
now") where none can be dialled: no number of two to six digits is taken there, and no key leads to where
digits are typed. Whole telephone numbers are no extensions, and a directory of names takes none.

## Why is this bad
Callers who want a person and get a machine have lost their trust as well as their time.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. To speak to an agent, press 2. For the front desk, press 0."
  1 "billing" -> billing
  2 "agent" -> box
  0 "front desk" -> desk
  timeout 5s x2 -> desk
  invalid x3 -> desk
}
queue billing "Please hold for the billing team."
queue desk "Please hold for the front desk."
voicemail box "Please leave a message." -> hangup
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. To leave a message, press 2. To speak to an agent, press 0."
  1 "billing" -> billing
  2 "message" -> box
  0 "agent" -> desk
  timeout 5s x2 -> desk
  invalid x3 -> desk
}
queue billing "Please hold for the billing team."
queue desk "Please hold for an agent."
voicemail box "Please leave a message." -> hangup
```

## Source
The customer-service writers this tool follows: don't make promises you can't keep.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, ProblemKind, Prompt, StepKind
from ivrlint.menus import Menu
from ivrlint.rules import Context

CODE = "IVR403"
NAME = "broken-promise"
SEVERITY = Severity.ERROR

_EXTENSION = range(2, 7)
"""Digits of an extension; numbers of seven and more are those of lines."""

_GIVEN = frozenset({MoveKind.KEY, MoveKind.DIGITS, MoveKind.DIAL})
_PASSED = (StepKind.SAY, StepKind.CHECK)


def check(context: Context) -> Iterator[Violation]:
    """One violation per key and menu, and one per invitation."""
    yield from _keys(context)
    told = set()
    for menu in context.menus.all:
        prompt = _invitation(context, menu)
        here = menu.step.name, prompt and (prompt.span.path, prompt.text)
        if prompt and here not in told and not _may_be_dialled(context, menu):
            told.add(here)
            yield Violation(
                f"{menu.step.name} invites callers to dial an extension, but none can be dialled there",
                prompt.span,
                "take extensions there, or take the invitation out of the prompt",
                step=menu.step,
                related=(("the menu itself", menu.step.span),) if prompt not in menu.step.prompts else (),
            )


def _invitation(context: Context, menu: Menu) -> Prompt | None:
    """The announcement that invites to dial an extension."""
    for each in context.menus.announcements(menu):
        if each.reading.extension is not None:
            return each.prompts[each.reading.extension]
    return None


def _may_be_dialled(context: Context, menu: Menu) -> bool:
    """Does the menu take an extension, or lead to where one may be taken?"""
    if "bot" in menu.step.tags or not menu.of_kind(MoveKind.KEY):
        return True
    return any(_takes_extension(move) or _asks(context, move) for move in menu.moves)


def _takes_extension(move: Move) -> bool:
    digits = len(move.keys) or move.keypresses
    return move.kind is MoveKind.SPEECH or (move.kind in _GIVEN and (digits in _EXTENSION or not digits))


def _asks(context: Context, move: Move) -> bool:
    """Can ``move`` lead on, with nothing more done by the caller, to where digits are or may be typed?"""
    moves = context.moves
    following = moves.beyond([move.target], lambda each: moves.steps[each.source].kind in _PASSED)
    return any(
        moves.steps[each].kind is StepKind.UNKNOWN
        or (moves.steps[each].kind is StepKind.ASK and moves.out(each, MoveKind.DIGITS))
        for each in following
    )


def _keys(context: Context) -> Iterator[Violation]:
    people = context.moves.of_kind(StepKind.HUMAN, StepKind.UNKNOWN)
    may_meet_people = context.moves.before(step.id for step in people)
    for menu in context.menus.all:
        told = set()
        for key, action in _promised(context, menu):
            moves = menu.options.get(key, [])
            if key in told or not moves or any(move.target in may_meet_people for move in moves):
                continue
            if _leads_nowhere(context, moves[0].target):
                continue
            told.add(key)
            yield Violation(
                f'{menu.step.name} promises a person ("{action}"), but {key} leads to none',
                moves[0].span,
                "lead it to a queue or a person, or say what it really does",
                step=menu.step,
            )


def _promised(context: Context, menu: Menu) -> Iterator[tuple[str, str]]:
    for announcement in context.menus.announcements(menu):
        for each in announcement.reading.instructions:
            if each.promises_person:
                yield each.key, each.action


def _leads_nowhere(context: Context, step: str) -> bool:
    """Is what follows ``step`` not there? That is said by a rule of its own."""
    lost = {problem.span for problem in context.problems(ProblemKind.UNDEFINED_TARGET)}
    return bool(lost) and any(context.moves.steps[each].span in lost for each in context.moves.beyond([step]))
