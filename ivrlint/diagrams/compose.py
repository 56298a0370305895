"""A sketch put into words: Sketch -> Picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from math import log
from textwrap import wrap
from urllib.parse import quote

from ivrlint.diagrams import wording
from ivrlint.diagrams.options import Boxes, DiagramError, Options
from ivrlint.diagrams.picture import Box, Edge, Legend, Line, Look, Node, Picture
from ivrlint.diagrams.sketch import Link, Sketch, Spot, depths
from ivrlint.finding import Finding
from ivrlint.flow import MoveKind, StepKind
from ivrlint.source import Span
from ivrlint.words import printable

LOOKS = {
    Look.ENTRY: "a number is dialled",
    Look.SAY: "something is said",
    Look.MENU: "menu: press a key",
    Look.ASK: "digits are asked for",
    Look.CHECK: "the system decides",
    Look.WORK: "the system does something",
    Look.HUMAN: "a human",
    Look.VOICEMAIL: "a message is left",
    Look.CALLBACK: "a callback is booked",
    Look.END: "the line is dropped",
    Look.UNKNOWN: "unknown: not in the files",
}
"""What the legend calls each look."""

_AMISS = frozenset({MoveKind.SILENCE, MoveKind.WRONG, MoveKind.OVERFLOW, MoveKind.ERROR})

_WIDE = 10
"""Nodes that nothing leads on from; with more of them, calls go from left to right."""

_PAGE = 1.6
"""Width to height of a good page."""

_BETWEEN = 0.3
"""The part of all moves that may lead from box to box before boxes are left out."""

_TOLD = 8
"""Findings in the legend, the worst; of more, the rest is counted."""


def composed(sketch: Sketch, findings: Sequence[Finding], wanted: Options) -> Picture:
    """The picture of ``sketch``; ``findings`` in their order are explained by number."""
    deciding = {link.tail for link in sketch.links if any(m.kind is MoveKind.WHEN for m in link.moves)}
    nodes = tuple(_node(spot, wanted.link, deciding) for spot in sketch.spots.values())
    return Picture(
        nodes,
        tuple(_edge(link, sketch) for link in sketch.links),
        _boxes(sketch, wanted.boxes),
        _legend(nodes, sketch, findings) if wanted.legend else None,
        _right(sketch) if wanted.orientation == "auto" else wanted.orientation == "right",
    )


def url(template: str, span: Span) -> str:
    """Where ``span`` can be looked at; signs in its path cannot change what kind of address it is.

    Raises:
        DiagramError: if ``template`` has a placeholder that is not known.
    """
    try:
        return template.format(
            path=quote(span.path, errors="surrogateescape"), line=span.line, column=span.column
        )
    except (KeyError, IndexError, ValueError, AttributeError):
        known = "it may hold {path}, {line} and {column}"
        raise DiagramError(f"{template!r} is no template for a link: {known}") from None


def _node(spot: Spot, template: str, deciding: Collection[str]) -> Node:
    return Node(
        spot.name,
        spot.places,
        _look(spot, deciding),
        wording.title(spot),
        wording.said(spot),
        wording.facts(spot),
        wording.tooltip(spot),
        url(template, spot.step.span) if template else "",
        spot.flagged,
        bool(spot.stub),
    )


def _look(spot: Spot, deciding: Collection[str]) -> Look:
    whole = not spot.stub and not spot.hidden
    idle = spot.kind is StepKind.CHECK and whole and spot.name not in deciding
    return Look.WORK if idle else Look(spot.kind.value)


def _edge(link: Link, sketch: Sketch) -> Edge:
    ends = sketch.spots[link.tail], sketch.spots[link.head]
    line = Line.DOTTED if all(move.kind in _AMISS for move in link.moves) else Line.SOLID
    if any(spot.kind is StepKind.UNKNOWN for spot in ends):
        line = Line.DASHED
    return Edge(link.tail, link.head, wording.label(link), wording.told(link), line, link.flagged, link.pairs)


def _right(sketch: Sketch) -> bool:
    """Do calls go from left to right? Where that gives the better page: labels fit in better so."""
    leading = {link.tail for link in sketch.links if link.tail != link.head}
    if len(sketch.spots) - len(leading) <= _WIDE:
        return False
    ranks = Counter(depths(sketch).values())
    long, broad = len(ranks), max(ranks.values())
    right, down = (long * 330) / (broad * 80), (broad * 230) / (long * 120)
    return abs(log(right / _PAGE)) < abs(log(down / _PAGE)) + 1


# --- boxes


def _boxes(sketch: Sketch, wanted: Boxes) -> tuple[Box, ...]:
    """Frames around sub-flows, or around files; one around everything, or a single step, tells nothing."""
    boxes: dict[str, list[str]] = {}
    for spot in sketch.spots.values():
        boxes.setdefault(spot.box, []).append(spot.name)
    if len(boxes) < 2 or wanted == "none" or (wanted == "auto" and _entwined(sketch)):
        return ()
    return tuple(
        Box(f"cluster_{number}", printable(label), tuple(names))
        for number, (label, names) in enumerate(boxes.items())
        if label and len(names) > 1
    )


def _entwined(sketch: Sketch) -> bool:
    """Do so many moves lead from box to box that frames would hide rather than show how calls go?"""
    boxes = {spot.name: spot.box for spot in sketch.spots.values()}
    between = sum(boxes[link.tail] != boxes[link.head] for link in sketch.links)
    return between > _BETWEEN * len(sketch.links)


# --- the legend


def _legend(nodes: Sequence[Node], sketch: Sketch, findings: Sequence[Finding]) -> Legend:
    present = {node.look for node in nodes}
    looks = tuple((look, words) for look, words in LOOKS.items() if look in present)
    return Legend(looks, tuple(_explained(sketch, findings)))


def _explained(sketch: Sketch, findings: Sequence[Finding]) -> list[str]:
    lines = ["after N keys: fewest keypresses from a line"]
    if any(spot.stub for spot in sketch.spots.values()):
        lines.append("→ name: goes on where that step is drawn in full")
    lines.append("dotted: silence, wrong key, overflow, fault")
    if any(link.flagged for link in sketch.links):
        lines.append("thick: a route that a finding is about")
    shown = {n for spot in sketch.spots.values() for n in spot.numbers}
    shown |= {n for link in sketch.links for n in link.numbers}
    worst = sorted(shown, key=lambda number: (findings[number - 1].severity.rank, number))
    for number in sorted(worst[:_TOLD]):
        finding = findings[number - 1]
        lines += wrap(printable(f"{number}. {finding.code}: {finding.violation.message}"), 52)
    if len(shown) > _TOLD:
        lines.append(f"and {len(shown) - _TOLD} more findings")
    return lines
