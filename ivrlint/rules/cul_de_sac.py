"""A menu from which no human can be reached any more.

## What it does
Reports a menu that a caller comes to by a choice and from which no route leads to a human any more, though
the line has one. A way back to a menu with a human is a way. Of several such menus in a row, the first is
reported. What is left once an office has closed is not judged here, nor what is asked for a callback.

## Why is this bad
The caller has been listening for a while, and the only way to a person is to hang up and dial again.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For prices, press 1. For an agent, press 0."
  1 "prices" -> prices
  0 "agent"  -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
menu prices {
  prompt "For the price of gas, press 1. For the price of power, press 2."
  1 "gas"   -> gas
  2 "power" -> power
  timeout 5s x2 -> bye
  invalid x3    -> bye
}
say gas "Gas is ten cents." -> bye
say power "Power is thirty cents." -> bye
queue agents "We are connecting you with an agent."
end bye "Goodbye."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For prices, press 1. For an agent, press 0."
  1 "prices" -> prices
  0 "agent"  -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
menu prices {
  prompt "For the price of gas, press 1. For the price of power, press 2. For an agent, press 0."
  1 "gas"   -> gas
  2 "power" -> power
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
say gas "Gas is ten cents." -> bye
say power "Power is thirty cents." -> bye
queue agents "We are connecting you with an agent."
end bye "Goodbye."
```

## Source
Spain, Ley 10/2025 art. 8(2): a person at any moment of the interaction (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.advice import Advice, free_key, most_helpful
from ivrlint.finding import Option, Severity, Violation
from ivrlint.flow import Flow, Step, StepKind
from ivrlint.rules import Context

CODE = "IVR104"
NAME = "cul-de-sac"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu where the last way to a human is left behind."""
    found = context.reach.culs_de_sac
    advice = _advice(found, context) if found else Advice()
    for menu in found:
        yield Violation(
            f"callers who get to {menu.name} can reach no human any more",
            menu.span,
            advice.words or "offer a key for a person here, or a way back to a menu that has one",
            step=menu,
            option=advice.option,
        )


def _advice(found: list[Step], context: Context) -> Advice:
    """The one new option with which the fewest such menus are left, and how many that is."""
    desk = _desk(context)
    lost = context.moves.beyond(menu.id for menu in found)
    menus = [*found, *(step for step in context.moves.of_kind(StepKind.MENU) if step.id in lost)]
    options = [Option(menu, key, desk) for menu in menus if (key := free_key(menu, desk, context.moves))]
    return most_helpful(context.flow, options, lambda flow: _count(flow, context), "such menu")


def _desk(context: Context) -> Step:
    """The people to whom most moves lead."""
    humans = [step for step in context.moves.of_kind(StepKind.HUMAN) if step.id in context.reach.reached]
    return max(humans, key=lambda step: len(context.moves.into(step.id)))


def _count(flow: Flow, context: Context) -> int:
    return len(Context(flow, context.settings).reach.culs_de_sac)
