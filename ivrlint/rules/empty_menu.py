"""A menu without any option.

## What it does
Reports a menu in which there is nothing to press, say or dial.

## Why is this bad
Callers are kept waiting for a choice that they do not have.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "Welcome to Acme Energy."
  timeout 5s -> agents
  invalid -> agents
}
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> welcome
say welcome "Welcome to Acme Energy." -> agents
queue agents "Please hold for an agent."
```

## Source
This project: a menu is there to choose from.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import CHOICES, MoveKind
from ivrlint.menus import Menu
from ivrlint.rules import Context

CODE = "IVR308"
NAME = "empty-menu"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu."""
    for menu in context.menus.all:
        offers = any(move.keys or move.kind in {*CHOICES, MoveKind.DIAL} for move in menu.moves)
        if not (offers or _is_pause(context, menu) or _any_key(context, menu)):
            yield Violation(
                f"{menu.step.name} has no option",
                menu.step.span,
                "give it options, or only announce what it says",
                step=menu.step,
            )


def _is_pause(context: Context, menu: Menu) -> bool:
    if context.passes(menu.steps):
        return True
    return not any(step.prompts for step in menu.steps) and context.menus.listens_on(menu)


def _any_key(context: Context, menu: Menu) -> bool:
    """Is it for any key at all? Then what is done for a wrong one is the option. A recording may say that
    any key leads on sooner."""
    silence = {move.target for move in menu.of_kind(MoveKind.SILENCE)}
    known = all(each.complete for each in context.menus.announcements(menu))
    nothing = context.reach.dropped | (silence if known else set())
    return any(
        move.target not in nothing and not context.menus.comes_back(move, menu.step.place)
        for move in menu.of_kind(MoveKind.WRONG)
    )
