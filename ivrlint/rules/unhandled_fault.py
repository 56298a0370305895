"""A fault of another system drops the call.

## What it does
Reports a step that asks another system (a function, a database) and drops the call if that system fails or
does not answer, though callers could go on from there to a person. Steps that lead to the same end are
reported together.

## Why is this bad
When the customer system is down, every caller of that day is cut off in the middle of the call.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For your order, press 1. For an agent, press 0."
  1 "order" -> find_order
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
code find_order "the shop system looks for the order" {
  found -> order_desk
  fault -> hangup
}
queue order_desk "We are connecting you with our order desk."
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For your order, press 1. For an agent, press 0."
  1 "order" -> find_order
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
code find_order "the shop system looks for the order" {
  found -> order_desk
  fault -> agents
}
queue order_desk "We are connecting you with our order desk."
queue agents "We are connecting you with an agent."
```

## Source
The idea of rule R011 of cxlint, a linter for Dialogflow CX.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Move, MoveKind, StepKind
from ivrlint.rules import Context

CODE = "IVR207"
NAME = "unhandled-fault"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per end, at the first step that faults lead to it from."""
    reach, moves = context.reach, context.moves
    before_human = reach.passable.before(human.id for human in moves.of_kind(StepKind.HUMAN))
    faults: dict[str, dict[str, Move]] = {}
    for step in moves.steps.values():
        judged = step.id in reach.reached and step.id in before_human
        for move in moves.out(step.id, MoveKind.ERROR) if judged else ():
            told = context.handling.cut_off(step)  # IVR204 says so of this step already
            if "lookup" in step.tags and move.target in reach.dropped and not told:
                end = moves.steps[move.target].place
                faults.setdefault(end, {}).setdefault(step.place, move)
    for found in faults.values():
        first, *others = found.values()
        names = dict.fromkeys(moves.steps[move.source].name for move in found.values())
        yield Violation(
            f"if {' or '.join(names)} fails, the call is dropped",
            first.span,
            "lead faults to a person, who can help without that system",
            step=moves.steps[first.source],
            related=tuple((moves.steps[move.source].name, move.span) for move in others),
        )
