"""A key that means the same in most menus means something else in this one.

## What it does
Looks at the keys 0, 9, `*` and `#`. Where one of them leads to people in at least `menus` menus, or back to
a menu, a menu in which it does something else is reported. What is not known is left out.

## Why is this bad
Callers learn that 0 is the operator. Where 0 suddenly is something else, they do what they did not want.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For orders, press 2. For an agent, press 0."
  1 "billing" -> billing
  2 "orders" -> orders
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
menu billing {
  prompt "For a refund, press 1. To pay, press 2. To go back, press star. For an agent, press 0."
  1 "refund" -> refunds
  2 "pay" -> payments
  * "back" -> back
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
menu orders {
  prompt "For a new order, press 1. For returns, press 2. To go back, press star. For an agent, press 0."
  1 "new order" -> sales
  2 "returns" -> returned
  * "back" -> back
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
menu returned {
  prompt "For a broken article, press 1. For a wrong one, press 2."
  prompt "For repairs, press star. For an agent, press 0."
  1 "broken" -> refunds
  2 "wrong article" -> sales
  * "repairs" -> repairs
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue refunds "Please hold for the refunds team."
queue payments "Please hold for the payments team."
queue sales "Please hold for the sales team."
queue repairs "Please hold for the repairs team."
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For orders, press 2. For an agent, press 0."
  1 "billing" -> billing
  2 "orders" -> sales
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
menu billing {
  prompt "For a refund, press 1. To pay, press 2. To go back, press star. For an agent, press 0."
  1 "refund" -> refunds
  2 "pay" -> payments
  * "back" -> back
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue refunds "Please hold for the refunds team."
queue payments "Please hold for the payments team."
queue sales "Please hold for the sales team."
queue agents "Please hold for an agent."
```

## Options
- `menus` (default 2): how many menus must agree on a key, and be more than those that do not.

## Source
W3C COGA: reserved keys mean the same throughout a system (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, StepKind
from ivrlint.menus import Menu
from ivrlint.rules import Context

CODE = "IVR305"
NAME = "inconsistent-key"
SEVERITY = Severity.WARNING

_GLOBAL = ("0", "9", "*", "#")
_PEOPLE = "to people"
_BACK = "back to a menu"
_ELSE = "something else"


class Options(NamedTuple):
    """What can be set."""

    menus: int = 2


class _Use(NamedTuple):
    """What a key means in a menu."""

    menu: Menu
    move: Move
    meaning: str
    landing: str


def check(context: Context) -> Iterator[Violation]:
    """One violation per option in which a key means something else; what menus share is one option."""
    needed = context.options(CODE, Options).menus
    by_file: dict[str, list[Menu]] = {}
    for menu in context.menus.all:
        by_file.setdefault(menu.step.span.path, []).append(menu)
    for menus in by_file.values():
        for key in _GLOBAL:
            uses = [use for menu in menus if (use := _use(context, menu, key))]
            written = {use.move.span: use for use in reversed(uses)}
            yield from _odd(key, [use for use in uses if written[use.move.span] is use], needed)


def _odd(key: str, uses: list[_Use], needed: int) -> Iterator[Violation]:
    counted = Counter(use.meaning for use in uses)
    for meaning in (_PEOPLE, _BACK):
        if counted[meaning] < needed or counted[meaning] <= len(uses) - counted[meaning]:
            continue
        agreed = [use for use in uses if use.meaning == meaning]
        example, usual = agreed[0], {use.landing for use in agreed}
        for use in uses:
            if use.landing not in usual:
                yield Violation(
                    f"key {key} leads {meaning} in {counted[meaning]} menus, but not in {use.menu.step.name}",
                    use.move.span,
                    f"let key {key} mean the same everywhere, and give this option another key",
                    step=use.menu.step,
                    related=((f"what it means in {example.menu.step.name}", example.move.span),),
                )


def _use(context: Context, menu: Menu, key: str) -> _Use | None:
    """What ``key`` means in ``menu``; None where it is not offered or cannot be told."""
    moves = menu.options.get(key, [])
    meanings = {_meaning(context, menu, move) for move in moves}
    if len(meanings) != 1 or "" in meanings:
        return None
    return _Use(menu, moves[0], meanings.pop(), context.menus.landing(moves[0].target).place)


def _meaning(context: Context, menu: Menu, move: Move) -> str:
    landing = context.menus.landing(move.target)
    if landing.kind is StepKind.HUMAN:
        return _PEOPLE
    if landing.kind is StepKind.MENU:
        return _BACK if _leads(context, landing.place, menu) else _ELSE
    told = (StepKind.ASK, StepKind.VOICEMAIL, StepKind.CALLBACK)
    return _ELSE if landing.kind in told else ""


def _leads(context: Context, place: str, menu: Menu) -> bool:
    """Can calls come from ``place`` to ``menu``? Mostly they come there soon, so that is looked at first."""
    goals = {step.id for step in menu.steps}
    found = {step.id for step in context.moves.of_place(place)}
    waiting = deque(sorted(found))
    while waiting and not goals & found:
        for move in context.moves.out(waiting.popleft()):
            if move.target not in found:
                found.add(move.target)
                waiting.append(move.target)
    return bool(goals & found)
