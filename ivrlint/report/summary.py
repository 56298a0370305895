"""What a manager asks first: how far is a human, and on how many of the routes is it too far?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ivrlint.config import Measure
from ivrlint.flow import ENTERED
from ivrlint.routes import EntryRoutes, Route, Verdict
from ivrlint.rules import Context


class Summary(NamedTuple):
    """``lines`` by verdict and the ``humans`` that their callers can get to; ``counts`` tells how many routes
    take how many keypresses (or entries)."""

    lines: dict[Verdict, int]
    humans: int
    counts: dict[int, int]
    limit: int
    worst: Route | None

    @property
    def routes(self) -> int:
        """All routes that are judged."""
        return sum(self.counts.values())

    @property
    def within(self) -> int:
        """Those within the limit."""
        return sum(routes for count, routes in self.counts.items() if count <= self.limit)


def summary(context: Context) -> Summary:
    """The figures of a flow. Routes are those that the rule of three judges, each once, and ways to a human
    on which callers enter nothing: extensions known by heart and wrong keys are not judged."""
    settings = context.settings
    counts: Counter[int] = Counter()
    worst: Route | None = None
    reached: dict[str, None] = {}
    for entry in _landings(context):
        for route in _judged(entry, settings.measure):
            count = getattr(route.distance, settings.measure)
            counts[count] += 1
            if worst is None or count > getattr(worst.distance, settings.measure):
                worst = route
        reached.update((route.human.place, None) for route in entry.cheapest())
    verdicts = Counter(context.routes.verdict(entry.id) for entry in context.routes.entries)
    lines = {verdict: verdicts[verdict] for verdict in Verdict}
    return Summary(lines, len(reached), dict(sorted(counts.items())), settings.limit, worst)


def _landings(context: Context) -> Iterator[EntryRoutes]:
    """Every entry, those that come the same way once."""
    seen: set[str] = set()
    for entry in context.routes.entries:
        routes = context.routes.from_entry(entry.id)
        if routes.landing.id not in seen:
            seen.add(routes.landing.id)
            yield routes


def _judged(entry: EntryRoutes, measure: Measure) -> Iterator[Route]:
    seen = set()
    for route in entry.walks():
        where = tuple([(hop.step.place, hop.move.span if hop.move else None) for hop in route.hops])
        if where not in seen and not entry.is_way_back(route, measure):
            seen.add(where)
            yield route
    for route in entry.cheapest():
        entered = any(move.kind in ENTERED for move in route.moves)
        if not entered and not route.distance.unusual:
            yield route
