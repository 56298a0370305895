"""Searches on the moves of a flow: least costs along the moves that routes may use.

Costs are compared in this order: steps passed that are unknown, outcomes assumed away (a closed office), then
the measure that is judged, the other measure, milliseconds, moves. They are non-negative and every move
counts, so the cheapest walk never visits a step twice. Of equal ways the first in file order is taken.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from ivrlint.config import Measure
from ivrlint.flow import OUTSIDE_ROUTES, Move, MoveKind, Step, StepKind
from ivrlint.moves import Moves

# A cost is one integer made of fields, most significant first, so that adding costs adds field by field and
# comparing them compares lexicographically: unknowns | unusual | first measure | second measure | ms | moves.
_BITS = 44
_MASK = (1 << _BITS) - 1
_PLAIN = (1 << 4 * _BITS) - 1  # without unknowns and unusual outcomes


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


class Edge(NamedTuple):
    """A usable move between two steps (by number), with its cost and its rank in file order."""

    source: int
    target: int
    cost: int
    rank: int
    move: Move


class Net:
    """The steps of a flow, numbered, and the moves that routes may use.

    No route uses a fault or an overflowing queue, goes on from a human, or takes an outcome other than the
    assumed one.
    """

    def __init__(
        self, moves: Moves, measure: Measure, assume: Mapping[str, str], words_per_minute: int
    ) -> None:
        self._measure = measure
        self._words_per_minute = words_per_minute
        self.steps: list[Step] = list(moves.steps.values())
        self.number = {step.id: number for number, step in enumerate(self.steps)}
        self.edges = self._usable(moves, assume)
        self.out: list[list[Edge]] = [[] for _ in self.steps]
        self.into: list[list[Edge]] = [[] for _ in self.steps]
        for edge in self.edges:
            self.out[edge.source].append(edge)
            self.into[edge.target].append(edge)

    def _usable(self, moves: Moves, assume: Mapping[str, str]) -> list[Edge]:
        """In file order."""
        edges: list[Edge] = []
        for move in moves.all:
            source = self.number[move.source]
            from_ = self.steps[source].kind
            if move.kind in OUTSIDE_ROUTES or from_ is StepKind.HUMAN or _ruled_out(move, assume):
                continue
            cost = self._cost(move, from_)
            edges.append(Edge(source, self.number[move.target], cost, len(edges), move))
        return edges

    def _cost(self, move: Move, source: StepKind) -> int:
        first, second = move.keypresses, move.entries
        if self._measure == "entries":
            first, second = second, first
        ms = move.heard.milliseconds(self._words_per_minute)
        cost = first << 3 * _BITS | second << 2 * _BITS | ms << _BITS | 1
        if not move.usual:
            cost |= 1 << 4 * _BITS
        return cost | 1 << 5 * _BITS if source is StepKind.UNKNOWN else cost

    def counted(self, edge: Edge) -> int:
        """How much of what is measured ``edge`` takes; an extension that a caller knows does not count."""
        if edge.move.kind is MoveKind.DIAL:
            return 0
        return edge.cost >> 3 * _BITS & _MASK

    def distance(self, cost: int) -> Distance:
        moves, ms, second = cost & _MASK, cost >> _BITS & _MASK, cost >> 2 * _BITS & _MASK
        first, unusual = cost >> 3 * _BITS & _MASK, cost >> 4 * _BITS & _MASK
        if self._measure == "entries":
            first, second = second, first
        return Distance(first, second, ms, moves, unusual, cost >> 5 * _BITS)

    def of_kind(self, kind: StepKind) -> list[int]:
        """Numbers of the steps of ``kind``."""
        return [number for number, step in enumerate(self.steps) if step.kind is kind]

    def costs_to(self, goals: Iterable[int]) -> dict[int, int]:
        """Least cost to one of ``goals`` from every step that can get there."""
        return self._search(goals, self.into, attrgetter("source"))

    def costs_from(self, *starts: int) -> dict[int, int]:
        """Least cost from one of ``starts`` to every step that can be reached, nearest first."""
        return self._search(starts, self.out, attrgetter("target"))

    def fewest_from(self, start: int, closed: Callable[[int], bool]) -> dict[int, int]:
        """Least cost from ``start`` to every step, through none that is ``closed``, if outcomes that are
        assumed away, and unknown steps, cost nothing more.
        """
        out = [[] if closed(step) else edges for step, edges in enumerate(self.out)]
        return self._search([start], out, attrgetter("target"), _PLAIN)

    def hinders(self, step: int) -> bool:
        """Can a caller not be sure of what comes after ``step``?"""
        return self.steps[step].kind is StepKind.UNKNOWN or self.decided_by_system(step)

    def is_vain(self, step: int) -> bool:
        """Can the system put the caller back, at ``step``, to the only step that leads there?

        Who is sure of somebody beyond it is so without it.
        """
        if not self.decided_by_system(step):
            return False
        before = {edge.source for edge in self.into[step]}
        return any({self._landing(edge.target)} == before for edge in self.out[step])

    def _landing(self, step: int) -> int:
        """Where a call at ``step`` gets to before anything is decided."""
        passed = {step}
        while len(out := self.out[step]) == 1 and out[0].move.kind is MoveKind.NEXT:
            step = out[0].target
            if step in passed:
                break
            passed.add(step)
        return step

    def _search(
        self,
        starts: Iterable[int],
        edges: Sequence[Sequence[Edge]],
        beyond: Callable[[Edge], int],
        counted: int = -1,
    ) -> dict[int, int]:
        """By step, the least cost of the fields that ``counted`` masks."""
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
                    heapq.heappush(heap, (cost + (edge.cost & counted), there))
        return settled

    def way_on(self, costs: Mapping[int, int], step: int) -> Edge | None:
        """The first move of the cheapest way on from ``step``, where ``costs`` are those to the goals."""
        ways = (edge for edge in self.out[step] if edge.target in costs)
        return min(ways, key=lambda edge: edge.cost + costs[edge.target], default=None)

    def way_to(self, costs: Mapping[int, int], step: int) -> Edge | None:
        """The last move of the cheapest way to ``step``, where ``costs`` are those from the start."""
        for edge in self.into[step]:
            if edge.source in costs and costs[edge.source] + edge.cost == costs[step]:
                return edge
        return None

    def worst_case(self, goals: Iterable[int], until: int | None = None) -> dict[int, int]:
        """Least cost that a caller can force to one of ``goals``: a two-player shortest path.

        A step of the system is settled when the last of its outcomes is, at the dearest of them. Steps that
        are farther than ``until`` may be left out.
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
            if here == until:
                break
            for edge in self.into[here]:
                source = edge.source
                if source in settled or self.steps[source].kind is StepKind.UNKNOWN:
                    continue
                through = cost + (edge.cost & _PLAIN)
                if self.decided_by_system(source):
                    dearest[source] = max(dearest.get(source, 0), through)
                    open_outcomes[source] = open_outcomes.get(source, len(self.out[source])) - 1
                    if open_outcomes[source]:
                        continue
                    through = dearest[source]
                heapq.heappush(heap, (through, source))
        return settled

    def decided_by_system(self, step: int) -> bool:
        """Does the caller have no say in what becomes of the call at ``step``?"""
        return any(edge.move.kind is MoveKind.WHEN for edge in self.out[step][:1])


def _ruled_out(move: Move, assume: Mapping[str, str]) -> bool:
    """Is it an outcome other than the assumed one?"""
    return move.kind is MoveKind.WHEN and assume.get(move.condition, move.label) != move.label


def is_certain(cost: int) -> bool:
    """Does a way of this cost pass no unknown step?"""
    return not cost >> 5 * _BITS
