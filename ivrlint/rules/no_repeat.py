"""A menu that callers cannot hear again.

## What it does
Reports a menu without a key that plays it again. It is off unless it is selected.

## Why is this bad
Who has missed an option can only wait, or press a wrong key on purpose.

## Example
A menu of which no key leads back to itself, while this rule is selected:

    menu main {
      prompt "For billing, press 1. For an agent, press 0."
      1 "billing" -> billing
      0 "agent"   -> agents
    }

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0. To hear this again, press star."
  1 "billing" -> billing
  0 "agent" -> agents
  * "again" -> repeat
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue agents "Please hold for an agent."
```

## Source
Korea, KCC guideline of 2009 (S). (S): only in secondary pages.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind
from ivrlint.menus import Menu
from ivrlint.rules import Context

CODE = "IVR307"
NAME = "no-repeat"
SEVERITY = Severity.INFO
DEFAULT = False


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu with keys."""
    told = set()
    for menu in context.menus.all:
        if menu.step.span in told or not menu.of_kind(MoveKind.KEY):
            continue
        if not _repeats(context, menu):
            told.add(menu.step.span)
            yield Violation(
                f"no key of {menu.step.name} plays it again",
                menu.step.span,
                "offer a key that repeats the menu, the same in every menu",
                step=menu.step,
            )


def _repeats(context: Context, menu: Menu) -> bool:
    return any(_plays_again(context, menu, move) for move in menu.of_kind(MoveKind.KEY))


def _plays_again(context: Context, menu: Menu, key: Move) -> bool:
    """Does ``key`` lead back, or to a part of the menu that plays all of it and more?"""
    heard = {prompt.span for prompt in menu.step.prompts}
    there = {prompt.span for prompt in context.menus.landing(key.target).prompts}
    return context.menus.comes_back(key, menu.step.place) or (bool(heard) and heard <= there)
