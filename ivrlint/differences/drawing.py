"""Two versions of a flow in one picture: added green, removed red and dashed, changed amber.

Colour alone tells nothing: names begin with ``+``, ``-`` or ``~`` too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivrlint import diagrams
from ivrlint.diagrams.picture import Edge, Legend, Mark, Node, Picture
from ivrlint.differences.matching import Matching
from ivrlint.differences.stations import Stations
from ivrlint.linter import Report

MOST_NODES = 120
"""Nodes of a whole picture; of a larger one only what is marked is drawn, and what is next to it."""

_SIGNS = {Mark.ADDED: "+ ", Mark.REMOVED: "- ", Mark.CHANGED: "~ "}
_WHOLE = diagrams.Options(fold=False, repeat="never", boxes="none")
_LINES = ("+ green: added", "- red, dashed: removed", "~ amber: changed")


def drawn(old: Report, new: Report, format_: str) -> bytes:
    """The picture as a file of ``format_``, one of :func:`ivrlint.diagrams.formats`.

    Raises:
        DiagramError: if it cannot be drawn.
    """
    before, after = (diagrams.picture(each.reading.context, (), _WHOLE) for each in (old, new))
    both = overlaid(before, after, _names(old, new))
    return diagrams.written(both if len(both.nodes) <= MOST_NODES else _around(both), _WHOLE, format_)


def overlaid(before: Picture, after: Picture, names: Mapping[str, str]) -> Picture:
    """Both in one; ``names`` are what nodes of ``before`` are called in ``after``, those that are there."""

    def called(name: str) -> str:
        return names.get(name, f"old_{name}")

    were = {called(node.name): node for node in before.nodes}
    nodes = [_node(were.pop(node.name, None), node) for node in after.nodes]
    nodes += [_marked(node, Mark.REMOVED)._replace(name=name) for name, node in were.items()]
    lines = {(called(edge.tail), called(edge.head)): edge for edge in before.edges}
    edges = [_edge(lines.pop((edge.tail, edge.head), None), edge) for edge in after.edges]
    gone = (edge._replace(tail=tail, head=head) for (tail, head), edge in lines.items())
    edges += [edge._replace(mark=Mark.REMOVED, flagged=False) for edge in gone]
    legend = Legend(after.legend.looks if after.legend else (), _LINES)
    return after._replace(nodes=tuple(nodes), edges=tuple(edges), legend=legend)


def _names(old: Report, new: Report) -> dict[str, str]:
    """What the nodes of stations that match are called, before and after."""
    stations = Stations(old.reading.flow), Stations(new.reading.flow)
    before, after = (diagrams.places(each.reading.flow) for each in (old, new))
    names: dict[str, str] = {}
    for one, other in Matching(*stations).pairs():
        name = after[other.step.place]
        if name not in names.values():
            names.setdefault(before[one.step.place], name)
    return names


def _node(before: Node | None, after: Node) -> Node:
    if before is None:
        return _marked(after, Mark.ADDED)
    told = [(each.look, each.title, each.said, each.facts) for each in (before, after)]
    return after if told[0] == told[1] else _marked(after, Mark.CHANGED)


def _marked(node: Node, mark: Mark) -> Node:
    first, *rest = node.title or ("",)
    return node._replace(title=(_SIGNS[mark] + first, *rest), flagged=False, mark=mark)


def _edge(before: Edge | None, after: Edge) -> Edge:
    if before is None:
        return after._replace(mark=Mark.ADDED)
    same = (before.lines, before.line) == (after.lines, after.line)
    return after if same else after._replace(mark=Mark.CHANGED)


def _around(whole: Picture) -> Picture:
    """What is marked, and what is next to it."""
    kept = set(_touched(whole))
    nodes = tuple(node for node in whole.nodes if node.name in kept)
    edges = tuple(edge for edge in whole.edges if {edge.tail, edge.head} <= kept)
    return whole._replace(nodes=nodes, edges=edges)


def _touched(whole: Picture) -> Iterator[str]:
    marked = {node.name for node in whole.nodes if node.mark}
    for edge in whole.edges:
        if edge.mark or edge.tail in marked or edge.head in marked:
            yield edge.tail
            yield edge.head
    yield from marked
