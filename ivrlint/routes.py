"""How far it is to a human: distances, cheapest routes, worst cases and verdicts on a call graph.

A route is a sequence of moves from an entry to a human that visits no step twice and uses no error or
overflow move. It ends at the first human it meets. Routes are compared by, in this order: steps passed that
are unknown, outcomes assumed away (a closed office), then the measure that is judged, the other measure,
milliseconds, moves, and file order. Costs are non-negative and every move counts, so the cheapest walk is
always a route.

Distances need one Dijkstra search backward from all humans and one forward per entry; nothing enumerates
paths.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ivrlint.config import Measure
from ivrlint.flow import CHOICES, OUTSIDE_ROUTES, Move, MoveKind, Step, StepKind
from ivrlint.graph import CallGraph, steps

# A cost is one integer made of fields, most significant first, so that adding costs adds field by field and
# comparing them compares lexicographically: unknowns | unusual | first measure | second measure | ms | moves.
_BITS = 44
_MASK = (1 << _BITS) - 1
_PLAIN = (1 << 4 * _BITS) - 1  # without unknowns and unusual outcomes


class Verdict(StrEnum):
    """Can a caller reach a human?"""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


class Distance(NamedTuple):
    """How far: keys pressed, entries made, milliseconds heard and waited, moves, and what it rests on.

    ``unusual`` counts outcomes that are assumed away (closed hours), ``unknowns`` the unknown steps passed:
    with any, the other figures are lower bounds.
    """

    keypresses: int
    entries: int
    ms: int
    moves: int
    unusual: int = 0
    unknowns: int = 0


class Hop(NamedTuple):
    """A step of a route and the move that leads on from it; None at its end."""

    step: Step
    move: Move | None


class Route(NamedTuple):
    """A way from an entry to a human."""

    moves: tuple[Move, ...]
    distance: Distance
    hops: tuple[Hop, ...]
    exact: bool  # is the time exact, or a lower bound?

    @property
    def human(self) -> Step:
        """Who is reached."""
        return self.hops[-1].step

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """Outcomes the route needs, as (condition, outcome), each once."""
        needed = ((move.condition, move.label) for move in self.moves if move.kind is MoveKind.WHEN)
        return tuple(dict.fromkeys(needed))


class _Edge(NamedTuple):
    source: int
    target: int
    cost: int
    move: Move
    ms: int


class Routes:
    """Distances on ``graph``, judged by ``measure``; ``assume`` fixes outcomes by condition name."""

    def __init__(
        self,
        graph: CallGraph,
        measure: Measure = "keypresses",
        assume: Mapping[str, str] | None = None,
        judged: Collection[MoveKind] = CHOICES,
    ) -> None:
        self._measure = measure
        self._judged = judged
        self._assume = dict(assume or {})
        self._steps: list[Step] = steps(graph)
        self._index = {step.id: index for index, step in enumerate(self._steps)}
        self._edges = self._usable(graph)
        self._out: list[list[_Edge]] = [[] for _ in self._steps]
        self._in: list[list[_Edge]] = [[] for _ in self._steps]
        for edge in self._edges:
            self._out[edge.source].append(edge)
            self._in[edge.target].append(edge)
        humans = [i for i, step in enumerate(self._steps) if step.kind is StepKind.HUMAN]
        self._best = self._search(humans, self._in, lambda edge: edge.source)
        self._on: list[_Edge | None] = [
            None if step.kind is StepKind.HUMAN else self._cheapest_out(index)
            for index, step in enumerate(self._steps)
        ]

    def _usable(self, graph: CallGraph) -> list[_Edge]:
        """Edges that routes may use, in file order. A human's own moves are not: the caller has arrived."""
        edges = []
        for _, _, _, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2]):
            move: Move = data["move"]
            source = self._index[move.source]
            fixed = self._assume.get(move.condition) if move.kind is MoveKind.WHEN else None
            if (
                move.kind in OUTSIDE_ROUTES
                or self._steps[source].kind is StepKind.HUMAN
                or (fixed is not None and fixed != move.label)
            ):
                continue
            cost = self._cost(move, data["ms"], self._steps[source])
            edges.append(_Edge(source, self._index[move.target], cost, move, data["ms"]))
        return edges

    def _cost(self, move: Move, ms: int, source: Step) -> int:
        first, second = move.keypresses, move.entries
        if self._measure == "entries":
            first, second = second, first
        fields = (source.kind is StepKind.UNKNOWN, not move.usual, first, second, ms, 1)
        cost = 0
        for field in fields:
            cost = cost << _BITS | int(field)
        return cost

    def _distance(self, cost: int) -> Distance:
        fields = []
        for _ in range(5):
            fields.append(cost & _MASK)
            cost >>= _BITS
        moves, ms, second, first, unusual = fields
        if self._measure == "entries":
            first, second = second, first
        return Distance(first, second, ms, moves, unusual, cost)

    # --- searches

    def _search(
        self, starts: Iterable[int], edges: list[list[_Edge]], beyond: Callable[[_Edge], int]
    ) -> dict[int, int]:
        """Least cost from ``starts`` along ``edges`` to every step that can be reached."""
        settled: dict[int, int] = {}
        heap = [(0, start) for start in starts]
        while heap:
            cost, here = heapq.heappop(heap)
            if here in settled:
                continue
            settled[here] = cost
            for edge in edges[here]:
                there = beyond(edge)
                if there not in settled:
                    heapq.heappush(heap, (cost + edge.cost, there))
        return settled

    def _cheapest_out(self, index: int) -> _Edge | None:
        """The first move of the cheapest way on to a human; of equal ones the first in file order."""
        if index not in self._best:
            return None
        ways = [edge for edge in self._out[index] if edge.target in self._best]
        return min(ways, key=lambda edge: edge.cost + self._best[edge.target])

    def _reached_by(self, costs: Mapping[int, int], step: int) -> _Edge | None:
        """The last move of the cheapest way to ``step``; of equal ones the first in file order."""
        for edge in self._in[step]:
            if edge.source in costs and costs[edge.source] + edge.cost == costs[step]:
                return edge
        return None

    # --- what can be asked

    @property
    def entries(self) -> list[Step]:
        """Where calls come in."""
        return [step for step in self._steps if step.kind is StepKind.ENTRY]

    def best(self, step: str) -> Distance | None:
        """From ``step`` to the nearest human if the system decides as the caller likes; None without one."""
        cost = self._best.get(self._index[step])
        return None if cost is None else self._distance(cost)

    def sure(self, step: str) -> Distance | None:
        """From ``step`` to some human if the system decides against a caller who plays as well as possible.

        None where the system can keep the caller from every human.
        """
        cost = self._sure.get(self._index[step])
        return None if cost is None else self._distance(cost)

    @cached_property
    def _sure(self) -> dict[int, int]:
        return self._worst_case(i for i, s in enumerate(self._steps) if s.kind is StepKind.HUMAN)

    def _worst_case(self, goals: Iterable[int]) -> dict[int, int]:
        """Least cost that a caller can force to one of ``goals``: a two-player shortest path.

        A step of the system is settled when the last of its outcomes is, at the dearest of them.
        """
        settled: dict[int, int] = {}
        dearest: dict[int, int] = {}
        open_outcomes: dict[int, int] = {}
        heap = [(0, goal) for goal in goals]
        while heap:
            cost, here = heapq.heappop(heap)
            if here in settled:
                continue
            settled[here] = cost
            for edge in self._in[here]:
                source = edge.source
                if source in settled or self._steps[source].kind is StepKind.UNKNOWN:
                    continue
                through = cost + (edge.cost & _PLAIN)
                if self._decided_by_system(source):
                    dearest[source] = max(dearest.get(source, 0), through)
                    open_outcomes[source] = open_outcomes.get(source, len(self._out[source])) - 1
                    if open_outcomes[source]:
                        continue
                    through = dearest[source]
                heapq.heappush(heap, (through, source))
        return settled

    def _decided_by_system(self, index: int) -> bool:
        out = self._out[index]
        return bool(out) and out[0].move.kind is MoveKind.WHEN

    def verdict(self, step: str) -> Verdict:
        """Can a caller at ``step`` reach a human? Unknown if every way passes or ends in an unknown step."""
        cost = self._best.get(self._index[step])
        if cost is not None:
            through_unknown = cost >> 5 * _BITS
            return Verdict.UNKNOWN if through_unknown else Verdict.REACHABLE
        return Verdict.UNKNOWN if self._index[step] in self._before_unknown else Verdict.UNREACHABLE

    @cached_property
    def _before_unknown(self) -> dict[int, int]:
        unknown = [i for i, step in enumerate(self._steps) if step.kind is StepKind.UNKNOWN]
        return self._search(unknown, self._in, lambda edge: edge.source)

    def unknowns_from(self, step: str) -> list[Step]:
        """Unknown steps that routes from ``step`` can get to, nearest first."""
        costs = self._search([self._index[step]], self._out, lambda edge: edge.target)
        return [self._steps[i] for i in costs if self._steps[i].kind is StepKind.UNKNOWN]

    def from_entry(self, entry: str) -> EntryRoutes:
        """Everything that starts at ``entry``."""
        start = self._index[entry]
        lead: list[_Edge] = []
        here = start
        while len(out := self._out[here]) == 1 and out[0].move.kind is MoveKind.NEXT:
            if out[0].target == start or any(out[0].target == edge.source for edge in lead):
                break
            lead.append(out[0])
            here = out[0].target
        return EntryRoutes(self, start, tuple(lead), here)

    def distances_from(self, step: str) -> dict[str, Distance]:
        """From ``step`` to every step that routes can get to, humans included."""
        costs = self._search([self._index[step]], self._out, lambda edge: edge.target)
        return {self._steps[index].id: self._distance(cost) for index, cost in costs.items()}


class EntryRoutes:
    """Routes from one entry; ``lead`` are the moves before the first step where anybody decides."""

    def __init__(self, routes: Routes, start: int, lead: tuple[_Edge, ...], landing: int) -> None:
        self._routes = routes
        self._lead = lead
        self._start = start
        self._landing = landing

    @property
    def entry(self) -> Step:
        """The entry itself."""
        return self._routes._steps[self._start]

    @property
    def landing(self) -> Step:
        """The first step where the caller or the system decides; entries that share it share their routes."""
        return self._routes._steps[self._landing]

    @cached_property
    def _costs(self) -> dict[int, int]:
        return self._routes._search([self._landing], self._routes._out, lambda edge: edge.target)

    @cached_property
    def _by(self) -> dict[int, _Edge | None]:
        """The move by which the cheapest way reaches each step."""
        by = {step: self._routes._reached_by(self._costs, step) for step in self._costs}
        by[self._landing] = None
        return by

    def cheapest(self) -> list[Route]:
        """The cheapest route to every human that can be reached, nearest first."""
        humans = [i for i in self._costs if self._routes._steps[i].kind is StepKind.HUMAN]
        ordered = sorted(humans, key=lambda human: (self._costs[human], human))
        return [self._route(self._way_to(human)) for human in ordered]

    def sure(self, humans: Iterable[str]) -> Distance | None:
        """Worst case from the entry to one of ``humans``; None if the system can prevent it."""
        settled = self._routes._worst_case(self._routes._index[human] for human in humans)
        cost = settled.get(self._start)
        return None if cost is None else self._routes._distance(cost)

    def walks(self) -> Iterator[Route]:
        """The rule of three's walks: through each choice offered, the cheapest way to it and on to a human.

        Each walk once, in file order of the last move to which it takes the cheapest way (a choice or not);
        not those that come through a step twice or rest on an outcome assumed away.
        """
        routes = self._routes
        ends: dict[int, None] = {}
        for rank, edge in enumerate(routes._edges):
            if edge.move.kind in routes._judged and edge.source in self._costs:
                end = self._same_walk(rank, edge)
                if end is not None:
                    ends[end] = None
        for rank in sorted(ends):
            edge = routes._edges[rank]
            walk = self._walk(edge)
            visited = {edge.target for edge in walk}
            if len(visited) == len(walk) and self._landing not in visited:
                route = self._route(walk)
                if not route.distance.unusual:
                    yield route

    @cached_property
    def _ranks(self) -> dict[int, int]:
        return {id(edge): rank for rank, edge in enumerate(self._routes._edges)}

    @cached_property
    def _ends(self) -> dict[int, int]:
        return {}

    def _same_walk(self, rank: int, edge: _Edge) -> int | None:
        """Rank of the last move of ``edge``'s walk that has the same walk; None if no human lies beyond it.

        The walk through a move and the walk through the next one on the way to a human are the same where the
        cheapest way to the second comes through the first.
        """
        if edge.target not in self._routes._best:
            return None
        passed = []
        while rank not in self._ends:
            passed.append(rank)
            following = self._routes._on[edge.target]
            if following is None or self._by[edge.target] is not edge:
                self._ends[rank] = rank
                break
            edge = following
            rank = self._ranks[id(edge)]
        end = self._ends[rank]
        for earlier in passed:
            self._ends[earlier] = end
        return end

    def _walk(self, edge: _Edge) -> tuple[_Edge, ...]:
        on = []
        following = self._routes._on[edge.target]
        while following is not None:
            on.append(following)
            following = self._routes._on[following.target]
        return (*self._way_to(edge.source), edge, *on)

    def _way_to(self, step: int) -> tuple[_Edge, ...]:
        way = []
        edge = self._by[step]
        while edge is not None:
            way.append(edge)
            edge = self._by[edge.source]
        return tuple(reversed(way))

    def _route(self, walk: tuple[_Edge, ...]) -> Route:
        edges = (*self._lead, *walk)
        steps = self._routes._steps
        hops = [Hop(steps[edge.source], edge.move) for edge in edges]
        last = edges[-1].target if edges else self._start
        return Route(
            tuple(edge.move for edge in edges),
            self._routes._distance(sum(edge.cost for edge in edges)),
            (*hops, Hop(steps[last], None)),
            all(edge.move.heard.exact for edge in edges),
        )
