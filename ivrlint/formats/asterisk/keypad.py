"""What each sequence of keys does in a context: whom it calls, and whether more keys are waited for.

After every key Asterisk asks whether a longer extension could still match. If not, it acts at once; else it
waits for the digit timeout. Sequences that leave the same extensions open are the same to it, so they are
followed together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from ivrlint.formats.asterisk.dialplan import Extension
from ivrlint.formats.asterisk.lookup import Table
from ivrlint.formats.asterisk.names import AUDIBLE, SPEAKING, SPOKEN
from ivrlint.formats.asterisk.patterns import KEYS, compiled
from ivrlint.formats.asterisk.values import digits

MOST_NODES = 20_000
"""Distinct situations followed in one context."""

_ASKING = SPOKEN | {"background", SPEAKING, "playback", "waitexten"}
_NOBODY: tuple[int | None, bool] = (None, False)

_Open: TypeAlias = tuple[tuple[int, int], ...]  # (extension, position; -1 behind a dot)


@dataclass(slots=True, eq=False)
class Choice:
    """``keys`` lead to ``extension`` (None: nothing matches, ``i``), after the digit timeout if ``waits``.

    ``value`` is what ``${EXTEN}`` then holds; ``label`` tells which keys do the same.
    """

    keys: str
    extension: Extension | None
    waits: bool
    value: str
    label: str = ""

    @property
    def exact(self) -> bool:
        """Are these the very keys, or a sample of a pattern?"""
        return self.value == self.keys


class Keypad:
    """The choices of one table."""

    def __init__(self, table: Table) -> None:
        offered = [each for each in table.extensions if 1 in each.priorities]
        search = _search(tuple([each.name for each in offered]))
        self.wrong = search.wrong
        self.cut_short = search.cut_short
        self.choices = [
            Choice(keys, offered[which], waits, value, label)
            for keys, which, waits, value, label in search.outcomes
        ]


def asks(table: Table, keypad: Keypad, running: Iterable[Extension]) -> bool:
    """Does a call that waits at the end of ``running`` wait for keys? Where there is neither an option nor a
    handler, and nothing was said to ask for a number, it only lasts a little longer.
    """
    if any(table.instruction(name, 1) for name in "ite"):
        return True
    heard = [priority.does for extension in running for priority in extension if priority.does in AUDIBLE]
    if heard and heard[-1] in _ASKING:
        return True
    return any(len(choice.keys) == 1 for choice in keypad.choices)


class _Outcome(NamedTuple):
    """A choice; ``which`` of the extensions the keys lead to."""

    keys: str
    which: int
    waits: bool
    value: str
    label: str = ""


class _Search:
    """What keys do where there are extensions of these ``names``, best first."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._all = [compiled(name) for name in names]
        self.wrong: Choice | None = None
        self.outcomes: list[_Outcome] = []
        self.cut_short = False
        self._explore()

    def _explore(self) -> None:
        start: _Open = tuple((index, 0) for index in range(len(self._all)))
        queue: deque[tuple[str, _Open]] = deque([("", start)])
        seen: set[_Open] = {start}
        single: dict[tuple[int, bool], str] = {}
        several: dict[int, tuple[str, bool]] = {}
        while queue:
            keys, node = queue.popleft()
            following = self._following(node)
            for key in KEYS:
                pressed, there = keys + key, following.get(key, ())
                match, more = self._verdict(there) if there else _NOBODY
                if match is None:
                    self._invalid(pressed, more)
                elif len(pressed) == 1:
                    single[match, more] = single.get((match, more), "") + key
                elif match not in several or (
                    several[match][1] and not more and len(several[match][0]) == len(pressed)
                ):
                    several[match] = (pressed, more)
                if more and there not in seen:
                    if len(seen) >= MOST_NODES:
                        self.cut_short = True
                        continue
                    seen.add(there)
                    queue.append((pressed, there))
        self.outcomes = list(self._collected(single, several))

    def _following(self, node: _Open) -> dict[str, _Open]:
        """Which extensions stay open after each key."""
        after: dict[str, list[tuple[int, int]]] = {}
        for index, position in node:
            pattern = self._all[index]
            if position == -1 or position >= len(pattern.positions):
                if not pattern.tail:
                    continue
                allowed, there = KEYS, -1
            else:
                allowed, there = pattern.positions[position], position + 1
            for key in allowed:
                after.setdefault(key, []).append((index, there))
        return {key: tuple(nodes) for key, nodes in after.items()}

    def _verdict(self, node: _Open) -> tuple[int | None, bool]:
        """The extension that matches now, and whether a longer one could."""
        match: int | None = None
        more: bool | None = None
        for index, position in node:
            pattern = self._all[index]
            ended = position == -1 or position >= len(pattern.positions)
            if ended and pattern.tail == "!":
                more = False if more is None else more
            elif not ended or pattern.tail == ".":
                more = True if more is None else more
            full = ended and (pattern.tail != "." or position == -1)
            if full and match is None:
                match = index
        return match, bool(more)

    def _invalid(self, pressed: str, waits: bool) -> None:
        if self.wrong is None or (len(pressed), waits) < (len(self.wrong.keys), self.wrong.waits):
            self.wrong = Choice(pressed, None, waits, digits("X!"))

    def _collected(
        self, single: dict[tuple[int, bool], str], several: dict[int, tuple[str, bool]]
    ) -> Iterator[_Outcome]:
        for (index, waits), keys in single.items():
            for key in keys:
                yield _Outcome(key, index, waits, key, _joined(keys) if len(keys) > 1 else "")
        for index, (keys, waits) in several.items():
            pattern = self._all[index]
            value = keys if pattern.literal else digits(pattern.name[1:])
            yield _Outcome(keys, index, waits, value)


_search = lru_cache(maxsize=1024)(_Search)
"""Kept, because the menus of one dialplan offer much the same keys."""


def _joined(keys: str) -> str:
    """``1234`` as ``1-4``."""
    ordered = sorted(keys)
    run = "".join(ordered)
    if len(run) > 2 and run.isascii() and run.isdigit() and int(run[-1]) - int(run[0]) == len(run) - 1:
        return f"{run[0]}-{run[-1]}"
    return ", ".join(ordered)
