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
from ivrlint.flow import MoveKind
from ivrlint.menus import keys_of
from ivrlint.rules import Context

CODE = "IVR402"
NAME = "unspoken-key"
SEVERITY = Severity.INFO


class Options(NamedTuple):
    """What can be set."""

    exempt: tuple[str, ...] = ("0", "*", "#")


def check(context: Context) -> Iterator[Violation]:
    """One violation per option that is not named."""
    exempt = context.options(CODE, Options).exempt
    spans = set()
    for menu in context.menus.all:
        announcements = context.menus.announcements(menu)
        if not all(each.complete for each in announcements):
            continue
        if not any(each.reading.instructions for each in announcements):
            continue
        named = {key for each in announcements for key in each.reading.mentioned}
        told = {*exempt, *named}
        for move in menu.of_kind(MoveKind.KEY):
            if len(keys_of(move)) == 1 and move.keys not in told and move.span not in spans:
                told.add(move.keys)
                spans.add(move.span)
                meaning = f' ("{move.label}")' if move.label else ""
                yield Violation(
                    f"{menu.step.name} takes {move.keys}{meaning}, but no prompt says so",
                    move.span,
                    f"say what {move.keys} is for, or take the option out",
                    step=menu.step,
                )
