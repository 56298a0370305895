"""What a comparison tells."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ivrlint.finding import Finding
from ivrlint.source import Span


class Effect(StrEnum):
    """What a change means to callers."""

    WORSE = "worse"
    BETTER = "better"
    OTHER = "other"


class Figures(NamedTuple):
    """The cheapest route of one entry to one human; ``sure`` is the worst case, None if nobody is sure."""

    keypresses: int
    entries: int
    seconds: float
    exact: bool
    sure: int | None
    keys: tuple[str, ...]
    when: tuple[str, ...]
    unknowns: int


class Change(NamedTuple):
    """One thing that is different. ``about`` is ``entry``, ``human``, ``choice``, ``waiting``, ``fault``,
    ``name`` or ``prompt``; ``entry`` the line whose callers feel it ("" for all who get to ``subject``).

    ``before`` and ``after`` are figures of a human, texts of a prompt; None where there is none.
    """

    effect: Effect
    about: str
    entry: str
    subject: str
    message: str
    span: Span | None = None
    before: Figures | str | None = None
    after: Figures | str | None = None

    @property
    def what(self) -> tuple[str, ...]:
        """The change itself, for whichever line."""
        place = str(self.span) if self.span and self.about == "prompt" else ""
        return self.effect, self.about, self.subject, self.message, place


class Comparison(NamedTuple):
    """All changes, and the findings that are new and those that are no more."""

    changes: list[Change]
    new: list[Finding]
    fixed: list[Finding]

    def count(self, effect: Effect) -> int:
        """How many different things have this effect, each counted once for all lines."""
        return len({change.what for change in self.changes if change.effect is effect})

    def by_lines(self) -> list[tuple[list[str], list[Change]]]:
        """Each change once, with those of the same lines; last what holds wherever calls come in."""
        lines: dict[object, list[str]] = {}
        for change in self.changes:
            lines.setdefault(change.what, []).append(change.entry)
        groups: dict[tuple[str, ...], dict[object, Change]] = {}
        for change in self.changes:
            groups.setdefault(tuple(dict.fromkeys(lines[change.what])), {}).setdefault(change.what, change)
        rest = groups.pop(("",), {})
        found = [(list(same), list(changes.values())) for same, changes in groups.items()]
        return [*found, ([], list(rest.values()))] if rest else found


def of(changes: Sequence[Change], *about: str) -> list[Change]:
    """Those about something."""
    return [change for change in changes if change.about in about]
