"""Callers must listen to advertising.

## What it does
Reports announcements tagged `advert` that callers hear before they have chosen anything, or right before the
people they wait for. It is off unless it is selected or a profile selects it.

## Why is this bad
Callers have a question, and pay for the minute.

## Example
An advert on the way to the first menu, while this rule is selected:

    line "+1 800 555 0100" -> offer
    say offer "Have you heard of our new tariff?" advert -> main

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For our new tariff, press 2. For an agent, press 0."
  1 "billing" -> billing
  2 "new tariff" -> offer
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
say offer "Our new tariff costs nothing in the first month." advert -> main
queue billing "Please hold for the billing team."
queue agents "Please hold for an agent."
```

## Source
Portugal, DL 134/2009 art. 5(1)(b) (P). Brazil, Decreto 11.034/2022 art. 4 para. 5 (P).
(P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import CALLER, StepKind
from ivrlint.rules import Context

CODE = "IVR407"
NAME = "advert-before-choice"
SEVERITY = Severity.WARNING
DEFAULT = False


def check(context: Context) -> Iterator[Violation]:
    """One violation per announcement."""
    unchosen = _before_any_choice(context)
    for said in context.menus.of_kind(StepKind.SAY):
        if "advert" not in said.step.tags:
            continue
        first = any(step.id in unchosen for step in said.steps)
        waiting = any(context.menus.landing(step.id).kind is StepKind.HUMAN for step in said.steps)
        if first or waiting:
            when = "before callers can choose" if first else "while callers wait for people"
            yield Violation(
                f"{said.step.name} is advertising {when}",
                said.step.span,
                "leave it out, or make it an option of its own",
                step=said.step,
            )


def _before_any_choice(context: Context) -> set[str]:
    """Steps that calls get to without the caller doing anything."""
    found = {step.id for step in context.moves.of_kind(StepKind.ENTRY)}
    waiting = list(found)
    while waiting:
        out = context.moves.out(waiting.pop())
        onward = {move.target for move in out if move.kind not in CALLER} - found
        found |= onward
        waiting += onward
    return found
