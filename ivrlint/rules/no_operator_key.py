"""A menu without a key for an operator.

## What it does
Reports a menu in which the operator's key is missing, or leads to nothing from which a human can be reached.
A menu that hands over to people at once by some other key, or says that callers may wait for them, is left
alone (see `always`). So is one from which nobody can be reached at all: that is IVR104. What a caller meets
after a talk or a message is not judged.

## Why is this bad
Callers who do not find themselves in any option press 0. Where it works in one menu and not in the next,
they stop trusting it, and those who cannot remember five options have nothing else.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For your balance, press 1. For a new card, press 2. For an agent, press 0."
  1 "balance"  -> balance
  2 "new card" -> cards
  0 "agent"    -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
menu cards {
  prompt "To order a card, press 1. To go back, press star."
  1 "order a card" -> ordered
  * "back"         -> back
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
say balance "Your balance is ten dollars." -> main
say ordered "Your card is on its way." -> main
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For your balance, press 1. For a new card, press 2. For an agent, press 0."
  1 "balance"  -> balance
  2 "new card" -> cards
  0 "agent"    -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
menu cards {
  prompt "To order a card, press 1. For an agent, press 0. To go back, press star."
  1 "order a card" -> ordered
  0 "agent"        -> agents
  * "back"         -> back
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
say balance "Your balance is ten dollars." -> main
say ordered "Your card is on its way." -> main
queue agents "We are connecting you with an agent."
```

## Options
- `key` (default `"0"`): the operator's key.
- `always` (default `false`): judge also menus that hand over to people at once by another key, or by none.

## Source
W3C COGA issue paper on voice menus: a reserved digit for an operator, commonly 0 (P, not normative). GetHuman
standard 1.0, item 1 (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import CHOICES, MoveKind, Step, StepKind
from ivrlint.menus import how_many, keys_of
from ivrlint.rules import Context
from ivrlint.spoken import lets_wait

CODE = "IVR105"
NAME = "no-operator-key"
SEVERITY = Severity.WARNING

_MANY = 3


class Options(NamedTuple):
    """What can be set."""

    key: str = "0"
    always: bool = False


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu that has no operator in any state that calls meet it in."""
    for copies in context.places(StepKind.MENU, within=context.reach.greeted):
        if _lacks_operator(copies, context):
            yield _violation(copies, context)


def _lacks_operator(copies: list[Step], context: Context) -> bool:
    alive = any(copy.id in context.reach.human for copy in copies)
    chooses = any(_offers_choice(copy, context) for copy in copies)
    if not (alive and chooses) or context.passes(copies) or "demonstration" in copies[0].tags:
        return False
    return not any(_operator(copy, context) for copy in copies)


def _offers_choice(menu: Step, context: Context) -> bool:
    """Are there options? Many keys that are written together and lead to one place begin a number."""
    keys = context.moves.out(menu.id, MoveKind.KEY)
    options = {(context.moves.steps[key.target].place, key.span) for key in keys}
    return len(options) > 1 or 0 < how_many(keys) < _MANY


def _violation(copies: list[Step], context: Context) -> Violation:
    menu, key = copies[0], context.options(CODE, Options).key
    there = any(_pressed(copy, key, context) for copy in copies)
    return Violation(
        f"{key} leads to no human in {menu.name}"
        if there
        else f"{menu.name} has no key {key} for an operator",
        menu.span,
        f"let {key} lead to a person in every menu",
        step=menu,
    )


def _operator(menu: Step, context: Context) -> bool:
    """Is there the key, or something else that serves?"""
    options, reach = context.options(CODE, Options), context.reach
    if any(target in reach.operator for target in _pressed(menu, options.key, context)):
        return True
    targets = [move.target for move in context.moves.out(menu.id, *CHOICES)]
    handed = any(target in reach.direct or target in reach.undefined for target in targets)
    return (handed or _awaited(menu, context)) and not options.always


def _awaited(menu: Step, context: Context) -> bool:
    """Do callers who wait, as they are told they may, get to people at once?"""
    silence = context.moves.out(menu.id, MoveKind.SILENCE)
    if not any(move.attempts == 1 and move.target in context.reach.direct for move in silence):
        return False
    return lets_wait([prompt.text for prompt in menu.prompts])


def _pressed(menu: Step, key: str, context: Context) -> list[str]:
    """Where ``key`` leads."""
    return [move.target for move in context.moves.out(menu.id, MoveKind.KEY) if key in keys_of(move)]
