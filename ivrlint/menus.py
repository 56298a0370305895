"""Menus as their authors wrote them: the copies of one place together, and what callers hear before the keys.

Only what some call can get to counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from ivrlint.flow import CALLER, CHOICES, Move, MoveKind, Prompt, Step, StepKind
from ivrlint.moves import Moves
from ivrlint.source import Span
from ivrlint.spoken import Reading, read

EVERY_KEY = frozenset("0123456789*#")
"""What a telephone has."""

MOST_WAYS = 8
"""Ways into a menu of which the words are read; of more, the first."""

LONGEST_WAY = 12
"""Steps before a menu whose words are read with it."""

_MANY = 3
"""So many keys that do the same as silence, or lead only back, are refused: they are no options."""

_BY_ITSELF = (MoveKind.NEXT, MoveKind.WHEN)
_SEVERAL = re.compile(r"[0-9*#](?:-[0-9]|(?:, [0-9*#])+)")


@dataclass(frozen=True, eq=False)
class Menu:
    """One menu: its reachable copies and the moves out of all of them."""

    steps: tuple[Step, ...]
    moves: tuple[Move, ...]

    @property
    def step(self) -> Step:
        """The first copy."""
        return self.steps[0]

    def of_kind(self, *kinds: MoveKind) -> list[Move]:
        """The moves of ``kinds``."""
        return [move for move in self.moves if move.kind in kinds]

    @cached_property
    def options(self) -> dict[str, list[Move]]:
        """For each key that is offered, its moves (one per copy, if all is well)."""
        found: dict[str, list[Move]] = {}
        for move in self.of_kind(MoveKind.KEY):
            for key in keys_of(move):
                found.setdefault(key, []).append(move)
        return found

    def may_take(self, keys: str) -> bool:
        """Could ``keys`` be typed here, though not as an option, for all that the files tell?"""
        if any(keys in keys_of(move) for move in self.of_kind(MoveKind.WRONG)):
            return True
        typed = self.of_kind(MoveKind.DIGITS, MoveKind.DIAL)
        return any(move.keypresses <= len(keys) and move.keys in ("", keys) for move in typed)


class Announcement(NamedTuple):
    """What is played on one way into a menu, one prompt after the other, and what it says."""

    prompts: tuple[Prompt, ...]
    reading: Reading

    @property
    def complete(self) -> bool:
        """Are all the words known?"""
        return self.reading.complete


def keys_of(move: Move) -> list[str]:
    """The keys of a key move: several, where a pattern offers keys to one place (labelled ``1-4``)."""
    if len(move.label) < 3 or not _SEVERAL.fullmatch(move.label):
        return [move.keys]
    if "-" in move.label:
        return [str(key) for key in range(int(move.label[0]), int(move.label[-1]) + 1)]
    return move.label.split(", ")


def _announces(step: Step) -> bool:
    """Is it a prompt that keys may cut short, and nobody waits for them?"""
    return step.kind is StepKind.MENU and step.listening is not None and step.listening.timeout_ms == 0


def how_many(moves: Sequence[Move]) -> int:
    """How many keys they are."""
    return sum(len(keys_of(move)) for move in moves)


class Menus:
    """The menus among the steps that ``moves`` join."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves
        self._readings: dict[tuple[tuple[str, ...], tuple[str, ...]], Reading] = {}
        self._announced: dict[str, list[Announcement]] = {}
        self._of_kind: dict[tuple[StepKind, ...], list[Menu]] = {}
        self._sorted: dict[str, Sequence[Move]] = {}

    @cached_property
    def all(self) -> list[Menu]:
        """Every menu, in the flow's order."""
        return self.of_kind(StepKind.MENU)

    def of_kind(self, *kinds: StepKind) -> list[Menu]:
        """The reachable steps of ``kinds``, copies together, in the flow's order."""
        if kinds not in self._of_kind:
            self._of_kind[kinds] = list(self._together(kinds))
        return self._of_kind[kinds]

    def _together(self, kinds: tuple[StepKind, ...]) -> Iterator[Menu]:
        places: dict[str, list[Step]] = {}
        for step in self._moves.of_kind(*kinds):
            if step.id in self._moves.reached and step.id not in self._moves.unasked:
                places.setdefault(step.place, []).append(step)
        for copies in places.values():
            moves = (self.moves_of(copy) for copy in copies)
            yield Menu(tuple(copies), tuple(chain.from_iterable(moves)))

    @cached_property
    def first(self) -> set[str]:
        """Places of the menus that callers meet first."""
        found = set()
        waiting = [step.id for step in self._moves.of_kind(StepKind.ENTRY)]
        seen = set(waiting)
        while waiting:
            here = self._moves.steps[waiting.pop()]
            if here.kind in (StepKind.MENU, StepKind.HUMAN):
                found |= {here.place} if here.kind is StepKind.MENU else set()
                continue
            onward = {move.target for move in self._moves.out(here.id) if move.kind not in CALLER} - seen
            seen |= onward
            waiting += onward
        return found

    def announcements(self, menu: Menu) -> list[Announcement]:
        """What is heard before the keys of ``menu``, once for each way into it that says something else."""
        place = menu.step.place
        if place not in self._announced:
            ways = (way for step in menu.steps for way in self._ways_into(step))
            self._announced[place] = [self._read(way) for way in dict.fromkeys(ways)][:MOST_WAYS]
        return self._announced[place]

    def landing(self, step: str) -> Step:
        """Where a call at ``step`` next waits for somebody or something: what just goes on is passed by."""
        seen = {step}
        while self._moves.steps[step].kind in (StepKind.SAY, StepKind.CHECK):
            onward = [move for move in self._moves.out(step) if move.kind is not MoveKind.ERROR]
            if len(onward) != 1 or onward[0].kind is not MoveKind.NEXT or onward[0].target in seen:
                break
            step = onward[0].target
            seen.add(step)
        return self._moves.steps[step]

    def listens_on(self, menu: Menu) -> bool:
        """Does silence lead to where something else is played and the same keys still count?"""
        offered = {move.keys for move in menu.of_kind(*CHOICES)}
        for move in menu.of_kind(MoveKind.SILENCE):
            landing = self.landing(move.target)
            further = {each.keys for each in self._moves.out(landing.id, *CHOICES)}
            if landing.place != menu.step.place and further and offered <= further:
                return True
        return False

    def comes_back(self, move: Move, place: str, unheard: bool = False) -> bool:
        """Can ``move`` lead to ``place`` again without the caller doing anything (or hearing anything)?"""
        return any(step.place == place for step in self._by_itself(move.target, unheard))

    def _by_itself(self, start: str, unheard: bool = False, past: bool = False) -> Iterator[Step]:
        """``start``, and where the call may go from there, the caller doing (or hearing) nothing; ``past``
        announcements that keys would cut short, too.
        """
        seen = {start}
        waiting = [start]
        while waiting:
            here = self._moves.steps[waiting.pop()]
            yield here
            if unheard and here.kind is not StepKind.CHECK:
                continue
            kinds = (*_BY_ITSELF, MoveKind.SILENCE) if past and _announces(here) else _BY_ITSELF
            following = self._moves.out(here.id, *kinds)
            onward = {each.target for each in following} - seen
            seen |= onward
            waiting += sorted(onward)

    def moves_of(self, step: Step) -> Sequence[Move]:
        """The moves out of ``step``, keys that do what any other input does being wrong keys."""
        if step.id not in self._sorted:
            self._sorted[step.id] = self._sorted_out(step)
        return self._sorted[step.id]

    def _sorted_out(self, step: Step) -> Sequence[Move]:
        """Where a number is read and then compared, digits are told apart whether they are options or not."""
        moves = self._moves.out(step.id)
        keys = how_many([move for move in moves if move.kind is MoveKind.KEY])
        if not keys or (keys < _MANY and all(move.kind is not MoveKind.DIGITS for move in moves)):
            return moves
        refused = self._refused(step.place, moves)
        if not refused:
            return moves
        return [move._replace(kind=MoveKind.WRONG) if move in refused else move for move in moves]

    def _refused(self, place: str, moves: Sequence[Move]) -> set[Move]:
        """The keys at ``place`` that do what any other input does, or nothing."""
        keys = [move for move in moves if move.kind is MoveKind.KEY]
        sharing = Counter(map(self._deed, keys))
        typed = {self._deed(move) for move in moves if move.kind is MoveKind.DIGITS}
        other = {self._deed(move)[0] for move in moves if move.kind in (MoveKind.SILENCE, MoveKind.WRONG)}
        idle = self._idle(place, keys)
        same = {
            deed
            for deed, times in sharing.items()
            if deed in typed or deed[0] in idle or (times >= _MANY and deed[0] in other)
        }
        return {key for key in keys if self._deed(key) in same} if same else set()

    def _deed(self, move: Move) -> tuple[str, Span]:
        """What ``move`` does: where it leads, and where that is written."""
        return self._moves.steps[move.target].place, move.span

    def _idle(self, place: str, keys: Sequence[Move]) -> set[str]:
        """Places to which many of ``keys`` lead only to come back, wherever each of them says the same: those
        are ignored, or refused.
        """
        doing: dict[object, list[Move]] = {}
        for key in keys:
            for deed in self._deeds(key):
                doing.setdefault(deed, []).append(key)
        many = (each for each in doing.values() if how_many(each) >= _MANY)
        back = (key for each in many for key in each if self._changes_nothing(key, place))
        return {self._moves.steps[key.target].place for key in back}

    def _deeds(self, key: Move) -> Iterator[object]:
        """What tells ``key`` from others: where it leads, or what is said there."""
        there = self._moves.steps[key.target]
        yield there.place
        if (there.kind is StepKind.SAY or _announces(there)) and there.prompts:
            said = tuple(prompt.text or prompt.audio for prompt in there.prompts)
            if all(said):
                yield said

    def _changes_nothing(self, key: Move, place: str) -> bool:
        return self.comes_back(key, place) or self._waits(key) or self._goes_round(key, place)

    def _goes_round(self, key: Move, place: str) -> bool:
        """Does ``key`` lead back behind a few words, or to where it does the same again, and comes back?"""
        there = self._moves.steps[key.target].place
        menus = [step for step in self._by_itself(key.target, past=True) if step.kind is StepKind.MENU]
        return any(menu.place == place for menu in menus) or any(
            again.keys == key.keys
            and self._moves.steps[again.target].place == there
            and self.comes_back(again, menu.place)
            for menu in menus
            for again in self._moves.out(menu.id, MoveKind.KEY)
        )

    def _waits(self, key: Move) -> bool:
        """Does ``key`` lead to where most keys change nothing?"""
        menus = (step for step in self._by_itself(key.target) if step.kind is StepKind.MENU)
        return any(how_many(self.ignored(there)) >= _MANY for there in menus)

    def ignored(self, menu: Step) -> list[Move]:
        """The keys of ``menu`` that only lead back to it, and nothing is heard."""
        keys = self._moves.out(menu.id, MoveKind.KEY)
        return [key for key in keys if self.comes_back(key, menu.place, unheard=True)]

    def _ways_into(self, step: Step) -> Iterator[tuple[Prompt, ...]]:
        """What is played on each way of nothing but announcements that ends with ``step``."""
        waiting: list[tuple[tuple[str, ...], tuple[Prompt, ...]]] = [((step.id,), step.prompts)]
        for _ in range(MOST_WAYS * LONGEST_WAY):
            if not waiting:
                return
            way, prompts = waiting.pop(0)
            before = list(self._announcing(way[0])) if len(way) < LONGEST_WAY else []
            earlier = [each for each in before if each.id not in way]
            if len(earlier) < len(self._moves.into(way[0])):
                yield prompts
            waiting += [((each.id, *way), each.prompts + prompts) for each in earlier]

    def _announcing(self, step: str) -> Iterator[Step]:
        """The announcements that lead to ``step``."""
        for move in self._moves.into(step):
            before = self._moves.steps[move.source]
            if (
                move.kind is MoveKind.NEXT
                and before.kind is StepKind.SAY
                and before.id in self._moves.reached
            ):
                yield before

    def _read(self, prompts: tuple[Prompt, ...]) -> Announcement:
        words = tuple(prompt.text for prompt in prompts), tuple(prompt.language for prompt in prompts)
        if words not in self._readings:
            self._readings[words] = read(*words)
        return Announcement(prompts, self._readings[words])
