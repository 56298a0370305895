"""Routes from one entry: the cheapest to each human, the worst cases, and the walks that the limit judges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import inf
from typing import NamedTuple

from ivrlint.config import Measure
from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.net import Distance, Edge, Net
from ivrlint.reach import LISTENING

_MOST_OUTCOMES = 8
"""Of what is decided first: what all of them tell costs a search for each."""


@dataclass(frozen=True, slots=True, eq=False)
class Hop:
    """A step of a route and the move that leads on from it; None at its end.

    Routes that make the same move share the hop, so that what is made of it can be kept by hop.
    """

    step: Step
    move: Move | None


class Route(NamedTuple):
    """A way from an entry to a human; ``exact`` is False where its time is a lower bound."""

    hops: tuple[Hop, ...]
    distance: Distance
    exact: bool

    @property
    def moves(self) -> list[Move]:
        """What is done on the way."""
        return [hop.move for hop in self.hops if hop.move]

    @property
    def human(self) -> Step:
        """Who is reached."""
        return self.hops[-1].step

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """Outcomes the route needs, as (condition, outcome), each once."""
        needed = ((move.condition, move.label) for move in self.moves if move.kind is MoveKind.WHEN)
        return tuple(dict.fromkeys(needed))


class Onward:
    """The cheapest ways on to humans, of cost ``best`` by step, which all entries share."""

    def __init__(self, net: Net, best: Mapping[int, int]) -> None:
        self.best = best
        self.on = [net.way_on(best, number) for number in range(len(net.steps))]
        self.hops = [Hop(net.steps[edge.source], edge.move) for edge in net.edges]
        self.nearest: dict[int, int] = {}
        for step in best:  # nearest first
            edge = self.on[step]
            self.nearest[step] = step if edge is None else self.nearest[edge.target]


class EntryRoutes:
    """Routes from the entry numbered ``start``.

    What is asked of one of the :meth:`walks` names it by its ``end``, the last move to which it takes the
    cheapest way: there are as many walks as choices, and to make all of them takes long.
    """

    def __init__(self, net: Net, start: int, onward: Onward, judged: Collection[MoveKind]) -> None:
        self._net = net
        self._start = start
        self._onward = onward
        self._on = onward.on
        self._judged = judged
        self._lead = self._undecided(start)
        self._landing = self._lead[-1].target if self._lead else start
        self._ends: dict[int, Edge] = {}
        self._arrivals: dict[int, Hop] = {}
        self._passed: dict[int, dict[int, tuple[Edge | None, int]]] = {}

    @property
    def entry(self) -> Step:
        """The entry itself."""
        return self._net.steps[self._start]

    @property
    def landing(self) -> Step:
        """The first step where the caller or the system decides; entries that share it share their routes."""
        return self._net.steps[self._landing]

    def cheapest(self) -> list[Route]:
        """The cheapest route to every human that can be reached, nearest first."""
        return [self._route(self._way_to(human)) for human in self._humans()]

    def sure(self, humans: Iterable[str]) -> Distance | None:
        """Worst case from the entry to one of ``humans``; None if the system can prevent it."""
        goals = [self._net.number[human] for human in humans]
        cost = self._sure(goals)
        return None if cost == inf else self._net.distance(int(cost))

    def _sure(self, goals: list[int]) -> float:
        """A search for each human takes the square of the menus where each has its own: so first whatever
        tells without one.
        """
        if any(open_to.isdisjoint(goals) for open_to in self._first_decided):
            return inf
        least, unhindered = (min(costs.get(goal, inf) for goal in goals) for costs in self._least)
        if least == unhindered or (unhindered == inf and not self._any_behind_decisions):
            return unhindered
        return self._net.worst_case(goals, self._start).get(self._start, inf)

    def walks(self) -> Iterator[Route]:
        """The rule of three's walks: through each choice offered, the cheapest way to it and on to a human.

        Each walk once, in file order of the last move to which it takes the cheapest way. A walk that comes
        through a step twice is a way back and left out; where it was the last choice on the cheapest route to
        some human, that route comes instead (at the end, nearest human first), so that no long route to any
        human escapes. Nothing that rests on an outcome assumed away is judged.
        """
        return map(self.walk, self.ends())

    def ends(self) -> Iterator[Edge]:
        """The end of each of the :meth:`walks`."""
        kept: set[int] = set()
        for edge in self._judged_ends():
            if self._is_simple(edge):
                kept.add(edge.rank)
                if self._is_usual(edge):
                    yield edge
        for human in self._humans():
            way = self._way_to(human)
            choices = [edge for edge in way if edge.move.kind in self._judged]
            if choices and self._end(choices[-1]).rank not in kept and self._is_usual(way[-1]):
                yield way[-1]

    def walk(self, end: Edge) -> Route:
        """The whole of it."""
        on = []
        following = self._on[end.target]
        while following is not None:
            on.append(following)
            following = self._on[following.target]
        return self._route((*self._way_to(end.source), end, *on))

    def distance(self, end: Edge) -> Distance:
        """How far it is."""
        return self._net.distance(self._cost(end))

    def human(self, end: Edge) -> Step:
        """Where it ends."""
        return self._net.steps[self._onward.nearest[end.target]]

    def passing(self, end: Edge, limit: int) -> Hop | None:
        """Where it passes ``limit`` of what is measured.

        Extensions that callers know beforehand are telephone numbers: they do not count.
        """
        if limit not in self._passed:
            self._passed[limit] = self._passed_before(limit)
        passing, count = self._passed[limit][end.source]
        edge: Edge | None = end
        while passing is None and edge is not None:
            count += self._net.counted(edge)
            passing = edge if count > limit else None
            edge = self._on[edge.target]
        return passing and self._onward.hops[passing.rank]

    def is_way_back(self, walk: Route, measure: Measure) -> bool:
        """Does ``walk`` come twice to what is written once, though its human can be reached with less?"""
        asked = [hop.step.span for hop in walk.hops if hop.step.kind in LISTENING]
        if len(set(asked)) == len(asked):
            return False
        count = getattr(walk.distance, measure)
        return any(
            (route.human.span, route.human.target) == (walk.human.span, walk.human.target)
            and getattr(route.distance, measure) < count
            for route in self._cheapest
        )

    @cached_property
    def _least(self) -> tuple[dict[int, int], dict[int, int]]:
        """Least costs from the entry: by any way that may be sure, and by those on which the system decides
        nothing.
        """
        net = self._net
        return net.fewest_from(self._start, net.is_vain), net.fewest_from(self._start, net.hinders)

    @cached_property
    def _any_behind_decisions(self) -> bool:
        """Can a caller be sure of any of the humans to whom no way is free of the system's decisions?"""
        behind = [human for human in self._humans() if human not in self._least[1]]
        return self._start in self._net.worst_case(behind, self._start)

    @cached_property
    def _first_decided(self) -> list[set[int]]:
        """The steps that each of some outcomes still leads to, of what the system decides before the caller
        has any say.
        """
        outcomes = [self._landing]
        for here in outcomes:
            if self._net.decided_by_system(here) and len(outcomes) < _MOST_OUTCOMES:
                outcomes += [edge.target for edge in self._net.out[here] if edge.target not in outcomes]
        return [set(self._net.costs_from(outcome)) for outcome in outcomes]

    @cached_property
    def _cheapest(self) -> list[Route]:
        return self.cheapest()

    @cached_property
    def _costs(self) -> dict[int, int]:
        return self._net.costs_from(self._landing)

    @cached_property
    def _by(self) -> dict[int, Edge | None]:
        """The last move of the cheapest way to every step."""
        by = {step: self._net.way_to(self._costs, step) for step in self._costs}
        by[self._landing] = None
        return by

    def _undecided(self, start: int) -> tuple[Edge, ...]:
        """The moves from ``start`` on that nobody decides."""
        lead: list[Edge] = []
        passed = {start}
        here = start
        while len(out := self._net.out[here]) == 1 and out[0].move.kind is MoveKind.NEXT:
            here = out[0].target
            if here in passed:
                break
            passed.add(here)
            lead.append(out[0])
        return tuple(lead)

    def _humans(self) -> list[int]:
        """Nearest first."""
        return [step for step in self._costs if self._net.steps[step].kind is StepKind.HUMAN]

    def _judged_ends(self) -> list[Edge]:
        """The ends of the walks through all choices that callers can get to, each once, in file order."""
        ends: dict[int, Edge] = {}
        for edge in chain.from_iterable(self._net.out[step] for step in self._costs):
            if edge.move.kind in self._judged and self._leads_to_human(edge):
                end = self._end(edge)
                ends[end.rank] = end
        return [ends[rank] for rank in sorted(ends)]

    def _leads_to_human(self, edge: Edge) -> bool:
        target = edge.target
        return self._on[target] is not None or self._net.steps[target].kind is StepKind.HUMAN

    def _end(self, edge: Edge) -> Edge:
        """The last move on ``edge``'s walk whose own walk is the same; so it stands for all choices that
        share it.

        The walk through a move and that through the next one are the same where the cheapest way to the
        second comes through the first.
        """
        passed = []
        while edge.rank not in self._ends:
            passed.append(edge.rank)
            following = self._on[edge.target]
            if following is None or self._by[edge.target] is not edge:
                self._ends[edge.rank] = edge
                break
            edge = following
        end = self._ends[edge.rank]
        for rank in passed:
            self._ends[rank] = end
        return end

    def _way_to(self, step: int) -> tuple[Edge, ...]:
        way = []
        edge = self._by[step]
        while edge is not None:
            way.append(edge)
            edge = self._by[edge.source]
        return tuple(reversed(way))

    def _is_simple(self, edge: Edge) -> bool:
        """Does the walk through ``edge`` come through no step twice?

        Its ways to and on from ``edge`` do not by themselves; so one on would have to be one before. That is
        told without making the walk: where all ways back are long, making them takes the square of the moves.
        """
        first, last = self._turn[edge.source]
        following: Edge | None = edge
        while following is not None:
            entered, left = self._turn[following.target]
            if entered <= first and last <= left:
                return False
            following = self._on[following.target]
        return True

    @cached_property
    def _turn(self) -> dict[int, tuple[int, int]]:
        """When a tour of the tree of cheapest ways enters and leaves each step: one lies on the way to
        another if its time there encloses the other's."""
        beyond: dict[int, list[int]] = {step: [] for step in self._costs}
        for edge in self._by.values():
            if edge is not None:
                beyond[edge.source].append(edge.target)
        entered: list[int] = []
        after: dict[int, int] = {}
        waiting = [self._landing]
        while waiting:
            entered.append(here := waiting.pop())
            waiting += beyond[here]
        for here in reversed(entered):  # a step's part of the tour is its own turn and those beyond it
            after[here] = 1 + sum(after[each] for each in beyond[here])
        return {here: (turn, turn + after[here]) for turn, here in enumerate(entered)}

    def _passed_before(self, limit: int) -> dict[int, tuple[Edge | None, int]]:
        """For every step the move of the cheapest way there that passes ``limit``, and what counts so far."""
        passed: dict[int, tuple[Edge | None, int]] = {}
        for step, edge in self._by.items():  # nearest first
            passing, count = passed[edge.source] if edge else (None, 0)
            if edge and passing is None:
                count += self._net.counted(edge)
                passing = edge if count > limit else None
            passed[step] = passing, count
        return passed

    def _cost(self, end: Edge) -> int:
        lead = sum([edge.cost for edge in self._lead])
        return lead + self._costs[end.source] + end.cost + self._onward.best[end.target]

    def _is_usual(self, end: Edge) -> bool:
        return not self.distance(end).unusual

    def _route(self, walk: tuple[Edge, ...]) -> Route:
        edges = (*self._lead, *walk)
        hops = [self._onward.hops[edge.rank] for edge in edges]
        last = edges[-1].target if edges else self._start
        if last not in self._arrivals:
            self._arrivals[last] = Hop(self._net.steps[last], None)
        return Route(
            (*hops, self._arrivals[last]),
            self._net.distance(sum([edge.cost for edge in edges])),
            all(edge.move.heard.exact for edge in edges),
        )
