"""Who can be reached when the system decides this way or that: after hours, for unknown customers."""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.differences.callers import Side
from ivrlint.differences.change import Change, Effect
from ivrlint.differences.matching import Matching
from ivrlint.differences.stations import Key
from ivrlint.flow import MoveKind, StepKind
from ivrlint.routes import Routes
from ivrlint.table import Entry

MOST_OUTCOMES = 40
"""Outcomes that are tried one by one; of flows that ask more, none are."""


def compare(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """What an outcome that both flows know no longer lets callers do, though another one does."""
    shared = [each for each in _outcomes(new) if each in _outcomes(old)]
    for condition, outcome in shared if len(shared) <= MOST_OUTCOMES else ():
        decided = _Decided(old, new, matching, condition, outcome)
        for key, entry in new.entries.items():
            if key in matching.before:
                yield from decided.changes(old.entries[matching.before[key]], entry)


def _outcomes(side: Side) -> dict[tuple[str, str], None]:
    moves = side.reading.flow.moves
    return {(move.condition, move.label): None for move in moves if move.kind is MoveKind.WHEN}


class _Decided:
    """Both flows, where the system always decides on ``outcome``."""

    def __init__(self, old: Side, new: Side, matching: Matching, condition: str, outcome: str) -> None:
        self._old = old
        self._new = new
        self._matching = matching
        self._told = f"when {condition} = {outcome}"
        self._before = _assuming(old, condition, outcome)
        self._after = _assuming(new, condition, outcome)

    def changes(self, before: Entry, after: Entry) -> Iterator[Change]:
        """For the callers of one line."""
        ever = self._old.humans(before), self._new.humans(after)
        were = _humans(self._old, self._before, before)
        are = _humans(self._new, self._after, after)
        name = after.step.name
        if were and not are and ever[1]:
            message = f"nobody can be reached any more {self._told}"
            yield Change(Effect.WORSE, "entry", name, name, message, after.step.span)
            return
        for key in ever[0]:
            now = self._matching.after.get(key)
            if now is not None and now in ever[1] and (key in were) is not (now in are):
                yield self._human(name, now, key in were)

    def _human(self, entry: str, key: Key, lost: bool) -> Change:
        human = self._new.stations.all[key].step
        message = f"can {'no longer' if lost else 'now'} be reached {self._told}"
        return Change(
            Effect.WORSE if lost else Effect.BETTER, "human", entry, human.name, message, human.span
        )


def _assuming(side: Side, condition: str, outcome: str) -> Routes:
    context, settings = side.reading.context, side.reading.context.settings
    assume = {**settings.assume, condition: outcome}
    return Routes(context.moves, settings.measure, assume, words_per_minute=settings.words_per_minute)


def _humans(side: Side, routes: Routes, entry: Entry) -> set[Key]:
    """Those that callers of ``entry`` can reach."""
    reached = routes.distances_from(entry.step.id)
    humans = side.stations.of_kind(StepKind.HUMAN)
    return {human.key for human in humans if any(id_ in reached for id_ in human.ids)}
