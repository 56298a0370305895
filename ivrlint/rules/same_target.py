"""Two keys of a menu lead to the same place.

## What it does
Reports an option that leads where an earlier option of the same menu leads. Keys that are written as one
option (`1, # -> agents`) are meant so; keys in `exempt` are those that callers try by themselves. What
leads to something unknown is not judged: it may look at the key. Nor is what sets or writes something else on
its way.

## Why is this bad
Callers are made to choose between things that make no difference, and the menu is longer than it need be.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For refunds, press 2. For an agent, press 0."
  1 "billing" -> billing
  2 "refunds" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing and refunds, press 1. For an agent, press 0."
  1 "billing and refunds" -> billing
  0 "agent"               -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
```

## Options
- `exempt` (default `["0", "*", "#"]`): keys that may lead where another one leads.

## Source
This project.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.rules import Context
from ivrlint.source import Span

CODE = "IVR507"
NAME = "same-target"
SEVERITY = Severity.INFO


class Options(NamedTuple):
    """What can be set."""

    exempt: tuple[str, ...] = ("0", "*", "#")


def check(context: Context) -> Iterator[Violation]:
    """One violation per group of options that are so in every state in which calls meet the menu, wherever
    they are offered.
    """
    told = set()
    for copies in context.places(StepKind.MENU, within=context.moves.reached):
        twins = [_twins(copy, context) for copy in copies]
        groups: dict[Move, list[_Option]] = {}
        for second, first in twins[0].items():
            if all(second in found for found in twins[1:]):
                groups.setdefault(first, []).append(second)
        for first, others in groups.items():
            options = (first.span, *(each.span for each in others))
            if options in told:
                continue
            told.add(options)
            yield _violation(copies[0], first, others, context)


def _violation(menu: Step, first: Move, others: list[_Option], context: Context) -> Violation:
    target = context.moves.steps[first.target]
    *before, last = (first.keys, *(each.keys for each in others))
    both = "both" if len(others) == 1 else "all"
    return Violation(
        f"{', '.join(before)} and {last} of {menu.name} {both} lead to {target.name}",
        others[0].span,
        "make them one option, or lead them to different people",
        step=menu,
        related=(("the other one", first.span), *(("and this one", each.span) for each in others[1:])),
    )


class _Option(NamedTuple):
    keys: str
    span: Span


def _twins(menu: Step, context: Context) -> dict[_Option, Move]:
    """Options with an earlier one that leads to the same place."""
    exempt = context.options(CODE, Options).exempt
    found: dict[_Option, Move] = {}
    first: dict[tuple[str, str], Move] = {}
    for move in context.menus.moves_of(menu):
        known = context.moves.steps[move.target].kind is not StepKind.UNKNOWN
        if known and move.kind is MoveKind.KEY and move.keys and move.keys not in exempt:
            earlier = first.setdefault((move.target, move.deed), move)
            if earlier.span != move.span:
                found[_Option(move.keys, move.span)] = earlier
    return found
