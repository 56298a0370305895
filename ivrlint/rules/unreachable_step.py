"""A step that no call can get to.

## What it does
Reports steps that no line leads to, by any move. Of steps that only lead to each other, the first is
reported. What a platform leads to by itself, and never does, is IVR208.

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

from ivrlint.finding import Severity, Violation
from ivrlint.flow import Step, StepKind
from ivrlint.moves import Moves
from ivrlint.rules import Context

CODE = "IVR502"
NAME = "unreachable-step"
SEVERITY = Severity.WARNING


def check(context: Context) -> Iterator[Violation]:
    """One violation per group of steps that nothing outside the group leads to."""
    moves = context.moves
    reached = {moves.steps[id_].place for id_ in moves.linked}
    for members in _groups(moves):
        lost = [step for step in members if step.place not in reached and "passed" not in step.tags]
        if not lost or any("handler" in step.tags for step in lost):
            continue  # IVR208 says more of a handler
        if all(step.kind is StepKind.END and not step.prompts for step in members):
            continue  # a number that is barred, or the end for good measure: nothing is lost
        first: Step = min(lost, key=lambda step: (step.span.path, step.span.start, step.id))
        follows = ", nor to what follows it" if moves.out(first.id) else ""
        yield Violation(
            f"no call can get to {_called(first)}{follows}",
            first.span,
            "lead to it from somewhere, or delete it",
            step=first,
        )


def _called(step: Step) -> str:
    """A hand-over goes by the name of who is called; who looks for it needs its own."""
    title = f" ({step.detail})" if step.kind is StepKind.HUMAN and step.detail else ""
    return f"{step.name}{title}"


def _groups(moves: Moves) -> Iterator[list[Step]]:
    """Of the steps without a way to them, those that lead to each other and that nothing else leads to."""
    away = [step for id_, step in moves.steps.items() if id_ not in moves.linked]
    if not away:
        return
    import networkx as nx  # slow to load, and most flows have lost nothing

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(step.id for step in away)
    graph.add_edges_from((move.source, move.target) for step in away for move in moves.out(step.id))
    groups = nx.condensation(graph.subgraph([step.id for step in away]))
    for group, members in groups.nodes(data="members"):
        if not groups.in_degree(group):
            yield [moves.steps[step] for step in members]
