"""A menu that plays nothing.

## What it does
Reports a menu before whose keys nothing at all is played on any way into it. A recording whose words are not
known is a prompt; where something unknown comes before the menu, nothing is said. A wait that nobody wrote
(Asterisk waits behind the last priority, with `autofallthrough=no`) is a menu only where something before it
may have asked for keys; to the other rules, too.

## Why is this bad
Callers hear silence, and don't know that they are to choose.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  1 "billing" -> billing
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue agents "Please hold for an agent."
```

## Source
This project: no authority was found.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import CALLER, MoveKind, StepKind
from ivrlint.menus import keys_of
from ivrlint.rules import Context

CODE = "IVR406"
NAME = "no-prompt"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu."""
    for menu in context.menus.all:
        if not menu.moves or context.menus.listens_on(menu) or context.passes(menu.steps):
            continue  # it is no more than a pause before the prompt
        if not any(_may_hear(context, step.id) for step in menu.steps):
            yield Violation(
                f"{menu.step.name} plays nothing before it listens",
                menu.step.span,
                "say what can be chosen",
                step=menu.step,
            )


def _may_hear(context: Context, step: str) -> bool:
    """May something be played between the caller's last deed (or the start of the call) and ``step``? A key
    behind which the same keys still do the same is no deed: it is passed over.
    """
    moves, offered = context.moves, _offered(context, step)
    seen = {step}
    waiting = [step]
    while waiting:
        here = moves.steps[waiting.pop()]
        if here.prompts or here.kind is StepKind.UNKNOWN:
            return True
        before = {
            move.source
            for move in moves.into(here.id)
            if move.source in moves.reached
            and (move.kind not in CALLER or (offered and _offered(context, move.source) == offered))
        }
        waiting += before - seen
        seen |= before
    return False


def _offered(context: Context, step: str) -> frozenset[tuple[str, str]]:
    """The keys, and where they lead."""
    moves = context.moves
    return frozenset(
        (key, moves.steps[move.target].place)
        for move in moves.out(step, MoveKind.KEY)
        for key in keys_of(move)
    )
