"""What a caller can still get to from each step, and what is left where that is nothing.

The regions of a flow that several rules speak of are told apart here, so that one cause gives one finding,
the most specific:

- a line without any human is IVR102, and nothing below is said of what lies behind such lines only;
- a region that cannot be left at all is IVR201 (``trapped``);
- a menu with no way to a human any more is IVR104 (``culs_de_sac``), unless it is trapped;
- how silence and wrong keys are handled (IVR204, IVR205) and which key calls an operator (IVR105) is judged
  only where there is somebody to lead to: at steps of ``hopeful`` and of ``human``;
- what is behind codes that staff dial (``*43``) is not judged as what callers meet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from ivrlint.flow import CALLER, CHOICES, OUTSIDE_ROUTES, Flow, Move, MoveKind, ProblemKind, Step, StepKind
from ivrlint.moves import Moves
from ivrlint.source import Span

LISTENING = (StepKind.MENU, StepKind.ASK)
MESSAGES = (StepKind.VOICEMAIL, StepKind.CALLBACK)
SERVED = (StepKind.HUMAN, *MESSAGES)
"""Where a caller has got what there is to get."""

SYSTEM = frozenset({MoveKind.NEXT, MoveKind.WHEN})
"""Moves that the call makes by itself."""


class Reach:
    """Sets of step ids, each made when first asked for; ``assume`` fixes outcomes by condition name.

    "May be": an unknown step may be, or lead to, anything. ``undefined`` are jumps to nowhere (IVR501).
    """

    def __init__(self, flow: Flow, moves: Moves, assume: Mapping[str, str]) -> None:
        self._moves = moves
        self._assume = assume
        lost = {problem.span for problem in flow.problems if problem.kind is ProblemKind.UNDEFINED_TARGET}
        self.undefined = {step.id for step in moves.of_kind(StepKind.END) if step.span in lost}

    @cached_property
    def goals(self) -> list[str]:
        """What is, or may be, a human."""
        return self._ids(StepKind.HUMAN, StepKind.UNKNOWN)

    @cached_property
    def passable(self) -> Moves:
        """The moves that a route may take."""
        return self._moves.only(self._usable)

    def _usable(self, move: Move) -> bool:
        if move.kind in OUTSIDE_ROUTES or self._kind(move.source) is StepKind.HUMAN:
            return False
        return self._assumed(move)

    # --- from where

    @cached_property
    def human(self) -> set[str]:
        """From where a route leads to what is, or may be, a human."""
        return self.passable.before(self.goals)

    @cached_property
    def surely_human(self) -> set[str]:
        """From where a route leads to a human and past nothing unknown."""
        humans = self._ids(StepKind.HUMAN)
        return self.passable.before(humans, lambda move: self._kind(move.source) is not StepKind.UNKNOWN)

    @cached_property
    def hopeful(self) -> set[str]:
        """From where a route leads to what is, or may be, a human, a voicemail or a callback."""
        return self._before(*SERVED, StepKind.UNKNOWN)

    @cached_property
    def passing(self) -> set[str]:
        """Menus that are none to a caller: a prompt that keys may cut short, and that no wait follows, where
        another menu of the same part waits for these keys (or there are none); a wait without a prompt and
        without options, which is a pause (any digit or a number may be dialled meanwhile); one in which
        nobody asked for keys (``Moves.unasked``).
        """
        offered: dict[str, set[tuple[str, Span]]] = {}
        for step in self._moves.of_kind(StepKind.MENU):
            if _waits(step):
                offered.setdefault(step.part, set()).update(self._options(step))
        found = set(self._moves.unasked)
        for step in self._moves.of_kind(StepKind.MENU):
            options = self._options(step)
            if step.listening is None or (_waits(step) and self._chooses(step)):
                continue
            paused = not step.prompts and MoveKind.SILENCE not in step.listening.drops
            if paused if _waits(step) else options <= offered.get(step.part, set()):
                found.add(step.id)
        return found

    def _chooses(self, step: Step) -> bool:
        """Is there an option of one key, which is not one of many that are written together?"""
        keys = [move for move in self._moves.out(step.id, *CHOICES) if len(move.keys) < 2]
        written = Counter(move.span for move in keys)
        return any(written[move.span] == 1 and move.label[1:2] not in ("-", ",") for move in keys)

    def _options(self, step: Step) -> set[tuple[str, Span]]:
        keys = self._moves.out(step.id, *CHOICES)
        return {(move.keys, self._moves.steps[move.target].span) for move in keys}

    @cached_property
    def direct(self) -> set[str]:
        """From where the call goes by itself to what is, or may be, a human."""
        return self._moves.before(self.goals, self._by_itself)

    @cached_property
    def lost(self) -> set[str]:
        """Steps of ``reached`` with a way out, but to no human, message or anything unknown."""
        return self.reached - self.hopeful - self.trapped

    @cached_property
    def operator(self) -> set[str]:
        """Where an operator's key may lead: to humans; a jump to nowhere is another finding."""
        return self.human | self.undefined

    @cached_property
    def dropped(self) -> set[str]:
        """From where every call is dropped without being asked anything more.

        An end that is a jump to nowhere is left out: that is another finding.
        """
        ends = [end for end in self._ids(StepKind.END) if end not in self.undefined]
        found = set(ends)
        open_: dict[str, int] = {}
        waiting = list(ends)
        while waiting:
            for move in self._moves.into(waiting.pop()):
                step = move.source
                kinds = self._unasked_kinds(step)
                if move.kind not in kinds:
                    continue
                ways = self._moves.out(step, *kinds)
                open_[step] = open_.get(step, len(ways)) - 1
                if not open_[step]:
                    found.add(step)
                    waiting.append(step)
        return found

    def _unasked_kinds(self, step: str) -> Collection[MoveKind]:
        """The moves that a call makes at ``step`` while its caller is asked nothing."""
        if step in self._moves.unasked:
            return (MoveKind.SILENCE,)
        return SYSTEM if self._kind(step) in _PASSED else ()

    # --- to where

    @cached_property
    def reached(self) -> set[str]:
        """Steps that calls get to on a line that has, or may have, a human."""
        return self._moves.beyond(self._lines, _is_public)

    @cached_property
    def public(self) -> set[str]:
        """Steps that calls get to on any line."""
        return self._moves.beyond((step.id for step in self._moves.of_kind(StepKind.ENTRY)), _is_public)

    @cached_property
    def unserved(self) -> set[str]:
        """Steps of ``reached`` that calls get to before any human, voicemail or callback."""
        return self._moves.beyond(self._lines, self._before_service)

    @cached_property
    def lines(self) -> list[Step]:
        """Entries that callers know; those that no file puts a line into, only if there is nothing else."""
        entries = self._moves.of_kind(StepKind.ENTRY)
        return [entry for entry in entries if "stray" not in entry.tags] or entries

    @cached_property
    def greeted(self) -> set[str]:
        """Steps of ``unserved`` that calls get to on ``lines``."""
        lines = [line.id for line in self.lines if line.id in self.human]
        return self._moves.beyond(lines, self._before_service)

    @cached_property
    def unfinished(self) -> set[str]:
        """Steps of ``reached`` that calls get to without having left a message."""
        return self._moves.beyond(
            self._lines,
            lambda move: (
                _is_public(move)
                and (self._kind(move.source) not in MESSAGES or move.kind is not MoveKind.NEXT)
            ),
        )

    @cached_property
    def willing(self) -> set[str]:
        """Steps of ``reached`` that calls get to before anybody serves them and without any fault."""
        return self.passable.beyond(
            self._lines,
            lambda move: (
                _is_public(move) and self._kind(move.source) not in MESSAGES and move.kind not in _FAULTS
            ),
        )

    @cached_property
    def at_once(self) -> set[str]:
        """Steps that calls get to by themselves, before the caller does anything."""
        return self._moves.beyond((step.id for step in self._moves.of_kind(StepKind.ENTRY)), self._by_itself)

    # --- regions

    @cached_property
    def trapped(self) -> set[str]:
        """Steps of ``unserved`` from where no call gets to a human, a message, the end or anything unknown.

        After a hand-over somebody may answer at any time.
        """
        outs = [step.id for step in self._moves.steps.values() if self._is_way_out(step)]
        free = self._moves.before(outs, lambda move: move.kind is not MoveKind.ERROR)
        return self.unserved - free

    @cached_property
    def culs_de_sac(self) -> list[Step]:
        """Menus that a caller comes to by a move of their own and from which no human can be reached any
        more: of several in a row the first, whichever way the call came to it. What is left of an
        opening hour that is over is no cul-de-sac, nor is what a caller is asked for a callback.
        """
        alive = {step.span for id_, step in self._moves.steps.items() if id_ in self._not_lost}
        first: dict[Span, Step] = {}
        for step in self._steps(self._first_lost()):
            if step.span not in alive:
                first.setdefault(step.span, step)
        return list(first.values())

    @cached_property
    def _not_lost(self) -> set[str]:
        return self.human | self._before(StepKind.CALLBACK)

    def _first_lost(self) -> set[str]:
        """Menus where a caller who had a human has none any more; an announcement is none."""
        kept = self._not_lost | self.trapped
        starts = [
            move.target
            for step in self._steps(self.unserved & self.surely_human)
            if step.kind in LISTENING
            for move in self._moves.out(step.id, *CALLER)
            if move.target not in kept
        ]
        lost = self._moves.beyond(
            starts,
            lambda move: self._kind(move.source) in _BEFORE_MENU or move.source in self._moves.unasked,
        )
        return {id_ for id_ in lost if self._kind(id_) is StepKind.MENU} - self.passing

    def _is_way_out(self, step: Step) -> bool:
        if step.kind in _OUT or "waiting" in step.tags or (step.listening and step.listening.drops):
            return True
        return all(move.kind is MoveKind.ERROR for move in self._moves.out(step.id))

    # --- helpers

    @cached_property
    def _lines(self) -> list[str]:
        """Lines that have, or may have, a human."""
        return [line for line in self._ids(StepKind.ENTRY) if line in self.human]

    def _before_service(self, move: Move) -> bool:
        return self._kind(move.source) not in SERVED and _is_public(move)

    def _steps(self, ids: set[str]) -> Iterator[Step]:
        """In the flow's order."""
        return (step for id_, step in self._moves.steps.items() if id_ in ids)

    def _kind(self, id_: str) -> StepKind:
        return self._moves.steps[id_].kind

    def _ids(self, *kinds: StepKind) -> list[str]:
        return [step.id for step in self._moves.of_kind(*kinds)]

    def _before(self, *kinds: StepKind) -> set[str]:
        return self.passable.before(self._ids(*kinds))

    def _by_itself(self, move: Move) -> bool:
        if move.kind is MoveKind.SILENCE:
            return move.source in self.passing
        return move.kind in SYSTEM and self._kind(move.source) is not StepKind.HUMAN and self._assumed(move)

    def _assumed(self, move: Move) -> bool:
        """Is this the outcome that the settings assume, if they assume any?"""
        return move.kind is not MoveKind.WHEN or self._assume.get(move.condition, move.label) == move.label


def _is_public(move: Move) -> bool:
    """May any caller take it? Not where a code is dialled, which staff know."""
    if move.kind not in _DIALLING:
        return True
    return _CODE.fullmatch(move.label or move.keys) is None


def _waits(step: Step) -> bool:
    return step.listening is None or step.listening.timeout_ms != 0


_PASSED = frozenset({StepKind.ENTRY, StepKind.SAY, StepKind.CHECK})
_BEFORE_MENU = _PASSED | {StepKind.ASK}
_FAULTS = (MoveKind.SILENCE, MoveKind.WRONG)
_DIALLING = (MoveKind.DIAL, MoveKind.WHEN)
_CODE = re.compile(r"_?\*[0-9*#XxZzNn.!\[\]-]{2,}")
"""A number, or a pattern of numbers, that begins with a star: it turns on a diversion, asks for messages,
tests the line.
"""

_OUT = frozenset({*SERVED, StepKind.END, StepKind.UNKNOWN})
