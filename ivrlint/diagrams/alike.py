"""Branches that are alike, drawn once: fifteen extensions for which one line of a dialplan is written."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from ivrlint.diagrams.sketch import Link, Sketch, Spot, joined
from ivrlint.flow import StepKind


def alike_merged(sketch: Sketch) -> Sketch:
    """``sketch`` with spots made one that are written in the same lines and lead, by the same moves, to the
    same; lines, if they lead to the same; ends of one name.

    This is the coarsest partition such that spots of one class have links alike to the same classes.
    """
    classes = _classes(sketch)
    members: dict[int, list[Spot]] = {}
    for name, spot in sketch.spots.items():
        members.setdefault(classes[name], []).append(spot)
    spots = {group[0].name: _one(group) for group in members.values()}
    first = {name: members[class_][0].name for name, class_ in classes.items()}
    return Sketch(
        spots, joined(link._replace(tail=first[link.tail], head=first[link.head]) for link in sketch.links)
    )


def _classes(sketch: Sketch) -> dict[str, int]:
    out = sketch.out()
    classes = _numbered({name: _looks(spot) for name, spot in sketch.spots.items()})
    while True:
        refined = _numbered(
            {
                name: (classes[name], frozenset((_moves(link), classes[link.head]) for link in out[name]))
                for name in sketch.spots
            }
        )
        if len(set(refined.values())) == len(set(classes.values())):
            return classes
        classes = refined


def _numbered(keys: dict[str, Hashable]) -> dict[str, int]:
    numbers: dict[Hashable, int] = {}
    return {name: numbers.setdefault(key, len(numbers)) for name, key in keys.items()}


def _looks(spot: Spot) -> Hashable:
    line = spot.kind is StepKind.ENTRY
    spans: Hashable = () if line else tuple(step.span for step in spot.steps)
    if spot.kind is StepKind.END:
        spans = spot.step.name, tuple(prompt.text for prompt in spot.step.prompts)
    on = spot.on and (spot.on.keypresses, spot.on.unknowns)
    marks = spot.flagged, spot.numbers, spot.lost, spot.hidden
    return spot.kind, spot.box if line else "", spans, spot.verdict, on, marks


def _moves(link: Link) -> Hashable:
    looks = frozenset((move.kind, move.keys, move.label, move.attempts) for move in link.moves)
    return looks, link.flagged, link.numbers


def _one(spots: Sequence[Spot]) -> Spot:
    first = spots[0]
    if len(spots) == 1:
        return first
    reached = [spot.reached for spot in spots if spot.reached is not None]
    return first._replace(
        alike=tuple(spot.step for spot in spots[1:]),
        places=tuple(place for spot in spots for place in spot.places),
        reached=min(reached, default=None),
    )
