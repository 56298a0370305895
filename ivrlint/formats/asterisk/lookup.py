"""Which instruction runs for a context, an extension and a priority, as ``main/pbx.c`` finds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivrlint.formats.asterisk.dialplan import Dialplan, Extension, Include, Priority, Switch
from ivrlint.formats.asterisk.patterns import KEYS, Pattern, compiled, rank
from ivrlint.formats.asterisk.values import is_known, pattern_of


class Table:
    """All extensions that a context knows, in the order in which they are tried.

    ``extensions`` holds its own (literals before patterns), then those of its includes, depth first.
    ``switches`` and ``missing`` are where extensions may come from that no file tells of.
    """

    def __init__(self, dialplan: Dialplan, context: str, closed: frozenset[str]) -> None:
        self.extensions: list[Extension] = []
        self.switches: list[Switch] = []
        self.missing: list[Include] = []
        self.timed: dict[str, Include] = {}
        self._collect(dialplan, context, closed, set())
        self._literals: dict[str, list[int]] = {}
        self._patterns: list[int] = []
        self._found: dict[tuple[str, str], tuple[Extension, ...]] = {}
        for index, extension in enumerate(self.extensions):
            if extension.pattern.literal:
                self._literals.setdefault(extension.name.replace("-", ""), []).append(index)
            else:
                self._patterns.append(index)

    def _collect(self, dialplan: Dialplan, name: str, closed: frozenset[str], seen: set[str]) -> None:
        context = dialplan.contexts.get(name)
        if context is None or name in seen:
            return
        seen.add(name)
        own = [extension for extension in context.extensions.values() if not extension.caller]
        self.extensions += sorted(own, key=lambda extension: rank(extension.name))
        self.switches += context.switches
        for include in context.includes:
            if include.times:
                self.timed.setdefault(include.times, include)
                if include.times in closed:
                    continue
            if include.context not in dialplan.contexts:
                self.missing.append(include)
            self._collect(dialplan, include.context, closed, seen)

    def matching(self, value: str, via: str = "") -> tuple[Extension, ...]:
        """Extensions that ``value`` is, best first; from ``via`` on if that is given."""
        found = self._found.get((value, via))
        if found is None:
            matching = self._matching(value)
            found = self._found[value, via] = tuple(self._from(via, matching) if via else matching)
        return found

    def _matching(self, value: str) -> Iterator[Extension]:
        if is_known(value):
            plain = value.replace("-", "")
            exact = self._literals.get(plain, ())
            return self._tried(exact, plain) if self._patterns else map(self.extensions.__getitem__, exact)
        pattern = pattern_of(value)
        return (each for each in self.extensions if pattern is not None and each.pattern.covers(pattern))

    def _tried(self, exact: Sequence[int], value: str) -> Iterator[Extension]:
        """``exact`` and the patterns that ``value`` fits; one that is written alike does, whatever its dashes
        and in whichever case (``_extension_match_core``).
        """
        tried = map(self.extensions.__getitem__, sorted((*exact, *self._patterns)))
        alike = compiled(value)[1:] if value.startswith("_") else ()
        return (
            each
            for each in tried
            if each.pattern.literal or each.pattern[1:] == alike or each.pattern.matches(value)
        )

    @staticmethod
    def _from(via: str, found: Iterator[Extension]) -> Iterator[Extension]:
        started = False
        for extension in found:
            started = started or extension.name == via
            if started:
                yield extension

    def possible(self, value: str, number: int = 1) -> list[tuple[Extension, Pattern]]:
        """Extensions with priority ``number`` that digits known only by a pattern may be, and what is then
        known of them.
        """
        pattern = pattern_of(value)
        found: list[tuple[Extension, Pattern]] = []
        if pattern is None:
            return found
        dialled = all(sign in KEYS for signs in pattern.positions for sign in signs)
        for extension in self.extensions:
            both = extension.pattern.overlap(pattern) if number in extension.priorities else None
            if both is None or (dialled and not _can_be_pressed(both)):
                continue
            if not any(earlier.covers(both) for _, earlier in found):
                found.append((extension, both))
        return found

    def instruction(self, value: str, number: int, via: str = "") -> Priority | None:
        """The instruction with ``number``: of the best match that has it."""
        for extension in self._found.get((value, via)) or self.matching(value, via):
            found = extension.priorities.get(number)
            if found is not None:
                return found
        return None

    def labelled(self, value: str, label: str, via: str = "") -> int | None:
        """The number of the priority called ``label``."""
        for extension in self.matching(value, via):
            if label in extension.labels:
                return extension.labels[label]
        return None


def _can_be_pressed(pattern: Pattern) -> bool:
    """Are there keys for it? What somebody dialled is no ``s``."""
    return all(any(sign in KEYS for sign in signs) for signs in pattern.positions)


class Tables(dict[str, Table]):
    """The tables of a dialplan, by context, made when first asked for.

    Includes whose times are in ``closed`` do not hold.
    """

    def __init__(self, dialplan: Dialplan, closed: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._dialplan = dialplan
        self._closed = closed

    def __missing__(self, context: str) -> Table:
        table = self[context] = Table(self._dialplan, context, self._closed)
        return table
