"""A step that no call can get to.

## What it does
Reports steps that no line leads to, by any move. Of steps that only lead to each other, the first is
reported.

## Why is this bad
Somebody believes that callers hear it. Often it is what is left of a menu that has been taken out, or a name
that was mistyped where it should be led to.

## Example
```ivr
line "+1 800 555 0100" -> agents
queue agents "Please hold for an agent."
say survey "How did we do today?" -> hangup
```

## Use instead
```ivr
line "+1 800 555 0100" -> agents
queue agents "Please hold for an agent."
```

## Source
The definition of the language: calls begin at lines.
"""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Step
from ivrlint.graph import reachable, steps
from ivrlint.rules import Context

CODE = "IVR502"
NAME = "unreachable-step"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per group of steps that nothing outside the group leads to."""
    graph = context.graph
    reached = reachable(graph)
    known = {step.place for step in steps(graph) if step.id in reached}
    lost = graph.subgraph(step.id for step in steps(graph) if step.place not in known)
    groups = nx.condensation(lost)
    for group in groups:
        if groups.in_degree(group):
            continue
        members = [graph.nodes[step]["step"] for step in groups.nodes[group]["members"]]
        first: Step = min(members, key=lambda step: (step.span.path, step.span.start))
        follows = ", nor to what follows it" if lost.out_degree(first.id) else ""
        yield Violation(
            f"no call can get to {first.name}{follows}",
            first.span,
            "lead to it from somewhere, or delete it",
            step=first,
        )
