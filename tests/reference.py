"""What :mod:`ivrlint.routes` must answer, found the slow and plain way: every simple path is enumerated.

It shares no code with what it checks. A path is the tuple of its moves' ranks in file order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from ivrlint.flow import Flow, Move, MoveKind, StepKind

Path = tuple[int, ...]
Figures = tuple[int, int, int, int, int, int]
"""Keypresses, entries, milliseconds, moves, unusual outcomes, unknown steps left."""

CHOICES = (MoveKind.KEY, MoveKind.DIGITS, MoveKind.SPEECH)


class Cost(NamedTuple):
    """Compared field by field, first field first."""

    unknowns: int = 0
    unusual: int = 0
    first: int = 0
    second: int = 0
    ms: int = 0
    moves: int = 0

    def plus(self, other: Cost) -> Cost:
        return Cost(*(mine + its for mine, its in zip(self, other, strict=True)))


class Reference:
    """Answers on ``flow`` by enumeration; usable up to about eight steps."""

    def __init__(
        self,
        flow: Flow,
        measure: str = "keypresses",
        words_per_minute: int = 150,
        assume: Mapping[str, str] | None = None,
        judged: Collection[MoveKind] = CHOICES,
    ) -> None:
        self.flow = flow
        self.measure = measure
        self.words_per_minute = words_per_minute
        self.assume = assume or {}
        self.judged = judged
        self.kind = {step.id: step.kind for step in flow.steps}
        self.order = {step.id: number for number, step in enumerate(flow.steps)}
        self.usable = [rank for rank, move in enumerate(flow.moves) if self._is_usable(move)]
        self.paths = {step: list(self._simple_paths(step, {step})) for step in self.kind}

    def _is_usable(self, move: Move) -> bool:
        assumed_away = (
            move.kind is MoveKind.WHEN
            and move.condition in self.assume
            and self.assume[move.condition] != move.label
        )
        outside = move.kind in (MoveKind.ERROR, MoveKind.OVERFLOW)
        return not (assumed_away or outside or self.kind[move.source] is StepKind.HUMAN)

    def _simple_paths(self, here: str, seen: set[str]) -> Iterator[Path]:
        yield ()
        for rank in self.out(here):
            there = self.flow.moves[rank].target
            if there not in seen:
                for rest in self._simple_paths(there, seen | {there}):
                    yield (rank, *rest)

    def out(self, step: str) -> list[int]:
        """Ranks of the usable moves out of ``step``."""
        return [rank for rank in self.usable if self.flow.moves[rank].source == step]

    def end(self, start: str, path: Path) -> str:
        """Where ``path`` from ``start`` leads to."""
        return self.flow.moves[path[-1]].target if path else start

    # --- costs

    def cost(self, path: Path) -> Cost:
        """The sum of what the moves cost."""
        total = Cost()
        for rank in path:
            total = total.plus(self._move_cost(self.flow.moves[rank]))
        return total

    def _move_cost(self, move: Move) -> Cost:
        keypresses, entries = move.keypresses, self._entries(move)
        first, second = (keypresses, entries) if self.measure == "keypresses" else (entries, keypresses)
        spoken = round(Fraction(move.heard.words * 60_000, self.words_per_minute))
        left_unknown = int(self.kind[move.source] is StepKind.UNKNOWN)
        return Cost(left_unknown, int(not move.usual), first, second, move.heard.ms + spoken, 1)

    @staticmethod
    def _entries(move: Move) -> int:
        if move.kind is MoveKind.WRONG:
            return move.attempts
        return int(move.kind in (MoveKind.KEY, MoveKind.DIGITS, MoveKind.DIAL, MoveKind.SPEECH))

    def figures(self, cost: Cost) -> Figures:
        """``cost`` in the order in which distances are told."""
        first, second = cost.first, cost.second
        keypresses, entries = (first, second) if self.measure == "keypresses" else (second, first)
        return keypresses, entries, cost.ms, cost.moves, cost.unusual, cost.unknowns

    # --- ways

    def way_on(self, step: str) -> Path | None:
        """The cheapest path from ``step`` to any human; of equal ones the first, read forward."""
        ways = [path for path in self.paths[step] if self.kind[self.end(step, path)] is StepKind.HUMAN]
        return min(ways, key=lambda path: (self.cost(path), path), default=None)

    def way_to(self, start: str, step: str) -> Path | None:
        """The cheapest path from ``start`` to ``step``; of equal ones the first, read backward."""
        ways = [path for path in self.paths[start] if self.end(start, path) == step]
        return min(ways, key=lambda path: (self.cost(path), path[::-1]), default=None)

    def best(self, step: str) -> Figures | None:
        """What the nearest human costs."""
        way = self.way_on(step)
        return None if way is None else self.figures(self.cost(way))

    def verdict(self, step: str) -> str:
        """Reachable, unreachable or unknown."""
        way = self.way_on(step)
        if way is not None:
            return "unknown" if self.cost(way).unknowns else "reachable"
        return "unknown" if self.unknowns_from(step) else "unreachable"

    def distances_from(self, step: str) -> dict[str, Figures]:
        """What every step that can be reached costs."""
        ways = {there: self.way_to(step, there) for there in self.kind}
        return {there: self.figures(self.cost(way)) for there, way in ways.items() if way is not None}

    def unknowns_from(self, step: str) -> list[str]:
        """Unknown steps that can be reached, nearest first, then in file order."""
        ways = {there: self.way_to(step, there) for there in self.kind}
        costs = {there: self.cost(way) for there, way in ways.items() if way is not None}
        unknown = [there for there in costs if self.kind[there] is StepKind.UNKNOWN]
        return sorted(unknown, key=lambda there: (costs[there], self.order[there]))

    # --- the system against the caller

    def sure(self, step: str, humans: Collection[str] | None = None) -> Figures | None:
        """What the caller can force, to one of ``humans`` (any if None), however the system decides."""
        if humans is None:
            humans = [one for one, kind in self.kind.items() if kind is StepKind.HUMAN]
        cost = self._forced(step, humans, {step})
        return None if cost is None else self.figures(cost)

    def _forced(self, here: str, humans: Collection[str], seen: set[str]) -> Cost | None:
        if here in humans:
            return Cost()
        if self.kind[here] is StepKind.UNKNOWN:
            return None
        outcomes = [self._forced_by(rank, humans, seen) for rank in self.out(here)]
        known = [cost for cost in outcomes if cost is not None]
        if any(self.flow.moves[rank].kind is MoveKind.WHEN for rank in self.out(here)):
            return max(known) if len(known) == len(outcomes) else None
        return min(known, default=None)

    def _forced_by(self, rank: int, humans: Collection[str], seen: set[str]) -> Cost | None:
        there = self.flow.moves[rank].target
        rest = None if there in seen else self._forced(there, humans, seen | {there})
        plain = self._move_cost(self.flow.moves[rank])._replace(unknowns=0, unusual=0)
        return None if rest is None else plain.plus(rest)

    # --- from an entry

    def lead(self, entry: str) -> Path:
        """The moves made before anybody decides anything; a ring of them is left before it closes."""
        lead: Path = ()
        seen = {entry}
        here = entry
        while len(self.out(here)) == 1:
            (rank,) = self.out(here)
            move = self.flow.moves[rank]
            if move.kind is not MoveKind.NEXT or move.target in seen:
                break
            lead = (*lead, rank)
            here = move.target
            seen.add(here)
        return lead

    def landing(self, entry: str) -> str:
        """The first step where somebody decides."""
        return self.end(entry, self.lead(entry))

    def cheapest(self, entry: str) -> list[Path]:
        """The cheapest route to every human, nearest first, then in file order."""
        lead, landing = self.lead(entry), self.landing(entry)
        humans = [step for step, kind in self.kind.items() if kind is StepKind.HUMAN]
        ways = {human: self.way_to(landing, human) for human in humans}
        routes = [(lead + way, human) for human, way in ways.items() if way is not None]
        routes.sort(key=lambda route: (self.cost(route[0]), self.order[route[1]]))
        return [route for route, _ in routes]

    def walks(self, entry: str) -> list[Path]:
        """The walks that the rule of three judges, in file order of the move where each ends being shared."""
        found: dict[Path, int] = {}
        lead, landing = self.lead(entry), self.landing(entry)
        for choice in self.usable:
            walk = self._walk(landing, choice)
            if walk is not None and self._is_judged(entry, lead + walk):
                found[lead + walk] = self._last_on_its_way(landing, walk)
        return sorted(found, key=lambda walk: found[walk]) + list(self._escaped(entry))

    def _escaped(self, entry: str) -> Iterator[Path]:
        """Cheapest routes to humans whose last choice is a way back, nearest human first."""
        lead, landing = self.lead(entry), self.landing(entry)
        for way in self.cheapest(entry):
            choices = [rank for rank in way if self.flow.moves[rank].kind in self.judged]
            walk = self._walk(landing, choices[-1]) if choices else None
            if walk is not None and self._passes_twice(entry, lead + walk) and not self.cost(way).unusual:
                yield way

    def _walk(self, landing: str, choice: int) -> Path | None:
        move = self.flow.moves[choice]
        way_to, way_on = self.way_to(landing, move.source), self.way_on(move.target)
        if move.kind not in self.judged or way_to is None or way_on is None:
            return None
        return (*way_to, choice, *way_on)

    def _is_judged(self, entry: str, walk: Path) -> bool:
        return not self._passes_twice(entry, walk) and not self.cost(walk).unusual

    def _passes_twice(self, entry: str, walk: Path) -> bool:
        passed = [entry, *(self.flow.moves[rank].target for rank in walk)]
        return len(set(passed)) < len(passed)

    def _last_on_its_way(self, landing: str, walk: Path) -> int:
        """The last move of ``walk`` to whose source the walk takes the cheapest way."""
        return max(
            (position, rank)
            for position, rank in enumerate(walk)
            if self.way_to(landing, self.flow.moves[rank].source) == walk[:position]
        )[1]
