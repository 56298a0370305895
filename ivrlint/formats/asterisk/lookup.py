"""Which instruction runs for a context, an extension and a priority, as ``main/pbx.c`` finds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ivrlint.formats.asterisk.dialplan import Dialplan, Extension, Include, Priority, Switch
from ivrlint.formats.asterisk.patterns import KEYS, Pattern, compiled, rank
from ivrlint.formats.asterisk.values import is_known, pattern_of

_ALL_HOLD: frozenset[str] = frozenset()


class Candidate(NamedTuple):
    """An extension and the keys that call it."""

    extension: Extension
    pattern: Pattern


class Table:
    """All extensions that a context knows, in the order in which they are tried.

    ``candidates`` holds its own (literals before patterns), then those of its includes, depth first.
    ``switches`` and ``missing`` are where extensions may come from that no file tells of.
    """

    def __init__(self, dialplan: Dialplan, context: str, closed: frozenset[str]) -> None:
        self.candidates: list[Candidate] = []
        self.switches: list[Switch] = []
        self.missing: list[Include] = []
        self.timed: dict[str, Include] = {}
        self._collect(dialplan, context, closed, set())
        self._literals: dict[str, list[int]] = {}
        self._patterns: list[int] = []
        for index, candidate in enumerate(self.candidates):
            if candidate.pattern.literal:
                self._literals.setdefault(candidate.extension.name.replace("-", ""), []).append(index)
            else:
                self._patterns.append(index)

    def _collect(self, dialplan: Dialplan, name: str, closed: frozenset[str], seen: set[str]) -> None:
        context = dialplan.contexts.get(name)
        if context is None or name in seen:
            return
        seen.add(name)
        own = [extension for extension in context.extensions.values() if not extension.caller]
        for extension in sorted(own, key=lambda extension: rank(extension.name)):
            self.candidates.append(Candidate(extension, compiled(extension.name)))
        self.switches += context.switches
        for include in context.includes:
            if include.times:
                self.timed.setdefault(include.times, include)
                if include.times in closed:
                    continue
            if include.context not in dialplan.contexts:
                self.missing.append(include)
            self._collect(dialplan, include.context, closed, seen)

    def matching(self, value: str, via: str = "") -> Iterator[Candidate]:
        """Extensions that ``value`` is, best first; from ``via`` on if that is given."""
        if is_known(value):
            plain = value.replace("-", "") if "-" in value else value
            exact = self._literals.get(plain, ())
            found = self._tried(exact, plain) if self._patterns else map(self.candidates.__getitem__, exact)
        else:
            pattern = pattern_of(value)
            found = (c for c in self.candidates if pattern is not None and c.pattern.covers(pattern))
        return self._from(via, found) if via else found

    def _tried(self, exact: Sequence[int], value: str) -> Iterator[Candidate]:
        """``exact`` and the patterns that ``value`` fits."""
        tried = map(self.candidates.__getitem__, sorted((*exact, *self._patterns)))
        return (each for each in tried if each.pattern.literal or each.pattern.matches(value))

    @staticmethod
    def _from(via: str, found: Iterator[Candidate]) -> Iterator[Candidate]:
        started = not via
        for candidate in found:
            started = started or candidate.extension.name == via
            if started:
                yield candidate

    def possible(self, value: str) -> list[tuple[Candidate, Pattern]]:
        """Extensions that digits known only by a pattern may be, and what is then known of them."""
        pattern = pattern_of(value)
        found: list[tuple[Candidate, Pattern]] = []
        if pattern is None:
            return found
        dialled = all(sign in KEYS for signs in pattern.positions for sign in signs)
        for candidate in self.candidates:
            both = candidate.pattern.overlap(pattern) if 1 in candidate.extension.priorities else None
            if both is None or (dialled and not _can_be_pressed(both)):
                continue
            if not any(earlier.covers(both) for _, earlier in found):
                found.append((candidate, both))
        return found

    def instruction(self, value: str, number: int, via: str = "") -> Priority | None:
        """The instruction with ``number``: of the best match that has it."""
        for candidate in self.matching(value, via):
            found = candidate.extension.priorities.get(number)
            if found is not None:
                return found
        return None

    def labelled(self, value: str, label: str, via: str = "") -> int | None:
        """The number of the priority called ``label``."""
        for candidate in self.matching(value, via):
            if label in candidate.extension.labels:
                return candidate.extension.labels[label]
        return None


def _can_be_pressed(pattern: Pattern) -> bool:
    """Are there keys for it? What somebody dialled is no ``s``."""
    return all(any(sign in KEYS for sign in signs) for signs in pattern.positions)


class Lookup:
    """The tables of a dialplan, made when first asked for."""

    def __init__(self, dialplan: Dialplan) -> None:
        self.dialplan = dialplan
        self._tables: dict[tuple[str, frozenset[str]], Table] = {}

    def table(self, context: str, closed: frozenset[str] = _ALL_HOLD) -> Table:
        """The table of ``context``; includes whose times are in ``closed`` do not hold."""
        table = self._tables.get((context, closed))
        if table is None:
            table = self._tables[context, closed] = Table(self.dialplan, context, closed)
        return table
