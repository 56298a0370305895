"""What becomes of callers who keep silent, or keep pressing what is not offered."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Literal, TypeAlias

from ivrlint.flow import Move, MoveKind, Step, StepKind
from ivrlint.moves import Moves
from ivrlint.reach import LISTENING, SYSTEM, Reach
from ivrlint.source import Span

Fault: TypeAlias = Literal[MoveKind.SILENCE, MoveKind.WRONG]
"""What a caller can do wrong."""

FAULTS: tuple[Fault, Fault] = (MoveKind.SILENCE, MoveKind.WRONG)


class Handling:
    """Menus and questions that calls get to, by how they take silence and wrong keys."""

    def __init__(self, moves: Moves, reach: Reach) -> None:
        self._moves = moves
        self._reach = reach
        self.listening = [step for step in moves.of_kind(*LISTENING) if step.id in moves.reached]

    def unhandled(self, fault: Fault) -> Iterator[Step]:
        """Steps where nothing is written for ``fault`` and the platform drops the call. What only announces
        something does not wait for keys: silence is no fault there.
        """
        passed = self._reach.passing if fault is MoveKind.SILENCE else ()
        for step in self.listening:
            if step.id in passed or step.id not in self._reach.public:
                continue
            if step.listening and fault in step.listening.drops:
                yield step

    def by_cause(self, groups: Iterable[list[Step]], fault: Fault) -> list[list[list[Step]]]:
        """``groups`` of steps, those together for which one missing handler of ``fault`` would do: where
        their calls are dropped is one place.
        """
        found: dict[tuple[str, ...], list[list[Step]]] = {}
        for steps in groups:
            ends = (self._moves.steps[move.target].place for move in self._moves.out(steps[0].id, fault))
            found.setdefault(tuple(ends) or (steps[0].id,), []).append(steps)
        return list(found.values())

    def cut_off(self, step: Step) -> list[Move]:
        """The moves for silence and wrong keys by which the flow itself drops the call, where it could lead
        to somebody instead. Who does not know a password is meant to be, and who has left a message and then
        keeps silent is done.
        """
        if step.id not in self._reach.hopeful or step.id not in self._reach.reached:
            return []
        if step.id in self._reach.passing or "lock" in step.tags:
            return []
        drops = step.listening.drops if step.listening else ()
        faults = FAULTS if step.id in self._reach.unfinished else (MoveKind.WRONG,)
        handlers = self._moves.out(step.id, *faults)
        return [move for move in handlers if move.kind not in drops and move.target in self._reach.dropped]

    def endless(self, fault: Fault) -> list[Step]:
        """Steps to which ``fault``, however often it is made, only ever leads back; of steps that lead to
        each other the first."""
        judged = self._rounds(fault) & self._reach.hopeful & self._reach.reached
        kinds = SYSTEM | {fault}
        first: list[Step] = []
        told: set[str] = set()

        def is_new(move: Move) -> bool:
            return move.kind in kinds and move.target not in told

        for step in self.listening:
            if step.id in judged and step.id not in told:
                first.append(step)
                told |= self._moves.beyond([step.id], is_new)
        return first

    def _rounds(self, fault: Fault) -> set[str]:
        """Steps that come round to themselves, and from which ``fault`` leads nowhere else."""
        kinds = SYSTEM | {fault}
        steps = self._moves.steps.values()
        followed = {step.id for step in steps if step.kind in _FOLLOWED and self._moves.out(step.id, *kinds)}
        ends = [step.id for step in steps if step.id not in followed]
        ended = self._moves.before(ends, lambda move: move.kind in kinds)
        rest = {step.id for step in steps if step.id not in ended}
        return self._without_approach(rest, kinds)

    def _without_approach(self, rest: set[str], kinds: frozenset[MoveKind]) -> set[str]:
        """``rest`` without steps that nothing in it leads to."""
        led = dict.fromkeys(rest, 0)
        for step in rest:
            for move in self._moves.out(step, *kinds):
                led[move.target] += 1
        waiting = [step for step, count in led.items() if not count]
        while waiting:
            step = waiting.pop()
            del led[step]
            for move in self._moves.out(step, *kinds):
                led[move.target] -= 1
                if not led[move.target]:
                    waiting.append(move.target)
        return set(led)


_FOLLOWED = frozenset({*LISTENING, StepKind.ENTRY, StepKind.SAY, StepKind.CHECK})


def deeds(kinds: Container[MoveKind], step: Step) -> str:
    """``keep silent or press a wrong key``: what a caller at ``step`` does wrong."""
    wrong = "are not understood" if "bot" in step.tags else "press a wrong key"
    told = {MoveKind.SILENCE: "keep silent", MoveKind.WRONG: wrong}
    return " or ".join(told[fault] for fault in FAULTS if fault in kinds)


def nor_here(step: Step, menus: Iterable[Iterable[Step]]) -> tuple[tuple[str, Span], ...]:
    """Where else than at ``step`` nothing is written either."""
    spans = dict.fromkeys(other.span for menu in menus for other in menu)
    return tuple(("nor is it here", span) for span in spans if span != step.span)
