"""Annotated Graphviz diagrams: the only place that knows shapes and colours.

One node per place in the source (copies of a step share it), one edge per pair of places and kind of move.
Every node carries the fewest keypresses to get there and on from there to a human; findings with a route draw
it in red and number it as in the text output.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import NamedTuple

import graphviz

from ivrlint.diagrams.names import places
from ivrlint.finding import Finding
from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.graph import reachable, steps
from ivrlint.net import Distance
from ivrlint.routes import Verdict
from ivrlint.rules import Context
from ivrlint.source import Span
from ivrlint.words import action, plural, printable

FONT = "Helvetica"
RED = "#c0142c"
INK = "#1f2933"
GREY = "#6b7280"


class Look(NamedTuple):
    """How a kind of step is drawn, and what the legend calls it.

    Kinds differ in shape, so that they can be told apart without colour; colours (after Okabe and Ito, who
    chose them for colour-blind readers) differ in lightness too.
    """

    shape: str
    fill: str
    words: str
    style: str = "filled"
    ink: str = INK


LOOKS = {
    StepKind.ENTRY: Look("oval", "#ffffff", "a number is dialled"),
    StepKind.SAY: Look("note", "#f3f4f6", "something is said"),
    StepKind.MENU: Look("box", "#bfe3f7", "menu: press a key", "rounded,filled"),
    StepKind.ASK: Look("hexagon", "#d9f0e4", "digits are asked for"),
    StepKind.CHECK: Look("diamond", "#fdf3c4", "the system decides"),
    StepKind.HUMAN: Look("doubleoctagon", "#00694f", "a human", ink="#ffffff"),
    StepKind.VOICEMAIL: Look("folder", "#f5d5e5", "a message is left"),
    StepKind.CALLBACK: Look("tab", "#f5d5e5", "a callback is booked"),
    StepKind.END: Look("octagon", "#4b5563", "the line is dropped", ink="#ffffff"),
    StepKind.UNKNOWN: Look("box", "#ffffff", "unknown: not in the files", "dashed,filled"),
}


LEGEND_COLUMNS = 2

SHORT = 30
"""Characters of a title that is drawn; longer ones are in the tooltip."""

MOST_LINES = 6
"""Labels on one edge; of more, the rest is counted."""


@dataclass(slots=True)
class _Node:
    """A place, the ids of its copies, and the least distances over them, in keypresses."""

    step: Step
    verdict: Verdict
    ids: list[str] = field(default_factory=list)
    lost: bool = True
    reached: int | None = None
    on: Distance | None = None


class _Flagged(NamedTuple):
    """Places and moves (by where they are written) on flagged routes; which finding is placed where."""

    places: frozenset[str]
    moves: frozenset[Span]
    numbers: Mapping[Span, Sequence[int]]


def draw(context: Context, findings: Sequence[Finding]) -> str:
    """The DOT text of the flow's diagram; ``findings`` are numbered in their order."""
    dot = graphviz.Digraph(
        "ivr",
        graph_attr={"fontname": FONT, "nodesep": "0.35", "ranksep": "0.55", "pad": "0.3"},
        node_attr={"fontname": FONT, "fontsize": "12", "color": INK, "margin": "0.18,0.09"},
        edge_attr={"fontname": FONT, "fontsize": "11", "color": GREY, "fontcolor": INK},
    )
    nodes = _nodes(context)
    names = places(context.flow)
    flagged = _flagged(findings)
    for place, node in nodes.items():
        _draw_node(dot, names[place], node, place in flagged.places)
    for (source, target, _), moves in _edges(context, nodes).items():
        unknown = StepKind.UNKNOWN in (nodes[source].step.kind, nodes[target].step.kind)
        _draw_edge(dot, names[source], names[target], moves, flagged, unknown)
    _legend(dot, nodes.values(), findings)
    text: str = dot.source
    return text


# --- what is drawn


def _nodes(context: Context) -> dict[str, _Node]:
    """Places in the order of the flow, with their distances."""
    routes = context.routes
    nodes: dict[str, _Node] = {}
    for step in steps(context.graph):
        node = nodes.setdefault(step.place, _Node(step, routes.verdict(step.id)))
        node.ids.append(step.id)
        best = routes.best(step.id)
        if best is not None and (node.on is None or best < node.on):
            node.on = best
    for entry in routes.entries:
        for id_, distance in routes.distances_from(entry.id).items():
            node = nodes[context.graph.nodes[id_]["step"].place]
            if node.reached is None or distance.keypresses < node.reached:
                node.reached = distance.keypresses
    found = reachable(context.graph)
    for node in nodes.values():
        node.lost = found.isdisjoint(node.ids)
    return nodes


def _flagged(findings: Sequence[Finding]) -> _Flagged:
    places: set[str] = set()
    moves: set[Span] = set()
    numbers: dict[Span, list[int]] = {}
    for number, finding in enumerate(findings, 1):
        route = finding.violation.route
        if route is not None:
            places |= {hop.step.place for hop in route.hops}
            moves |= {move.span for move in route.moves}
            numbers.setdefault(finding.span, []).append(number)
    return _Flagged(frozenset(places), frozenset(moves), numbers)


def _edges(context: Context, nodes: Mapping[str, _Node]) -> dict[tuple[str, str, str], list[Move]]:
    """Moves from place to place, those that look alike together and each once."""
    places = {id_: place for place, node in nodes.items() for id_ in node.ids}
    edges: dict[tuple[str, str, str], dict[tuple[object, ...], Move]] = {}
    for move in context.flow.moves:
        key = places[move.source], places[move.target], _line(move.kind)
        edges.setdefault(key, {}).setdefault((move.span, move.kind, move.keys), move)
    return {key: list(moves.values()) for key, moves in edges.items()}


def _line(kind: MoveKind) -> str:
    """Solid for what callers are offered and what just follows, dotted for what goes wrong."""
    amiss = (MoveKind.SILENCE, MoveKind.WRONG, MoveKind.OVERFLOW, MoveKind.ERROR)
    return "dotted" if kind in amiss else "solid"


# --- how it looks


def _draw_node(dot: graphviz.Digraph, name: str, node: _Node, flagged: bool) -> None:
    step, look = node.step, LOOKS[node.step.kind]
    explained = step.kind in (StepKind.ENTRY, StepKind.UNKNOWN) or len(step.detail) <= SHORT
    detail = step.detail if explained else ""  # an identifier, say: the tooltip has it
    lines = [*wrap(printable(step.name), 26), *wrap(printable(detail), SHORT), *_distances(node)]
    dot.node(
        name,
        _label(lines),
        shape=look.shape,
        style=look.style,
        fillcolor=look.fill,
        fontcolor=look.ink,
        color=RED if flagged else INK,
        penwidth="3" if flagged else "1",
        tooltip=graphviz.escape(_tooltip(step)),
        **{"class": name},
    )


def _distances(node: _Node) -> list[str]:
    """Keypresses from the nearest line to here, and on to the nearest human."""
    kind = node.step.kind
    lines = []
    if node.lost:
        lines.append("no call gets here")
    elif kind is not StepKind.ENTRY and node.reached is not None:
        lines.append(f"after {plural(node.reached, 'key')}")
    if kind in (StepKind.HUMAN, StepKind.END, StepKind.UNKNOWN):
        return lines
    if node.verdict is Verdict.UNREACHABLE:
        lines.append("no human from here")
    elif node.on is None or node.on.unknowns:
        lines.append("a human? unknown")
    else:
        lines.append(f"{plural(node.on.keypresses, 'key')} to a human")
    return [", ".join(lines)] if kind in (StepKind.MENU, StepKind.SAY, StepKind.ASK) else lines


def _draw_edge(
    dot: graphviz.Digraph,
    source: str,
    target: str,
    moves: Sequence[Move],
    flagged: _Flagged,
    unknown: bool,
) -> None:
    spans = dict.fromkeys(move.span for move in moves)
    red = any(span in flagged.moves for span in spans)
    numbers = [number for span in spans for number in flagged.numbers.get(span, ())]
    lines = [line for line in map(_edge_line, moves) if line]
    if len(lines) > MOST_LINES:
        lines[MOST_LINES - 1 :] = [f"and {len(lines) - MOST_LINES + 1} more"]
    if numbers:
        lines.append("finding " + ", ".join(map(str, numbers)))
    dot.edge(
        source,
        target,
        _label(lines),
        style="dashed" if unknown else _line(moves[0].kind),
        color=RED if red else GREY,
        fontcolor=RED if red else INK,
        penwidth="3" if red else "1.2",
    )


def _edge_line(move: Move) -> str:
    label = printable(move.label)
    match move.kind:
        case MoveKind.SILENCE | MoveKind.WRONG:
            word = "silence" if move.kind is MoveKind.SILENCE else "wrong key"
            return f"{word} x{move.attempts}" if move.attempts > 1 else word
        case MoveKind.WHEN | MoveKind.OVERFLOW | MoveKind.ERROR:
            return "\n".join(wrap(label, 24))
        case MoveKind.SPEECH:
            return action(move)
    return "\n".join(wrap(f"{action(move)}  {label}".strip(), 26)) if action(move) else ""


def _label(lines: Sequence[str]) -> str:
    """Text as DOT wants it: nothing in it is markup but the line ends."""
    parts = (part for line in lines for part in line.split("\n"))
    return "\\n".join(f" {graphviz.escape(part)} " for part in parts)


def _tooltip(step: Step) -> str:
    said = " ".join(prompt.text for prompt in step.prompts if prompt.text)
    parts = (f"{step.span}: {step.kind} {step.name}", step.detail, said)
    return printable(": ".join(part for part in parts if part))


def _legend(dot: graphviz.Digraph, nodes: Iterable[_Node], findings: Sequence[Finding]) -> None:
    """The kinds of steps that occur, the lines, and the findings that are numbered."""
    present = {node.step.kind for node in nodes}
    with dot.subgraph(name="cluster_legend") as box:
        box.attr(label="Legend", style="rounded", color=GREY, fontsize="12", margin="12")
        names = []
        for kind in (kind for kind in LOOKS if kind in present):
            look = LOOKS[kind]
            names.append(f"legend_{kind}")
            box.node(
                names[-1],
                look.words,
                shape=look.shape,
                style=look.style,
                fillcolor=look.fill,
                fontcolor=look.ink,
                fontsize="10",
            )
        box.node("legend_lines", _legend_lines(findings), shape="plaintext", fontsize="10")
        names.append("legend_lines")
        for above, below in zip(names, names[LEGEND_COLUMNS:], strict=False):
            box.edge(above, below, style="invis")


def _legend_lines(findings: Sequence[Finding]) -> str:
    lines = [
        "after N keys: fewest keypresses from a line",
        "dotted: silence, wrong key, overflow, fault",
    ]
    routes = [(n, finding) for n, finding in enumerate(findings, 1) if finding.violation.route]
    if routes:
        lines.append("red: a route that a finding is about")
    for number, finding in routes[:20]:
        lines += wrap(printable(f"{number}. {finding.code}: {finding.violation.message}"), 52)
    if len(routes) > 20:
        lines.append(f"and {len(routes) - 20} more findings")
    return "".join(graphviz.escape(line) + "\\l" for line in lines)
