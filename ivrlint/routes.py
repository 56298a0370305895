"""How far it is to a human: distances, cheapest routes, worst cases and verdicts on a flow's moves.

A route is a sequence of moves from an entry to a human that visits no step twice and uses no error or
overflow move. It ends at the first human it meets. What is cheapest is defined in :mod:`ivrlint.net`.
Distances need one search backward from all humans and one forward from each entry; nothing enumerates paths.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from ivrlint.config import Measure
from ivrlint.flow import CHOICES, Move, MoveKind, Step, StepKind
from ivrlint.moves import Moves
from ivrlint.net import Distance, Edge, Net, is_certain
from ivrlint.walks import EntryRoutes, Hop, Onward, Route

__all__ = ["EntryRoutes", "Hop", "Route", "Routes", "Verdict"]


class Verdict(StrEnum):
    """Can a caller reach a human?"""

    REACHABLE = "reachable"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


class Routes:
    """Distances along ``moves``, judged by ``measure``; ``assume`` fixes outcomes by condition name.

    ``judged`` are the kinds of moves whose walks :meth:`EntryRoutes.walks` yields. Prompts of unknown length
    are timed at ``words_per_minute``.
    """

    def __init__(
        self,
        moves: Moves,
        measure: Measure = "keypresses",
        assume: Mapping[str, str] | None = None,
        judged: Collection[MoveKind] = CHOICES,
        words_per_minute: int = 150,
    ) -> None:
        self._net = Net(moves, measure, assume or {}, words_per_minute)
        self._judged = judged
        self._best = self._net.costs_to(self._net.of_kind(StepKind.HUMAN))

    @property
    def entries(self) -> list[Step]:
        """Where calls come in."""
        return [self._net.steps[number] for number in self._net.of_kind(StepKind.ENTRY)]

    def best(self, step: str) -> Distance | None:
        """From ``step`` to the nearest human if the system decides as the caller likes; None without one."""
        cost = self._best.get(self._net.number[step])
        return None if cost is None else self._net.distance(cost)

    def sure(self, step: str) -> Distance | None:
        """From ``step`` to some human if the system decides against a caller who plays as well as possible.

        None where the system can keep the caller from every human.
        """
        cost = self._sure.get(self._net.number[step])
        return None if cost is None else self._net.distance(cost)

    def verdict(self, step: str) -> Verdict:
        """Can a caller at ``step`` reach a human? Unknown if every way passes or ends in an unknown step."""
        number = self._net.number[step]
        if number in self._best:
            return Verdict.REACHABLE if is_certain(self._best[number]) else Verdict.UNKNOWN
        return Verdict.UNKNOWN if number in self._before_unknown else Verdict.UNREACHABLE

    def distances_from(self, step: str) -> dict[str, Distance]:
        """From ``step`` to every step that routes can get to, humans included."""
        costs = self._net.costs_from(self._net.number[step])
        return {self._net.steps[number].id: self._net.distance(cost) for number, cost in costs.items()}

    def way_on(self, step: str) -> Move | None:
        """The first move of the cheapest way from ``step`` to a human; None at a human and without a way."""
        edge = self._on[self._net.number[step]]
        return edge and edge.move

    def from_nearest_entry(self) -> dict[str, Distance]:
        """To every step that routes can get to, from the entry that is nearest."""
        costs = self._net.costs_from(*self._net.of_kind(StepKind.ENTRY))
        return {self._net.steps[number].id: self._net.distance(cost) for number, cost in costs.items()}

    def unknowns_from(self, step: str) -> list[Step]:
        """Unknown steps that routes from ``step`` can get to, nearest first."""
        reached = (self._net.steps[number] for number in self._net.costs_from(self._net.number[step]))
        return [found for found in reached if found.kind is StepKind.UNKNOWN]

    def from_entry(self, entry: str) -> EntryRoutes:
        """Everything that starts at ``entry``."""
        return EntryRoutes(self._net, self._net.number[entry], self._onward, self._judged)

    @cached_property
    def _sure(self) -> dict[int, int]:
        return self._net.worst_case(self._net.of_kind(StepKind.HUMAN))

    @cached_property
    def _before_unknown(self) -> dict[int, int]:
        return self._net.costs_to(self._net.of_kind(StepKind.UNKNOWN))

    @property
    def _on(self) -> Sequence[Edge | None]:
        return self._onward.on

    @cached_property
    def _onward(self) -> Onward:
        return Onward(self._net, self._best)
