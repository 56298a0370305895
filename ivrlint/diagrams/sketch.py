"""What there is to draw, before a word of it is written: places, and the moves between them.

A sketch is gathered from a flow; functions from sketch to sketch then leave out, fold or repeat parts of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from ivrlint.diagrams.names import places
from ivrlint.finding import Finding, Violation
from ivrlint.flow import Flow, Move, Step, StepKind
from ivrlint.net import Distance
from ivrlint.routes import Route, Verdict
from ivrlint.rules import Context
from ivrlint.source import Span


class Spot(NamedTuple):
    """A node to be: a place, or several that are drawn as one.

    ``steps`` are those of a folded chain in the order of a call (mostly one), ``alike`` stand for other
    places that look and lead the same; ``places`` are the names of all. ``reached`` are keypresses from the
    nearest line, ``on`` is the distance to the nearest human, ``lost`` what no call gets to. ``numbers`` are
    those of the findings told here; ``box`` is its sub-flow or file. A ``stub`` is
    drawn in full elsewhere (the text is put before its name); ``hidden`` counts the moves out of
    here that were left out.
    """

    name: str
    steps: tuple[Step, ...]
    places: tuple[str, ...]
    box: str
    verdict: Verdict
    on: Distance | None
    reached: int | None
    lost: bool
    flagged: bool = False
    numbers: tuple[int, ...] = ()
    alike: tuple[Step, ...] = ()
    stub: str = ""
    hidden: int = 0

    @property
    def step(self) -> Step:
        """The first."""
        return self.steps[0]

    @property
    def kind(self) -> StepKind:
        """That of the first step; a chain in which something is said says something."""
        kinds = [step.kind for step in self.steps]
        return StepKind.SAY if StepKind.SAY in kinds else kinds[0]


class Link(NamedTuple):
    """An edge to be: all moves from one spot to another. ``pairs`` are the places they lead from and to."""

    tail: str
    head: str
    moves: tuple[Move, ...]
    pairs: tuple[tuple[str, str], ...]
    flagged: bool = False
    numbers: tuple[int, ...] = ()


class Sketch(NamedTuple):
    """Spots by name, in the order of the flow, and the links between them, one for a pair at most."""

    spots: Mapping[str, Spot]
    links: tuple[Link, ...]

    def out(self) -> dict[str, list[Link]]:
        """The links out of every spot."""
        found: dict[str, list[Link]] = {name: [] for name in self.spots}
        for link in self.links:
            found[link.tail].append(link)
        return found

    def into(self) -> dict[str, list[Link]]:
        """The links to every spot."""
        found: dict[str, list[Link]] = {name: [] for name in self.spots}
        for link in self.links:
            found[link.head].append(link)
        return found

    def keeping(self, names: Iterable[str]) -> Sketch:
        """The spots of these names and the links between them; the others are counted as hidden."""
        kept = set(names)
        hidden = dict.fromkeys(self.spots, 0)
        for link in self.links:
            hidden[link.tail] += link.head not in kept
        spots = {
            name: spot._replace(hidden=spot.hidden + hidden[name])
            for name, spot in self.spots.items()
            if name in kept
        }
        return Sketch(spots, tuple(link for link in self.links if link.tail in kept and link.head in kept))


def joined(links: Iterable[Link]) -> tuple[Link, ...]:
    """``links`` with those of the same ends made one; moves that look alike are kept once."""
    together: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        together.setdefault((link.tail, link.head), []).append(link)
    return tuple(group[0] if len(group) == 1 else _one(group) for group in together.values())


def _one(links: Sequence[Link]) -> Link:
    first = links[0]
    moves: dict[tuple[object, ...], Move] = {}
    for link in links:
        for move in link.moves:
            moves.setdefault(_looks(move), move)
    return Link(
        first.tail,
        first.head,
        tuple(moves.values()),
        tuple(dict.fromkeys(pair for link in links for pair in link.pairs)),
        any(link.flagged for link in links),
        tuple(sorted({number for link in links for number in link.numbers})),
    )


def _looks(move: Move) -> tuple[object, ...]:
    return move.kind, move.keys, move.label, move.condition, move.attempts


def depths(sketch: Sketch) -> dict[str, int]:
    """Moves from the nearest line to each spot; what no line leads to comes last."""
    out = sketch.out()
    layer = [name for name, spot in sketch.spots.items() if spot.kind is StepKind.ENTRY]
    depths = dict.fromkeys(layer, 0)
    while layer:
        layer = list(
            dict.fromkeys(link.head for name in layer for link in out[name] if link.head not in depths)
        )
        depths.update(dict.fromkeys(layer, max(depths.values()) + 1))
    return {name: depths.get(name, len(sketch.spots)) for name in sketch.spots}


# --- from a flow


def gather(context: Context, findings: Sequence[Finding], by_file: bool = False) -> Sketch:
    """All of a flow: one spot for each place; ``findings`` are numbered in their order."""
    marks = _Marks(findings)
    names = places(context.flow)
    of: dict[str, list[Step]] = {}
    for step in context.flow.steps:
        of.setdefault(step.place, []).append(step)
    found, near = context.moves.linked, context.routes.from_nearest_entry()
    by_file = by_file or not any(step.part for step in context.flow.steps)
    spots = {}
    for place, steps in of.items():
        first, ids = steps[0], [step.id for step in steps]
        spots[names[place]] = Spot(
            names[place],
            (first,),
            (names[place],),
            first.span.path if by_file else first.part,
            context.routes.verdict(first.id),
            min((way for id_ in ids if (way := context.routes.best(id_))), default=None),
            min((near[id_].keypresses for id_ in ids if id_ in near), default=None),
            found.isdisjoint(ids),
            place in marks.places,
            tuple(marks.steps.get(place, ())),
        )
    return Sketch(spots, _links(context.flow, names, marks))


def _links(flow: Flow, names: Mapping[str, str], marks: _Marks) -> tuple[Link, ...]:
    at = {step.id: step.place for step in flow.steps}
    links = []
    for move in flow.moves:
        way = at[move.source], at[move.target], move.span
        pair = names[way[0]], names[way[1]]
        links.append(Link(*pair, (move,), (pair,), way in marks.moves, tuple(marks.numbers.get(way, ()))))
    return joined(links)


_Way: TypeAlias = tuple[str, str, Span]
"""A move: the places at its ends, and where it is written."""


class _Marks:
    """Where findings leave their marks: places and moves of their routes, and what their numbers stand at.

    A finding is told at the move of its route that it is about, else at its step.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.places: set[str] = set()
        self.moves: set[_Way] = set()
        self.numbers: dict[_Way, list[int]] = {}
        self.steps: dict[str, list[int]] = {}
        for number, finding in enumerate(findings, 1):
            self._mark(number, finding.violation)

    def _mark(self, number: int, violation: Violation) -> None:
        ways = _ways(violation.route) if violation.route else []
        self.places.update(end for way in ways for end in way[:2])
        self.moves.update(ways)
        about = [way for way in ways if way[2] == violation.span]
        step = violation.step or violation.entry
        if about:
            self.numbers.setdefault(about[0], []).append(number)
        elif step:
            self.steps.setdefault(step.place, []).append(number)


def _ways(route: Route) -> list[_Way]:
    pairs = zip(route.hops, route.hops[1:], strict=False)
    return [(hop.step.place, on.step.place, hop.move.span) for hop, on in pairs if hop.move]
