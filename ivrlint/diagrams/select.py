"""Which part of a sketch is drawn: from a step on, so deep, only what is flagged, one route alone."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from ivrlint.diagrams.options import DiagramError, Options
from ivrlint.diagrams.sketch import Link, Sketch, Spot
from ivrlint.finding import Finding
from ivrlint.flow import StepKind
from ivrlint.routes import Route
from ivrlint.words import plural


def selected(sketch: Sketch, findings: Sequence[Finding], wanted: Options) -> Sketch:
    """What ``wanted`` asks for.

    Raises:
        DiagramError: if there is no such step or finding, or the finding has no route.
    """
    if wanted.route is not None:
        return _along(sketch, _route(findings, wanted.route), wanted.route)
    if wanted.only_flagged:
        sketch = _flagged(sketch)
    if wanted.start or wanted.depth is not None:
        sketch = _from(sketch, wanted.start, wanted.depth)
    return sketch


def _flagged(sketch: Sketch) -> Sketch:
    kept = {name for name, spot in sketch.spots.items() if spot.flagged or spot.numbers}
    kept |= {end for link in sketch.links if link.flagged or link.numbers for end in (link.tail, link.head)}
    if not kept:
        raise DiagramError("nothing is flagged: there is nothing to draw with --only-flagged")
    part = sketch.keeping(kept)
    return part._replace(links=tuple(link for link in part.links if link.flagged or link.numbers))


def _from(sketch: Sketch, start: str, depth: int | None) -> Sketch:
    """What can be got to from ``start`` ("": from any line) in at most ``depth`` moves."""
    entries = [name for name, spot in sketch.spots.items() if spot.kind is StepKind.ENTRY]
    layer = _named(sketch, start) if start else entries
    found = dict.fromkeys(layer)
    out = sketch.out()
    left = len(sketch.spots) if depth is None else depth
    while layer and left > 0:
        layer = list(dict.fromkeys(link.head for name in layer for link in out[name]))
        layer = [name for name in layer if name not in found]
        found.update(dict.fromkeys(layer))
        left -= 1
    return sketch.keeping(found)


def _named(sketch: Sketch, start: str) -> list[str]:
    """The spots called ``start``: by its author, by its place, or by file and line."""
    names = {name: _called(spot) for name, spot in sketch.spots.items()}
    found = [name for name, called in names.items() if start in called]
    if not found:
        known = sorted({title for called in names.values() for title in called[:2]})
        close = get_close_matches(start, known, 3, 0.5)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        raise DiagramError(f"there is no step {start!r}{hint}")
    return found


def _called(spot: Spot) -> tuple[str, ...]:
    step = spot.step
    return step.name, step.place, f"{step.span.path}:{step.span.line}"


def _route(findings: Sequence[Finding], number: int) -> Route:
    if not 1 <= number <= len(findings):
        count = plural(len(findings), "finding")
        raise DiagramError(f"there is no finding {number}: this run has {count}")
    route = findings[number - 1].violation.route
    if route is None:
        with_route = [str(n) for n, each in enumerate(findings, 1) if each.violation.route]
        others = f"; findings with a route: {', '.join(with_route)}" if with_route else ""
        raise DiagramError(f"finding {number} is about no route{others}")
    return route


def _along(sketch: Sketch, route: Route, number: int) -> Sketch:
    """The hops of ``route`` alone, each a spot of its own: a menu heard twice is there twice."""
    by_place = {spot.step.place: spot for spot in sketch.spots.values()}
    spots: dict[str, Spot] = {}
    links: list[Link] = []
    times: dict[str, int] = {}
    for hop in route.hops:
        spot = by_place[hop.step.place]
        again = times[spot.name] = times.get(spot.name, -1) + 1
        name = f"{spot.name}_{again}" if again else spot.name
        spots[name] = spot._replace(name=name, numbers=(), flagged=True, hidden=0)
        if links:
            links[-1] = links[-1]._replace(head=name, pairs=((links[-1].pairs[0][0], spot.name),))
        if hop.move:
            links.append(Link(name, name, (hop.move,), ((spot.name, spot.name),), True))
    numbered = {link.pairs[0]: link.numbers for link in sketch.links}
    shown = (
        link._replace(numbers=tuple(n for n in numbered[link.pairs[0]] if n == number)) for link in links
    )
    return Sketch(spots, tuple(shown))
