"""``ivrlint routes``: every human from every entry, as a table for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ivrlint.flow import Step
from ivrlint.linter import Reading
from ivrlint.net import Distance
from ivrlint.outputs.json import dumps, hops
from ivrlint.routes import Route, Verdict
from ivrlint.words import action, place, printable, seconds, width


class Row(NamedTuple):
    """The cheapest route to one human, and the worst case if the system decides against the caller."""

    route: Route
    sure: Distance | None

    @property
    def keys(self) -> list[str]:
        """What a caller does, in order."""
        made = [(action(move), move.attempts) for move in self.route.moves]
        return [each for each, times in made if each for _ in range(times)]

    @property
    def conditions(self) -> list[str]:
        """Outcomes the route needs."""
        return [f"{condition} = {outcome}" for condition, outcome in self.route.conditions]


class Entry(NamedTuple):
    """One entry: its verdict and its rows, nearest human first."""

    step: Step
    verdict: Verdict
    rows: tuple[Row, ...]


def entries(reading: Reading) -> list[Entry]:
    """Every entry with the humans that its callers can get to.

    Copies of one place are one human, unless they connect to different people (a queue chosen before).
    """
    routes = reading.context.routes
    found = []
    for step in routes.entries:
        start = routes.from_entry(step.id)
        humans: dict[tuple[str, str, str], list[Route]] = {}
        for route in start.cheapest():
            human = route.human
            humans.setdefault((human.place, human.name, human.target), []).append(route)
        rows = tuple(Row(same[0], start.sure(route.human.id for route in same)) for same in humans.values())
        found.append(Entry(step, routes.verdict(step.id), rows))
    return found


def as_json(reading: Reading) -> str:
    """All entries as JSON, version 1."""
    return dumps({"version": 1, "entries": [_entry(entry, reading) for entry in entries(reading)]})


def _entry(entry: Entry, reading: Reading) -> dict[str, Any]:
    return {
        "entry": entry.step.name,
        "detail": entry.step.detail,
        "verdict": entry.verdict.value,
        "file": entry.step.span.path,
        "line": entry.step.span.line,
        "routes": [_row(row, reading) for row in entry.rows],
    }


def _row(row: Row, reading: Reading) -> dict[str, Any]:
    distance = row.route.distance
    measure = reading.context.settings.measure
    return {
        "human": row.route.human.name,
        "target": row.route.human.target,
        "keypresses": distance.keypresses,
        "entries": distance.entries,
        "keys": row.keys,
        "seconds": distance.ms / 1000,
        "seconds_exact": row.route.exact,
        "when": row.conditions,
        "sure": None if row.sure is None else getattr(row.sure, measure),
        "unknowns": distance.unknowns,
        "steps": hops(row.route.hops),
    }


_HEAD = ("human", "keypresses", "entries", "seconds", "worst case", "keys", "when")
_RIGHT = (False, True, True, True, True, False, False)


def as_text(reading: Reading) -> str:
    """All entries as tables; what the figures rest on is said below."""
    settings = reading.context.settings
    blocks = ["\n".join(_block(entry, settings.measure)) for entry in entries(reading)]
    blocks.append(
        "keys: what a caller does, in order; worst case: if the system decides against the caller, "
        f"- if no human is sure.\nSpeech is timed at {settings.words_per_minute} words a minute "
        "(an assumption); >= where something of unknown length is heard too."
    )
    return "\n\n".join(blocks) + "\n"


def _block(entry: Entry, measure: str) -> Iterator[str]:
    yield printable(f"{entry.step.name} ({place(entry.step.span)}): a human is {entry.verdict}")
    if entry.step.detail:
        yield printable(f"  {entry.step.detail}")
    if not entry.rows:
        return
    lines = [_HEAD, *(_cells(row, measure) for row in entry.rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(_HEAD))]
    for line in lines:
        cells = zip(line, widths, _RIGHT, strict=True)
        yield "  " + "  ".join(_padded(*cell) for cell in cells).rstrip()


def _cells(row: Row, measure: str) -> tuple[str, ...]:
    route = row.route
    least = ">= " if route.distance.unknowns else ""
    return (
        printable(route.human.name),
        f"{least}{route.distance.keypresses}",
        f"{least}{route.distance.entries}",
        seconds(route.distance, route.exact and not route.distance.unknowns),
        "-" if row.sure is None else str(getattr(row.sure, measure)),
        printable(" ".join(row.keys)) or "-",
        printable(", ".join(row.conditions)),
    )


def _padded(text: str, columns: int, right: bool) -> str:
    space = " " * (columns - width(text))
    return space + text if right else text + space
