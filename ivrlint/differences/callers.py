"""Every human from every entry, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from ivrlint.differences.change import Change, Effect, Figures
from ivrlint.differences.matching import Matching
from ivrlint.differences.stations import Key, Stations
from ivrlint.linter import Reading
from ivrlint.routes import Verdict
from ivrlint.table import Entry, Row, entries
from ivrlint.words import plural, shortened

SLOWER = 10
"""Seconds more on the way to a human, with as many keypresses, that make callers worse off."""


MOST_CONDITIONS = 2
"""Outcomes that are told of one route; dialplans ask the system dozens of things on the way."""


class Side:
    """One of two flows: its stations, and the rows of its entries by station."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.stations = Stations(reading.flow)
        self.entries: dict[Key, Entry] = {
            self.stations.of(entry.step.id).key: entry for entry in entries(reading)
        }

    def humans(self, entry: Entry) -> dict[Key, Row]:
        """The humans that callers of ``entry`` can reach, by station."""
        return {self.stations.of(row.route.human.id).key: row for row in entry.rows}

    def figures(self, row: Row) -> Figures:
        """What ``row`` tells."""
        distance = row.route.distance
        measure = self.reading.context.settings.measure
        return Figures(
            distance.keypresses,
            distance.entries,
            distance.ms / 1000,
            row.route.exact and not distance.unknowns,
            None if row.sure is None else getattr(row.sure, measure),
            tuple(row.keys),
            tuple(row.conditions),
            distance.unknowns,
        )


def compare(old: Side, new: Side, matching: Matching) -> Iterator[Change]:
    """Lines gone and new, and what has changed for the callers of the others."""
    for key, entry in old.entries.items():
        if key not in matching.after:
            yield Change(Effect.WORSE, "entry", entry.step.name, entry.step.name, "is gone", entry.step.span)
    for key, entry in new.entries.items():
        if key in matching.before:
            yield from _entry(old, old.entries[matching.before[key]], new, entry, matching)
        else:
            message = f"is new; a human is {entry.verdict}"
            yield Change(Effect.OTHER, "entry", entry.step.name, entry.step.name, message, entry.step.span)


def _entry(old: Side, before: Entry, new: Side, after: Entry, matching: Matching) -> Iterator[Change]:
    name, span = after.step.name, after.step.span
    if before.step.name != name:
        yield Change(Effect.OTHER, "entry", name, name, f"was called {before.step.name}", span)
    if before.verdict is not after.verdict:
        effect = _verdict_effect(before.verdict, after.verdict)
        yield Change(effect, "entry", name, name, f"a human was {before.verdict}, now {after.verdict}", span)
    rows, were = new.humans(after), old.humans(before)
    for key, row in were.items():
        if matching.after.get(key) not in rows:
            yield _lost(old, row, new, name, matching.after.get(key))
    for key, row in rows.items():
        was = were.get(matching.before.get(key, ("", "", "")))
        figures = new.figures(row)
        human = row.route.human
        if was is None:
            keys = f" ({_keys(figures)})" if figures.keys else ""
            message = f"can be reached now, with {plural(figures.keypresses, 'keypress')}{keys}"
            yield Change(Effect.BETTER, "human", name, human.name, message, human.span, None, figures)
        elif (changed := _changed(old.figures(was), figures, new)) is not None:
            effect, message = changed
            yield Change(effect, "human", name, human.name, message, human.span, old.figures(was), figures)


def _lost(old: Side, row: Row, new: Side, entry: str, now: Key | None) -> Change:
    human = row.route.human
    message = "can no longer be reached" if now else "is gone"
    span = new.stations.all[now].step.span if now else human.span
    return Change(Effect.WORSE, "human", entry, human.name, message, span, old.figures(row), None)


def _verdict_effect(before: Verdict, after: Verdict) -> Effect:
    order = [Verdict.UNREACHABLE, Verdict.UNKNOWN, Verdict.REACHABLE]
    return Effect.BETTER if order.index(after) > order.index(before) else Effect.WORSE


def _changed(before: Figures, after: Figures, new: Side) -> tuple[Effect, str] | None:
    """What is different, in words; None if nothing is that callers would notice."""
    counts = list(_counts(before, after, new))
    said = [*counts, *_certainty(before, after), *_times(before, after, judged=not counts)]
    if before.keys != after.keys:
        said.append((Effect.OTHER, f"{_keys(before)} -> {_keys(after)}"))
    if not said:
        return None
    effects = {effect for effect, _ in said}
    worst = next(each for each in (Effect.WORSE, Effect.BETTER, Effect.OTHER) if each in effects)
    return worst, ", ".join(words for _, words in said)


def _counts(before: Figures, after: Figures, new: Side) -> Iterator[tuple[Effect, str]]:
    """Keypresses and entries; the limit is on the one that is judged."""
    settings = new.reading.context.settings
    typed = any(each.keypresses != each.entries for each in (before, after))
    for measure, noun in (("keypresses", "keypress"), ("entries", "entry")):
        one, other = getattr(before, measure), getattr(after, measure)
        judged = measure == settings.measure
        if one != other and (typed or judged):
            passed = judged and _passed(one, other, settings.limit)
            yield _more(one, other), f"{one} -> {plural(other, noun)}{passed or ''}"


def _times(before: Figures, after: Figures, judged: bool) -> Iterator[tuple[Effect, str]]:
    """Seconds; who presses less may wait longer for it."""
    slower = after.seconds - before.seconds
    if abs(slower) >= 1:
        felt = Effect.WORSE if slower > 0 else Effect.BETTER
        effect = felt if judged and abs(slower) >= SLOWER else Effect.OTHER
        yield effect, f"{_seconds(before)} -> {_seconds(after)}"


def _passed(before: int, after: int, limit: int) -> str:
    if (before > limit) is (after > limit):
        return ""
    return f", over the limit of {limit}" if after > limit else f", within the limit of {limit}"


def _certainty(before: Figures, after: Figures) -> Iterator[tuple[Effect, str]]:
    if before.sure != after.sure:
        if after.sure is None:
            yield Effect.WORSE, "no longer sure, whatever the system decides"
        elif before.sure is None:
            yield Effect.BETTER, "sure now, whatever the system decides"
        else:
            yield _more(before.sure, after.sure), f"worst case {before.sure} -> {after.sure}"
    yield from ((Effect.OTHER, words) for words in _conditions(before, after))
    if bool(before.unknowns) is not bool(after.unknowns):
        effect = Effect.WORSE if after.unknowns else Effect.BETTER
        yield effect, f"{'only' if after.unknowns else 'no longer'} through something unknown"


def _more(before: int, after: int) -> Effect:
    return Effect.WORSE if after > before else Effect.BETTER


def _keys(figures: Figures) -> str:
    return " ".join(figures.keys) or "none"


def _conditions(before: Figures, after: Figures) -> Iterator[str]:
    """Outcomes that the cheapest way needs now, and those that it no longer needs."""
    for word, one, other in (("now needs", after, before), ("no longer needs", before, after)):
        needed = [shortened(each) for each in one.when if each not in other.when]
        more = f" and {len(needed) - MOST_CONDITIONS} more" if len(needed) > MOST_CONDITIONS else ""
        if needed:
            yield f"{word} {', '.join(needed[:MOST_CONDITIONS])}{more}"


def _seconds(figures: Figures) -> str:
    return f"{'' if figures.exact else '>= '}{round(figures.seconds)} s"
