"""Options are not spoken in the order of their keys.

## What it does
Compares the order in which a prompt names the keys 1 to 9 with 1, 2, 3: a key that comes before a smaller
one, or a gap.

## Why is this bad
Callers count along. A gap or a jump makes them wonder what they have missed.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For sales, press 2. For billing, press 1. For an agent, press 0."
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
- `exempt` (default `["0", "9", "*", "#"]`): keys that may stand anywhere; they are often the same in all
menus.

## Source
Avaya, guidelines for interactive responses: options in numerical order, without gaps (P).
(P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.menus import Announcement
from ivrlint.rules import Context

CODE = "IVR304"
NAME = "keys-out-of-order"
SEVERITY = Severity.INFO


class Options(NamedTuple):
    """What can be set."""

    exempt: tuple[str, ...] = ("0", "9", "*", "#")


def check(context: Context) -> Iterator[Violation]:
    """One violation per menu."""
    exempt = context.options(CODE, Options).exempt
    for menu in context.menus.all:
        for announcement in context.menus.announcements(menu):
            spoken = _spoken(announcement, exempt)
            keys = [int(key) for key, _ in spoken]
            wrong = _first_wrong(keys)
            if wrong is not None:
                yield Violation(
                    f"{menu.step.name} names its keys in the order {', '.join(map(str, keys))}",
                    announcement.prompts[spoken[wrong][1]].span,
                    "name the options in the order of their keys, without gaps",
                    step=menu.step,
                )
                break


def _spoken(announcement: Announcement, exempt: Sequence[str]) -> list[tuple[str, int]]:
    """Keys in the order in which they are first named, with the number of the prompt."""
    named: dict[str, int] = {}
    for each in announcement.reading.instructions:
        if each.key not in exempt and each.key.isdigit() and len(each.key) == 1:
            named.setdefault(each.key, each.prompt)
    return list(named.items())


def _first_wrong(keys: Sequence[int]) -> int | None:
    """The first key that does not follow the one before; None where all do."""
    return next((i for i, (a, b) in enumerate(pairwise(keys), 1) if b != a + 1), None)
