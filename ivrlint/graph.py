"""Flow -> ``networkx.MultiDiGraph``: facts only, no words for people, no colours.

Nodes are step ids with ``step`` (:class:`~ivrlint.flow.Step`), ``kind`` and ``name``; edges are moves with
``move`` (:class:`~ivrlint.flow.Move`), ``kind``, ``keypresses``, ``entries``, ``ms`` (milliseconds heard and
waited) and ``exact`` (False where ``ms`` is a lower bound). An edge's key is the move's rank in file order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

from ivrlint.flow import Flow
from ivrlint.moves import Moves

if TYPE_CHECKING:
    CallGraph: TypeAlias = nx.MultiDiGraph[str]
else:
    CallGraph: TypeAlias = Any


def build(flow: Flow, words_per_minute: int = 150) -> CallGraph:
    """The graph of ``flow``; prompts of unknown length are timed at ``words_per_minute``.

    Raises:
        ValueError: if two steps share an id, a move names a step that is not there, or both the caller and
            the system decide at a step (a reader's fault: it splits such a step).
    """
    graph: CallGraph = nx.MultiDiGraph()
    for step in Moves(flow).steps.values():
        graph.add_node(step.id, step=step, kind=step.kind, name=step.name)
    for rank, move in enumerate(flow.moves):
        graph.add_edge(
            move.source,
            move.target,
            rank,
            move=move,
            kind=move.kind,
            keypresses=move.keypresses,
            entries=move.entries,
            ms=move.heard.milliseconds(words_per_minute),
            exact=move.heard.exact,
        )
    return graph
