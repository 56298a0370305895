"""Which station of the new flow is which of the old one, though it was renamed, moved or edited.

Surest first: the same number in another system; the same content; the same name; the same key pressed at
stations that match; the same place in a dialplan, whose steps are counted; likeness of names and words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from difflib import SequenceMatcher

from ivrlint.differences.stations import Key, Station, Stations
from ivrlint.flow import StepKind

LIKE = 0.6
"""Likeness (0 to 1) of stations that are taken for the same without any other sign."""

LIKE_BEHIND_THE_SAME_KEY = 0.3
"""Likeness of stations that the same key at the same station leads to."""

MOST_PAIRS = 20_000
"""Pairs whose likeness is looked at; of more, only surer signs count."""

_NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", re.IGNORECASE)

_COUNTED = re.compile(r",[0-9]+$")
"""Ends the place of a step that is told by its rank: one more line before it, and it is another one."""


class Matching:
    """Pairs of stations; ``after`` and ``before`` are by key."""

    def __init__(self, old: Stations, new: Stations) -> None:
        self._old = old
        self._new = new
        self.after: dict[Key, Key] = {}
        self.before: dict[Key, Key] = {}
        for sign in (_by_line, _by_number, _by_place_and_content, _by_content, _by_name):
            self._alike(sign)
        self._behind_the_same_keys()
        self._alike(_by_place)
        self._behind_the_same_keys()
        self._by_likeness()
        self._behind_the_same_keys()

    def pairs(self) -> list[tuple[Station, Station]]:
        """Old and new, in the order of the new flow."""
        known = ((self.before.get(key), station) for key, station in self._new.all.items())
        return [(self._old.all[key], station) for key, station in known if key]

    def _pair(self, old: Key, new: Key) -> None:
        self.after[old] = new
        self.before[new] = old

    def _left(self) -> tuple[list[Station], list[Station]]:
        old = [station for key, station in self._old.all.items() if key not in self.after]
        return old, [station for key, station in self._new.all.items() if key not in self.before]

    def _alike(self, sign: Callable[[Station], Hashable | None]) -> None:
        """Pair what ``sign`` tells alone on both sides."""
        old, new = (_single(stations, sign) for stations in self._left())
        for mark, station in old.items():
            if mark in new:
                self._pair(station.key, new[mark].key)

    def _behind_the_same_keys(self) -> None:
        waiting = list(self.after.items())
        while waiting:
            keys = waiting.pop()
            old, new = self._old.all[keys[0]], self._new.all[keys[1]]
            for done, move in old.ways.items():
                if done in new.ways:
                    there = self._old.of(move.target), self._new.of(new.ways[done].target)
                    if self._open(*there) and likeness(*there) >= LIKE_BEHIND_THE_SAME_KEY:
                        self._pair(there[0].key, there[1].key)
                        waiting.append((there[0].key, there[1].key))

    def _open(self, old: Station, new: Station) -> bool:
        return old.key not in self.after and new.key not in self.before and _class(old) == _class(new)

    def _by_likeness(self) -> None:
        old, new = self._left()
        if len(old) * len(new) > MOST_PAIRS:
            return
        alike = [
            (likeness(one, other), -rank, one, other)
            for rank, one in enumerate(old)
            for other in new
            if _class(one) == _class(other)
        ]
        for figure, _, one, other in sorted(alike, key=lambda pair: pair[:2], reverse=True):
            if figure >= LIKE and self._open(one, other):
                self._pair(one.key, other.key)


def likeness(old: Station, new: Station) -> float:
    """From 0 to 1: how much of names, words and options is the same."""
    parts = [_words_alike(old.step.name, new.step.name)]
    if old.prompts or new.prompts:
        parts += [_words_alike(old.prompts, new.prompts)] * 2
    if old.options or new.options:
        parts.append(len(old.options & new.options) / len(old.options | new.options))
    if old.step.target or new.step.target:
        parts.append(float(old.step.target == new.step.target))
    return sum(parts) / len(parts)


def _words_alike(old: str, new: str) -> float:
    if old == new:
        return 1.0
    return SequenceMatcher(None, re.findall(r"\w", old.casefold()), re.findall(r"\w", new.casefold())).ratio()


def _single(
    stations: Iterable[Station], sign: Callable[[Station], Hashable | None]
) -> dict[Hashable, Station]:
    """By sign, without those that share one."""
    found: dict[Hashable, list[Station]] = {}
    for station in stations:
        mark = sign(station)
        if mark is not None:
            found.setdefault((_class(station), mark), []).append(station)
    return {mark: same[0] for mark, same in found.items() if len(same) == 1}


def _class(station: Station) -> str:
    kind = station.step.kind
    return "listening" if kind in (StepKind.MENU, StepKind.ASK) else kind.value


def _by_line(station: Station) -> Hashable | None:
    return station.step.name if station.step.kind is StepKind.ENTRY else None


def _by_number(station: Station) -> Hashable | None:
    number = _NUMBER.search(station.step.place)
    return (number[0], station.step.target) if number else None


def _by_place_and_content(station: Station) -> Hashable | None:
    content = _by_content(station)
    return (station.step.place, content) if content else None


def _by_content(station: Station) -> Hashable | None:
    step = station.step
    target = "" if step.target == step.name else step.target
    told = station.prompts, target, step.condition, step.name if step.kind is StepKind.HUMAN else ""
    return (told, tuple(sorted(station.options))) if any(told) else None


def _by_name(station: Station) -> Hashable | None:
    return None if _COUNTED.search(station.step.place) else station.step.place


def _by_place(station: Station) -> Hashable | None:
    return station.step.place
