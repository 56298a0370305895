"""A key works, but no prompt names it.

## What it does
Reports options whose key is mentioned nowhere in what is said before the keys. It is silent where some of the
words are not known, or tell callers to press nothing.

## Why is this bad
Nobody can use it but those who know it by heart. Often the prompt was changed and the menu was not.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  2 "sales" -> sales
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue sales "Please hold for the sales team."
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For sales, press 2. For an agent, press 0."
  1 "billing" -> billing
  2 "sales" -> sales
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue sales "Please hold for the sales team."
queue agents "Please hold for an agent."
```

## Options
- `exempt` (default `["0", "*", "#"]`): keys that need not be named.

## Source
This project: no authority was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind
from ivrlint.menus import Menu, keys_of
from ivrlint.rules import Context
from ivrlint.source import Span
from ivrlint.words import listed

CODE = "IVR402"
NAME = "unspoken-key"
SEVERITY = Severity.INFO


class Options(NamedTuple):
    """What can be set."""

    exempt: tuple[str, ...] = ("0", "*", "#")


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu; an option that several menus share is told where none of them names it."""
    told = _named(context)
    for menu in context.menus.all:
        announcements = context.menus.announcements(menu)
        if not all(each.complete for each in announcements):
            continue
        if not any(each.reading.instructions for each in announcements):
            continue
        unspoken = [move for move in menu.of_kind(MoveKind.KEY) if (move.span, move.keys) not in told]
        unspoken = list({move.keys: move for move in reversed(unspoken) if len(keys_of(move)) == 1}.values())
        told.update((move.span, move.keys) for move in unspoken)
        if unspoken:
            yield _violation(menu, unspoken[::-1])


def _named(context: Context) -> set[tuple[Span, str]]:
    """The options that some announcement names, or that need no name."""
    exempt = context.options(CODE, Options).exempt
    found: set[tuple[Span, str]] = set()
    for menu in context.menus.all:
        announcements = context.menus.announcements(menu)
        named = {*exempt, *(key for each in announcements for key in each.reading.mentioned)}
        found.update((move.span, move.keys) for move in menu.of_kind(MoveKind.KEY) if move.keys in named)
    return found


def _violation(menu: Menu, unspoken: list[Move]) -> Violation:
    keys = listed([f'{move.keys} ("{move.label}")' if move.label else move.keys for move in unspoken])
    first, *others = dict.fromkeys(move.span for move in unspoken)
    several = len(unspoken) > 1
    return Violation(
        f"{menu.step.name} takes {keys}, but no prompt says so",
        first,
        f"say what {'they are' if several else f'{unspoken[0].keys} is'} for, or take "
        f"the option{'s' if several else ''} out",
        step=menu.step,
        related=tuple(("nor is this named", span) for span in others),
    )
