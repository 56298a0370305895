"""The moves of a flow by the steps they join: what rules and searches walk on.

It says what :mod:`ivrlint.graph` says, in plain lists, without the time it takes to load NetworkX.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import attrgetter

from ivrlint.flow import CALLER, CHOICES, OTHER_CHANNEL, Flow, Move, MoveKind, Step, StepKind


class Moves:
    """The steps of a flow by id, ``all`` its moves, and those out of and into each step, in file order.

    Raises:
        ValueError: if two steps share an id, a move names a step that is not there, or both the caller and
            the system decide at a step (a reader's fault: it splits such a step).
    """

    def __init__(self, flow: Flow) -> None:
        self.all = flow.moves
        self.steps = {step.id: step for step in flow.steps}
        if len(self.steps) < len(flow.steps):
            raise ValueError(f"two steps have the id {_twice(flow.steps)!r}")
        self._out: dict[str, list[Move]] = {id_: [] for id_ in self.steps}
        self._into: dict[str, list[Move]] = {id_: [] for id_ in self.steps}
        for move in flow.moves:
            try:
                self._out[move.source].append(move)
                self._into[move.target].append(move)
            except KeyError:
                raise ValueError(f"move {move.source!r} -> {move.target!r} leads to no step") from None
        for step, moves in self._out.items():
            if _undecided(moves):
                raise ValueError(f"both the caller and the system decide at {step!r}")

    def out(self, step: str, *kinds: MoveKind) -> Sequence[Move]:
        """The moves out of ``step``: those of ``kinds``, or all."""
        moves = self._out[step]
        return [move for move in moves if move.kind in kinds] if kinds else moves

    def into(self, step: str) -> Sequence[Move]:
        """The moves that lead to ``step``."""
        return self._into[step]

    def of_kind(self, *kinds: StepKind) -> list[Step]:
        """The steps of ``kinds``, in the flow's order."""
        return [step for step in self.steps.values() if step.kind in kinds]

    def of_place(self, place: str) -> Sequence[Step]:
        """The copies of the step written at ``place``."""
        return self._places[place]

    @cached_property
    def _places(self) -> dict[str, list[Step]]:
        places: dict[str, list[Step]] = {}
        for step in self.steps.values():
            places.setdefault(step.place, []).append(step)
        return places

    def beyond(self, starts: Iterable[str], through: Callable[[Move], bool] | None = None) -> set[str]:
        """Ids of ``starts`` and of all steps that moves lead to from there: any, or those ``through`` which
        the call may go."""
        return _spread(starts, self._out, attrgetter("target"), through)

    def before(self, goals: Iterable[str], through: Callable[[Move], bool] | None = None) -> set[str]:
        """Ids of ``goals`` and of all steps from which moves lead there: any, or those ``through`` which
        the call may go."""
        return _spread(goals, self._into, attrgetter("source"), through)

    def only(self, through: Callable[[Move], bool]) -> Moves:
        """The same steps, and of the moves those ``through`` which the call may go."""
        return Moves(Flow(tuple(self.steps.values()), tuple(move for move in self.all if through(move))))

    @cached_property
    def calls(self) -> Moves:
        """The same steps, and of the moves those that calls make."""
        if all(move.condition != OTHER_CHANNEL for move in self.all):
            return self
        return self.only(lambda move: move.condition != OTHER_CHANNEL)

    @cached_property
    def reached(self) -> set[str]:
        """Ids of the steps that calls can get to from any entry, by any move: faults and overflow too."""
        return self.calls.linked

    @cached_property
    def unasked(self) -> set[str]:
        """Ids of waits that nobody wrote (``unwritten``), at which callers have been asked for nothing since
        they chose something, or were served: keys do what they do, but it is no menu.
        """
        waits = {step.id for step in self.of_kind(StepKind.MENU) if "unwritten" in step.tags}
        if not waits:
            return waits
        asking = (id_ for id_, step in self.steps.items() if _asks(step) and id_ not in waits)
        return waits - self.beyond(asking, self._leaves_unanswered)

    def _leaves_unanswered(self, move: Move) -> bool:
        return move.kind not in _ANSWERS and self.steps[move.source].kind not in _SERVED

    @cached_property
    def linked(self) -> set[str]:
        """Ids of the steps that moves lead to from any entry, also by other channels than calls."""
        return self.beyond(step.id for step in self.of_kind(StepKind.ENTRY))


_ANSWERS = CHOICES | {MoveKind.DIAL}
_SERVED = (StepKind.HUMAN, StepKind.VOICEMAIL, StepKind.CALLBACK)


def _asks(step: Step) -> bool:
    """May callers have been asked for keys at ``step``, or by what is said there?"""
    if step.kind in (StepKind.MENU, StepKind.ASK) or "program" in step.tags:
        return True
    return step.kind is StepKind.SAY and bool(step.prompts) and "wordless" not in step.tags


def _spread(
    starts: Iterable[str],
    moves: Mapping[str, Sequence[Move]],
    far_end: Callable[[Move], str],
    through: Callable[[Move], bool] | None,
) -> set[str]:
    found = set(starts)
    waiting = list(found)
    while waiting:
        for move in moves[waiting.pop()]:
            step = far_end(move)
            if step not in found and (through is None or through(move)):
                found.add(step)
                waiting.append(step)
    return found


def _twice(steps: Iterable[Step]) -> str:
    return next(id_ for id_, times in Counter(step.id for step in steps).items() if times > 1)


def _undecided(moves: Iterable[Move]) -> bool:
    """Do both the caller and the system decide?"""
    kinds = {move.kind for move in moves}
    return MoveKind.WHEN in kinds and not kinds.isdisjoint(CALLER)
