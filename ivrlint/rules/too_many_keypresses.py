"""A route to a human takes too many keypresses.

## What it does
Judges every choice that callers are offered: the cheapest way to it, the choice, and the cheapest way on to a
human. If that takes more than `limit` keypresses (or entries, see `measure`), the route is reported once, at
the keypress that goes over the limit, with all its hops. A way back (a walk that comes through a step twice)
is not judged, nor are silence, wrong keys and extensions that a caller knows by heart. Opening hours are
taken as open.

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

from collections.abc import Iterator

from ivrlint.advice import Advice, most_helpful, shortcuts
from ivrlint.finding import Severity, Violation
from ivrlint.routes import EntryRoutes, Hop, Route
from ivrlint.rules import Context

CODE = "IVR101"
NAME = "too-many-keypresses"
SEVERITY = Severity.ERROR


def check(context: Context) -> Iterator[Violation]:
    """One violation per route over the limit, for all entries that share it."""
    found = list(_over_limit(context))
    advice = _advice(found, context) if found else Advice()
    for route, entries in found:
        yield _violation(route, context, entries, advice)


def _over_limit(context: Context) -> Iterator[tuple[Route, list[EntryRoutes]]]:
    """Routes over the limit, each with the entries that share it; of those that would be told in the same
    words at the same place the first."""
    for entries in _by_landing(context):
        told = set()
        for route in entries[0].walks():
            count = getattr(route.distance, context.settings.measure)
            if count <= context.settings.limit:
                continue
            hop = _passes_limit(route, context)
            words = (
                hop.move and hop.move.span,
                hop.step.name,
                count,
                route.human.name,
                route.distance.unknowns,
            )
            if words not in told:
                told.add(words)
                yield route, entries


def _advice(found: list[tuple[Route, list[EntryRoutes]]], context: Context) -> Advice:
    """The one new option that leaves the fewest such routes, and how many that is."""
    settings = context.settings
    options = (
        option
        for route, _ in found
        for option in shortcuts(route, settings.limit, settings.measure, context.moves)
    )
    return most_helpful(context.flow, options, lambda flow: _count(Context(flow, settings)), "such route")


def _count(context: Context) -> int:
    return sum(1 for _ in _over_limit(context))


def _by_landing(context: Context) -> list[list[EntryRoutes]]:
    """Entries in file order; those that lead to the same first step without a choice are one group."""
    groups: dict[str, list[EntryRoutes]] = {}
    for entry in context.routes.entries:
        routes = context.routes.from_entry(entry.id)
        groups.setdefault(routes.landing.id, []).append(routes)
    return list(groups.values())


def _violation(route: Route, context: Context, entries: list[EntryRoutes], advice: Advice) -> Violation:
    settings = context.settings
    count = getattr(route.distance, settings.measure)
    hop = _passes_limit(route, context)
    assert hop.move is not None  # a route over the limit has a move that passes it
    least = "at least " if route.distance.unknowns else ""
    others = tuple((f"{other.entry.name} comes the same way", other.entry.span) for other in entries[1:])
    return Violation(
        f"{least}{count} {settings.measure} from {entries[0].entry.name} to {route.human.name} "
        f"(limit {settings.limit}); the limit is passed at {hop.step.name}",
        hop.move.span,
        advice.words
        or f"offer {route.human.name}, or a person who can put callers through, at most "
        f"{settings.limit - 1} {settings.measure} from the start",
        entry=entries[0].entry,
        step=hop.step,
        route=route,
        related=others,
        option=advice.option,
    )


def _passes_limit(route: Route, context: Context) -> Hop:
    count = 0
    for hop in route.hops:
        if hop.move:
            count += getattr(hop.move, context.settings.measure)
            if count > context.settings.limit:
                return hop
    return route.hops[-1]
