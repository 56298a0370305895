"""Callers get in and never out.

## What it does
Reports a part of the flow that callers can enter and from which nothing leads to a human, to a message, to
the end of the call or to anything unknown. Going round is no fault as long as there is a way out: a way
back to the main menu is fine. Judged is what callers get to before they have been handed over to people.

## Why is this bad
The only way out is to hang up.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For jobs, press 1. For an agent, press 0."
  1 "jobs"  -> jobs
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
menu jobs {
  prompt "For jobs in sales, press 1. For jobs in the warehouse, press 2."
  1 "sales"     -> sales_jobs
  2 "warehouse" -> warehouse_jobs
  timeout 5s x2 -> repeat
  invalid x3    -> repeat
}
say sales_jobs "There is no job in sales." -> jobs
say warehouse_jobs "There is no job in the warehouse." -> jobs
queue agents "We are connecting you with an agent."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For jobs, press 1. For an agent, press 0."
  1 "jobs"  -> jobs
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
menu jobs {
  prompt "For jobs in sales, press 1. For jobs in the warehouse, press 2. For an agent, press 0."
  1 "sales"     -> sales_jobs
  2 "warehouse" -> warehouse_jobs
  0 "agent"     -> agents
  timeout 5s x2 -> agents
  invalid x3    -> agents
}
say sales_jobs "There is no job in sales." -> jobs
say warehouse_jobs "There is no job in the warehouse." -> jobs
queue agents "We are connecting you with an agent."
```

## Source
This project: what is flagged is that there is no way out, not that there is a way back.
"""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Step
from ivrlint.reach import LISTENING
from ivrlint.rules import Context

CODE = "IVR201"
NAME = "trapped"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per part, at the first step of it that callers come to."""
    trapped, moves = context.reach.trapped, context.moves
    told: set[str] = set()
    for step in moves.steps.values():
        if step.id not in trapped or step.place in told or not _entered(step, context):
            continue
        region = [moves.steps[id_] for id_ in moves.beyond([step.id])]
        told |= {each.place for each in region}
        asked = any(each.kind in LISTENING for each in region)
        yield Violation(
            f"callers who get to {step.name} never get out again",
            step.span,
            "lead some option, and silence and wrong keys too, out of there"
            if asked
            else "hang up, or lead callers to a person, after they have heard it a few times",
            step=step,
        )


def _entered(step: Step, context: Context) -> bool:
    """Does anything outside lead to it?"""
    reach = context.reach
    before = (move.source for move in context.moves.into(step.id))
    return any(source in reach.unserved and source not in reach.trapped for source in before)
