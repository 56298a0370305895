"""A menu offers more options than callers can keep in mind.

## What it does
Counts the keys of each menu, without `*` and `#`. The first menu of a line is reported as a warning if it has
more than `first` options, every other one as information if it has more than `others`: one broad menu is
better than two narrow ones. Menus that share their options are told together.

## Why is this bad
Callers must remember every option until they have heard the last one.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For sales, press 2. For orders, press 3. For returns, press 4."
  prompt "For repairs, press 5. For an agent, press 0."
  1 "billing" -> billing
  2 "sales" -> sales
  3 "orders" -> orders
  4 "returns" -> returns
  5 "repairs" -> repairs
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue sales "Please hold for the sales team."
queue orders "Please hold for the orders team."
queue returns "Please hold for the returns team."
queue repairs "Please hold for the repairs team."
queue agents "Please hold for an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For orders and returns, press 2. For repairs, press 3. For an agent, press 0."
  1 "billing" -> billing
  2 "orders and returns" -> orders
  3 "repairs" -> repairs
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue billing "Please hold for the billing team."
queue orders "Please hold for the orders team."
queue repairs "Please hold for the repairs team."
queue agents "Please hold for an agent."
```

## Options
- `first` (default 5): the most options of the first menu.
- `others` (default 9): the most options of any other menu.

## Source
Portugal, DL 134/2009 art. 6(5): five initial options (P). Avaya IR: not more than four or five (P).
Experiments favour broad menus over deep ones (Virzi and Huitema 1997, abstract read, P): so only the first
menu warns. (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind
from ivrlint.rules import Context

CODE = "IVR303"
NAME = "too-many-options"
SEVERITY = Severity.WARNING


class Options(NamedTuple):
    """What can be set."""

    first: int = 5
    others: int = 9


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu."""
    options = context.options(CODE, Options)
    for menu in context.menus.all:
        if context.passes(menu.steps):
            continue  # the options are those of another menu
        if context.reach.public.isdisjoint(step.id for step in menu.steps):
            continue
        is_first = menu.step.place in context.menus.first
        limit = options.first if is_first else options.others
        counted = [move for move in menu.of_kind(MoveKind.KEY) if move.keys not in ("*", "#")]
        count = _count(context, counted)
        if count > limit:
            yield Violation(
                f"{menu.step.name}{', a first menu,' if is_first else ''} offers {count} options "
                f"(limit {limit})",
                menu.step.span,
                "keep what most callers want, and put the rest together",
                step=menu.step,
                severity=None if is_first else Severity.INFO,
                cause=frozenset(move.span for move in counted),
            )


def _count(context: Context, keys: Collection[Move]) -> int:
    """Options of one key or several; keys that a pattern or a later test leads to one place are one. A key
    that leads elsewhere in another state of the call is one, too.
    """
    steps = context.moves.steps
    places = {(steps[move.target].span, move.span) for move in keys}
    return min(len(places), len({(move.keys, move.label) for move in keys}))
