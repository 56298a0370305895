"""A flow as a NetworkX graph, for those who import ivrlint."""

from __future__ import annotations

import pytest

from ivrlint.flow import Duration, MoveKind
from ivrlint.graph import build
from tests.flows import flow, follow, move, press, wrong

FLOW = flow(
    "line:entry main:menu sales:human",
    follow("line", "main", ms=400),
    move("main", "sales", MoveKind.KEY, keys="12", keypresses=2, heard=Duration(100, 3, exact=False)),
    wrong("main", 3, "sales"),
)


def test_nodes_are_steps_by_id() -> None:
    graph = build(FLOW)
    assert list(graph) == ["line", "main", "sales"]
    assert graph.nodes["main"] == {"step": FLOW.steps[1], "kind": FLOW.steps[1].kind, "name": "main"}


def test_edges_are_moves_by_their_rank_in_the_file() -> None:
    graph = build(FLOW, words_per_minute=120)
    edges = list(graph.edges(keys=True, data=True))
    assert [edge[:3] for edge in edges] == [("line", "main", 0), ("main", "sales", 1), ("main", "sales", 2)]
    assert [edge[3]["move"] for edge in edges] == list(FLOW.moves)
    assert [edge[3]["kind"] for edge in edges] == [MoveKind.NEXT, MoveKind.KEY, MoveKind.WRONG]
    figures = [[edge[3][name] for name in ("keypresses", "entries", "ms", "exact")] for edge in edges]
    assert figures == [[0, 0, 400, True], [2, 1, 1600, False], [3, 3, 0, True]]


def test_words_are_timed_at_150_a_minute_unless_told() -> None:
    assert build(FLOW).edges["main", "sales", 1]["ms"] == 100 + 1200


def test_a_flow_that_is_none_is_refused() -> None:
    lost = FLOW._replace(moves=(*FLOW.moves, press("main", "1", "nowhere")))
    with pytest.raises(ValueError, match="move 'main' -> 'nowhere' leads to no step"):
        build(lost)
