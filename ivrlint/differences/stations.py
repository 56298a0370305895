"""The steps of a flow as its author knows them: the states of a call at one place are one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import NamedTuple, TypeAlias

from ivrlint.flow import Flow, Move, MoveKind, Step, StepKind

Key: TypeAlias = tuple[str, str, str]
"""Place, name and target: a place that connects to several queues is as many stations."""

Choice: TypeAlias = tuple[MoveKind, str]
"""What is done at a station: the kind of the move, and keys or label."""

_LABELLED = frozenset({MoveKind.SPEECH, MoveKind.WHEN, MoveKind.OVERFLOW, MoveKind.ERROR, MoveKind.DIAL})


class Station(NamedTuple):
    """``step`` is its first state; ``ways`` are the moves out of all of them, by what is done."""

    key: Key
    step: Step
    ids: tuple[str, ...]
    ways: dict[Choice, Move]

    @property
    def prompts(self) -> str:
        """What is played, in words or by the names of recordings."""
        return " ".join(prompt.text or prompt.audio for prompt in self.step.prompts)

    @property
    def options(self) -> set[str]:
        """Keys and words that it knows."""
        return {f"{kind}:{what}" for kind, what in self.ways}


class Stations:
    """All stations of ``flow`` by key, in its order."""

    def __init__(self, flow: Flow) -> None:
        self.steps = {step.id: step for step in flow.steps}
        states: dict[Key, list[Step]] = {}
        for step in flow.steps:
            states.setdefault(_key(step), []).append(step)
        ways: dict[Key, dict[Choice, Move]] = {key: {} for key in states}
        for move in flow.moves:
            ways[_key(self.steps[move.source])].setdefault(choice(move), move)
        self.all = {
            key: Station(key, same[0], tuple(step.id for step in same), ways[key])
            for key, same in states.items()
        }

    def of(self, step: str) -> Station:
        """The station of the step with this id."""
        return self.all[_key(self.steps[step])]

    def of_kind(self, *kinds: StepKind) -> Iterator[Station]:
        """Those of ``kinds``."""
        return (station for station in self.all.values() if station.step.kind in kinds)

    def drops(self, step: str) -> bool:
        """Does the call end after ``step``, whatever the caller does?"""
        return self._end(step, ()).step.kind is StepKind.END

    def noticed(self, step: str) -> Station:
        """The first station from ``step`` on that callers notice or that decides where they go."""
        return self._end(step, (StepKind.SAY,))

    def _end(self, step: str, at: Collection[StepKind]) -> Station:
        """The end of the way on which calls just follow, or its first station of the kinds ``at``."""
        here, passed = self.of(step), set[Key]()
        while here.key not in passed and here.step.kind not in (*at, StepKind.HUMAN):
            passed.add(here.key)
            follows = [move for move in here.ways.values() if move.kind is not MoveKind.ERROR]
            if [move.kind for move in follows] != [MoveKind.NEXT]:
                break
            here = self.of(follows[0].target)
        return here

    @cached_property
    def reached(self) -> set[Key]:
        """Stations that calls can get to."""
        return set(self._beyond())

    def _beyond(self) -> dict[Key, None]:
        found = {station.key: None for station in self.of_kind(StepKind.ENTRY)}
        waiting = list(found)
        while waiting:
            for move in self.all[waiting.pop()].ways.values():
                key = self.of(move.target).key
                if key not in found:
                    found[key] = None
                    waiting.append(key)
        return found


def choice(move: Move) -> Choice:
    """What is done to make ``move``."""
    return move.kind, move.keys or (move.label if move.kind in _LABELLED else "")


def _key(step: Step) -> Key:
    return step.place, step.name, step.target
