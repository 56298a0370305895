"""A choice that can only be spoken.

## What it does
Reports a spoken choice of a menu for which there is no key. Bots are left out: which keys they take is told
by none of the files.

## Why is this bad
Who cannot speak, is not understood, or stands in a noisy street, cannot choose it.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, say billing. For an agent, press 0."
  spoken "billing" -> billing
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
  prompt "For billing, say billing or press 1. For an agent, press 0."
  1 "billing" spoken "billing" -> billing
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue agents "Please hold for an agent."
```

## Source
47 CFR 7.3(a)(1)(ix): operable without speech (P). GetHuman standard 1.0, item 5.
(P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import CHOICES, MoveKind
from ivrlint.rules import Context

CODE = "IVR309"
NAME = "no-keys-for-speech"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per spoken choice."""
    for menu in context.menus.all:
        if "bot" in menu.step.tags:
            continue
        steps = context.moves.steps
        typed = CHOICES - {MoveKind.SPEECH}
        pressed = {steps[move.target].place for move in menu.moves if move.kind in typed}
        told = set()
        for move in menu.of_kind(MoveKind.SPEECH):
            if steps[move.target].place in pressed or move.span in told:
                continue
            told.add(move.span)
            yield Violation(
                f'in {menu.step.name} "{move.label}" can only be spoken',
                move.span,
                "give it a key as well, and say which",
                step=menu.step,
            )
