"""A route to a human takes too many keypresses.

## What it does
Judges every choice that callers are offered: the cheapest way to it, the choice, and the cheapest way on to a
human. If that takes more than `limit` keypresses (or entries, see `measure`), the route is reported once, at
the keypress that goes over the limit, with all its hops. A way back (a walk that comes through a step twice)
is not judged, nor are silence, wrong keys, numbers that a caller knows by heart, and what lies behind a
password. Opening hours are taken as open.

## Why is this bad
Callers who must press key after key give up, or press 0 until something happens. Each menu looks harmless to
the one who draws it; the sum is what callers feel.

## Example
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "For billing, press 1. For an agent, press 0."
  1 "billing" -> billing
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
menu billing {
  prompt "For invoices, press 1. For an agent, press 0."
  1 "invoices" -> invoices
  0 "agent" -> agents
  timeout 5s x2 -> main
  invalid x3 -> main
}
menu invoices {
  prompt "For this year, press 1. For an agent, press 0."
  1 "this year" -> years
  0 "agent" -> agents
  timeout 5s x2 -> main
  invalid x3 -> main
}
menu years {
  prompt "To dispute an invoice, press 1."
  1 "dispute" -> disputes
  timeout 5s x2 -> main
  invalid x3 -> main
}
queue agents "Please hold for an agent."
queue disputes "Please hold for the dispute team."
```

## Use instead
```ivr
line "+1 800 555 0100" -> main
menu main {
  prompt "To dispute an invoice, press 1. For an agent, press 0."
  1 "dispute an invoice" -> disputes
  0 "agent" -> agents
  timeout 5s x2 -> agents
  invalid x3 -> agents
}
queue agents "Please hold for an agent."
queue disputes "Please hold for the dispute team."
```

## Options
- `limit` (default 3): the most that a route may take. On the command line: `--limit N`.
- `measure` (default `keypresses`): `entries` counts a whole typed number as one. On the command line:
`--measure`.

## Source
The customer-service writers this tool follows: "3 entries or less to talk to a human". Ireland's
public-service guidance: no more than three levels, four options a level (P). Taiwan FSC 2011: a human within
the third layer (S). Korea KCC 2009: at most 3, never over 5 (S). Those count layers, so entries are shown as
well. (P): read in the primary text; (S): only in secondary pages.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from ivrlint.advice import Advice, most_helpful, shortcuts
from ivrlint.config import Settings
from ivrlint.finding import Severity, Violation
from ivrlint.flow import MoveKind
from ivrlint.net import Edge
from ivrlint.routes import EntryRoutes, Hop, Route
from ivrlint.rules import Context
from ivrlint.source import Span

CODE = "IVR101"
NAME = "too-many-keypresses"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per choice that passes the limit on the way to a human, for all entries and walks."""
    found = _over_limit(context)
    advice = _advice(found, context) if found else Advice()
    for walks in found:
        yield _violation(walks, context, advice)


class _Walk(NamedTuple):
    """A route over the limit, the entries that share it, and where it passes the limit."""

    route: Route
    entries: list[EntryRoutes]
    passing: Hop


def _over_limit(context: Context) -> list[list[_Walk]]:
    """Walks over the limit; together those that pass it by one move, as written, on the way to one human: the
    shortest of those that start in one place. Those through the same steps, where now one and now another
    question is answered, are together too.
    """
    settings = context.settings
    found: dict[tuple[Span, Span], list[_Walk]] = {}
    for entries in _by_landing(context):
        for where, ends in _ends_over_limit(entries[0], settings).items():
            found.setdefault(where, []).extend(_shortest(ends, entries, settings))
    told = [walks for walks in found.values() if walks]
    asked = any(move.kind is MoveKind.DIGITS for move in context.moves.all)
    return _by_choices(told) if asked else told


def _by_choices(found: list[list[_Walk]]) -> list[list[_Walk]]:
    together: dict[tuple[Hashable, ...], list[_Walk]] = {}
    for walks in found:
        together.setdefault(_chosen(walks[0].route), []).extend(walks)
    return list(together.values())


def _chosen(route: Route) -> tuple[Hashable, ...]:
    """The steps of ``route``, and what is pressed: not which of its questions are answered."""
    moves = (move for move in route.moves if move.kind not in (MoveKind.DIGITS, MoveKind.SILENCE))
    return *(hop.step.place for hop in route.hops), *((move.span, move.keys) for move in moves)


def _ends_over_limit(routes: EntryRoutes, settings: Settings) -> dict[tuple[Span, Span], list[Edge]]:
    """By the move that passes the limit and by the human, as written."""
    found: dict[tuple[Span, Span], list[Edge]] = {}
    for end in routes.ends():
        if getattr(routes.distance(end), settings.measure) > settings.limit:
            passing = routes.passing(end, settings.limit)
            if passing and passing.move:
                found.setdefault((passing.move.span, routes.human(end).span), []).append(end)
    return found


def _shortest(ends: list[Edge], entries: list[EntryRoutes], settings: Settings) -> Iterator[_Walk]:
    """The first of the shortest walks that is no way back and not for staff, if there is one."""
    routes = entries[0]
    for end in sorted(ends, key=lambda end: getattr(routes.distance(end), settings.measure)):
        route = routes.walk(end)
        passing = routes.passing(end, settings.limit)
        if passing and not _is_for_staff(route) and not routes.is_way_back(route, settings.measure):
            yield _Walk(route, entries, passing)
            return


def _is_for_staff(route: Route) -> bool:
    """Does it pass a password, or call a number that the caller has typed? Who knows it knows the way."""
    return "dialled" in route.human.tags or any("lock" in hop.step.tags for hop in route.hops)


def _advice(found: list[list[_Walk]], context: Context) -> Advice:
    """The one new option that leaves the fewest such routes, and how many that is."""
    settings = context.settings
    options = (
        option
        for walks in found
        for walk in walks[:1]
        for option in shortcuts(walk.route, settings.limit, settings.measure, context.moves)
    )
    return most_helpful(
        context.flow, options, lambda flow: len(_over_limit(Context(flow, settings))), "such route"
    )


def _by_landing(context: Context) -> list[list[EntryRoutes]]:
    """Entries in file order; those that lead to the same first step without a choice are one group."""
    groups: dict[str, list[EntryRoutes]] = {}
    for entry in context.routes.entries:
        routes = context.routes.from_entry(entry.id)
        groups.setdefault(routes.landing.id, []).append(routes)
    return list(groups.values())


def _violation(walks: list[_Walk], context: Context, advice: Advice) -> Violation:
    settings = context.settings
    route, entries, hop = min(walks, key=lambda walk: getattr(walk.route.distance, settings.measure))
    assert hop.move is not None  # it passes the limit
    entry = entries[0].entry
    least = "at least " if route.distance.unknowns else ""
    others = {each.entry.id: each.entry for walk in walks for each in walk.entries if each.entry is not entry}
    return Violation(
        f"{least}{getattr(route.distance, settings.measure)} {settings.measure} from {entry.name} to "
        f"{route.human.name} (limit {settings.limit}); the limit is passed at {hop.step.name}",
        hop.move.span,
        advice.words
        or f"offer {route.human.name}, or a person who can put callers through, at most "
        f"{settings.limit - 1} {settings.measure} from the start",
        entry=entry,
        step=hop.step,
        route=route,
        related=tuple((f"{each.name} comes the same way", each.span) for each in others.values()),
        option=advice.option,
    )
