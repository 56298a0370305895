"""It takes too long until a human is offered.

## What it does
Adds up what a caller must hear and wait on the quickest way until an option for a human can be taken, and
reports lines on which that is more than `seconds`. Where the length of a recording is not known the sum is a
lower bound; a line that may be quicker is not reported.

## Why is this bad
Callers pay for these seconds with patience, and on some lines with money. Adverts and notices count too: the
caller cannot tell them from the rest.

## Example
```ivr
line "+1 800 555 0100" -> welcome
say welcome "Welcome. Please listen carefully." 25s -> advert
say advert "Have you heard of our new offer?" 25s -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> welcome
say welcome "Welcome." -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent."
```

## Options
- `seconds` (default 45): the longest that callers may have to wait for the option.

## Source
Turkey, EPDK 6507-6: 45 seconds, adverts included (S). (S): only in secondary pages.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.finding import Severity, Violation
from ivrlint.flow import StepKind
from ivrlint.rules import Context

CODE = "IVR108"
NAME = "slow-to-human"
SEVERITY = Severity.WARNING


class Options(NamedTuple):
    """What can be set."""

    seconds: int = 45


def check(context: Context) -> Iterator[Violation]:
    """One violation per line that is too slow; lines that share their first step are told together."""
    most = context.options(CODE, Options).seconds
    waits = _waits(context)
    told: dict[str, list[str]] = {}
    for line in context.moves.of_kind(StepKind.ENTRY):
        wait = waits.get(line.id, 0)
        if wait > most * 1000:
            begin = context.moves.out(line.id)[0].target
            told.setdefault(begin, []).append(line.id)
    for lines in told.values():
        line, *others = (context.moves.steps[id_] for id_ in lines)
        yield Violation(
            f"callers to {line.name} wait at least {waits[line.id] // 1000} s until a human is offered "
            f"(limit {most} s)",
            line.span,
            "offer a person earlier, or shorten what is played before",
            entry=line,
            related=tuple((f"{other.name} comes the same way", other.span) for other in others),
        )


def _waits(context: Context) -> dict[str, int]:
    """Milliseconds from each step until the quickest option for what is, or may be, a human has been heard.

    One search backwards from all these options serves every line. What is played to a caller who has chosen a
    human is no wait for the option.
    """
    settled: dict[str, int] = {}
    waiting = [(0, step) for step in sorted(context.reach.direct)]
    while waiting:
        ms, step = heapq.heappop(waiting)
        if step in settled:
            continue
        settled[step] = ms
        for move in context.reach.passable.into(step):
            if move.source not in settled:
                heard = move.heard.milliseconds(context.settings.words_per_minute)
                heapq.heappush(waiting, (ms + heard, move.source))
    return settled
