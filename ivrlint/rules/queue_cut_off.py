"""Waiting callers are cut off.

## What it does
Reports a queue, a person or a transfer whose callers are dropped if nobody answers in time, or if the queue
is full, without being offered anything. Where it is not stated how long the wait may be, it may have no
end, and nothing is reported; nor is a telephone that rings for whoever dials its number.

## Why is this bad
The longer somebody has waited, the worse it is to be thrown out.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent." {
  max 10m -> hangup
}
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent"   -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
queue billing "We are connecting you with our billing team."
queue agents "We are connecting you with an agent." {
  max 10m -> call_back
}
callback call_back "All our people are busy. We will call you back today."
```

## Source
Spain, Ley 10/2025 art. 8(4) (P). Portugal, Decreto-Lei 134/2009 art. 6(4) (P). GetHuman standard 1.0, item
4 (P). (P): read in the primary text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, StepKind
from ivrlint.rules import Context

CODE = "IVR206"
NAME = "queue-cut-off"
SEVERITY = Severity.WARNING


_WAITED_FOR = {"queue", "person", "transfer"}
"""Tags of people whom a flow hands callers to; a telephone that is just dialled has none."""

_FULL = "full"
"""What readers call it if a queue takes no more callers."""


def check(context: Context) -> Iterator[Violation]:
    """One violation per place, at the first way in which waiting callers are dropped."""
    reach, moves = context.reach, context.moves
    for copies in context.places(StepKind.HUMAN, within=moves.reached):
        waiting = [copy for copy in copies if copy.tags & _WAITED_FOR]
        overflows = [move for copy in waiting for move in moves.out(copy.id, MoveKind.OVERFLOW)]
        cut = [move for move in overflows if move.heard.exact and move.target in reach.dropped]
        if cut:
            spans = dict.fromkeys(move.span for move in cut)
            yield Violation(
                f"callers to {copies[0].name} are cut off {_when(cut[0])}",
                cut[0].span,
                "offer a callback or a voicemail, or try other people",
                step=copies[0],
                related=tuple(("cut off here, too", span) for span in list(spans)[1:]),
            )


def _when(overflow: Move) -> str:
    if overflow.label == _FULL:
        return "if the queue is full"
    return f"if nobody takes them ({overflow.label})" if overflow.label else "if nobody takes them"
